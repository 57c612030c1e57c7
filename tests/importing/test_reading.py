"""Files of every kind become the same table."""

from __future__ import annotations

import gzip
import tracemalloc
from datetime import date
from pathlib import Path

import pytest

from core.data.importing.errors import UnusableFile
from core.data.importing.source import SourceRow
from core.data.importing.workbook import serial_of
from tests.importing.files import cells_of, opened, real, rows_of, workbook, written


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"], ids=lambda name: name
)
def test_an_encoding_is_told_from_the_file(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path, "名称,城市\n浦东发展,上海\n", encoding)
    assert opened(path).columns == ("名称", "城市")
    assert cells_of(path) == [("浦东发展", "上海")]


def test_short_gbk_is_not_taken_for_another_language(tmp_path: Path) -> None:
    path = written(tmp_path, "姓名\n张三\n", "gbk")
    assert opened(path).details["encoding"] == "gb18030"
    assert cells_of(path) == [("张三",)]


def test_an_encoding_that_is_told_is_taken(tmp_path: Path) -> None:
    path = written(tmp_path, "name\nMüller\n", "cp1252")
    assert cells_of(path, encoding="cp1252") == [("Müller",)]
    with pytest.raises(UnusableFile, match="There is no encoding “klingon”"):
        opened(path, encoding="klingon")


def test_a_file_in_neither_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(b"name\n" + b"\xff\xff,\n" * 9)
    with pytest.raises(UnusableFile, match="if only some rows are broken"):
        opened(path)


def test_a_broken_line_of_gbk_spoils_only_its_row(tmp_path: Path) -> None:
    lines = ["编号,姓名", *(f"{number},苗宇怡" for number in range(60))]
    content = "\n".join(lines).encode("gbk").replace("30,苗".encode("gbk"), b"30,\xff\xff")
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    rows = rows_of(path)
    assert [(row.line, row.problem) for row in rows if row.problem] == [
        (32, "The row has bytes that are not GB18030.")
    ]
    assert rows[31].cells == ("31", "苗宇怡")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_delimiter_is_told_from_the_file(tmp_path: Path, delimiter: str) -> None:
    rows = [["name", "note"], ["Acme", "a"], ["Beta", "b"]]
    path = written(tmp_path, "\n".join(delimiter.join(row) for row in rows))
    assert opened(path).details["delimiter"] == delimiter
    assert cells_of(path) == [("Acme", "a"), ("Beta", "b")]


def test_commas_in_quotes_do_not_mislead(tmp_path: Path) -> None:
    path = written(tmp_path, 'name;note\n"a, b, c";"d, e"\n"f, g";"h"\n')
    assert cells_of(path) == [("a, b, c", "d, e"), ("f, g", "h")]


def test_one_column_needs_no_delimiter(tmp_path: Path) -> None:
    assert cells_of(written(tmp_path, "name\nAcme\nBeta\n")) == [("Acme",), ("Beta",)]


def test_a_line_break_in_quotes_belongs_to_the_cell(tmp_path: Path) -> None:
    path = written(tmp_path, 'name,note\r\nA,"first\r\n second"\r\nB,x\r\n')
    assert rows_of(path) == [
        SourceRow(2, ("A", "first\r\n second")),
        SourceRow(4, ("B", "x")),
    ]


def test_misplaced_quotes_are_an_error_of_their_row(tmp_path: Path) -> None:
    path = written(tmp_path, 'name,note\nA,"x"y\nB,z\n')
    bad, good = rows_of(path)
    assert "cannot be read" in bad.problem
    assert bad.cells == ("A", "xy")
    assert good == SourceRow(3, ("B", "z"))


def test_a_quote_that_is_never_closed_is_not_swallowed(tmp_path: Path) -> None:
    path = written(tmp_path, 'name,note\nA,x\nB,"z\nC,y\n')
    assert [bool(row.problem) for row in rows_of(path)] == [False, True]


def test_short_rows_are_filled_and_long_ones_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "a,b,c\n1\n1,2,3,,\n1,2,3,4\n\n , ,\n")
    rows = rows_of(path)
    assert [row.cells for row in rows] == [("1", "", ""), ("1", "2", "3"), ("1", "2", "3")]
    assert rows[2].problem == "The row has 4 cells, the header 3."


def test_rows_above_the_header_are_left_out(tmp_path: Path) -> None:
    path = written(tmp_path, "Report of May\n\n\nname,note\nA,x\n")
    assert opened(path, skip_rows=1).columns == ("name", "note")
    assert rows_of(path, skip_rows=1) == [SourceRow(5, ("A", "x"))]


def test_columns_without_a_header_are_numbered(tmp_path: Path) -> None:
    path = written(tmp_path, "274\t\t0\n275\t2\t4100\n")
    assert opened(path, header=False).columns == ("1", "2", "3")
    assert rows_of(path, header=False)[1] == SourceRow(2, ("275", "2", "4100"))


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    with pytest.raises(UnusableFile, match="empty"):
        opened(path)


def test_what_cannot_be_stored_is_an_error_of_its_row(tmp_path: Path) -> None:
    rows = rows_of(written(tmp_path, "name\nA\x00B\nC\n"))
    assert rows[0].problem == "The row has a character that cannot be stored."
    assert not rows[1].problem


def test_a_packed_file_is_unpacked_on_the_way(tmp_path: Path) -> None:
    path = written(tmp_path, "名称\n张三\n", "gbk", name="file.csv.gz")
    assert cells_of(path) == [("张三",)]
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(UnusableFile, match="cannot be read"):
        opened(path)


def test_a_workbook_gives_typed_cells(tmp_path: Path) -> None:
    rows = [["name", "at", "n"], ["A", date(2026, 1, 31), 1.5], ["", "", ""], ["B", "", 2]]
    path = workbook(tmp_path, {"first": rows, "second": [["x"], ["y"]]})
    assert rows_of(path) == [
        SourceRow(2, ("A", date(2026, 1, 31), 1.5)),
        SourceRow(4, ("B", "", 2.0)),
    ]
    assert cells_of(path, sheet="second") == cells_of(path, sheet=2) == [("y",)]
    with pytest.raises(UnusableFile, match="no sheet “third”; there are: first, second"):
        opened(path, sheet="third")


def test_a_packed_workbook_is_read_too(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"first": [["name"], ["A"]]})
    packed = tmp_path / "file.xlsx.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert cells_of(packed) == [("A",)]


def test_a_broken_workbook_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"first": [["name"], ["A"]]})
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(UnusableFile, match="workbook cannot be read"):
        opened(path)


def test_the_number_under_a_date_is_known() -> None:
    assert serial_of(date(2019, 7, 13)) == 43659


def test_memory_does_not_grow_with_rows(tmp_path: Path) -> None:
    path = written(tmp_path, "a,b\n" + "x" * 50 + ",y\n" * 1 + ("z" * 80 + ",1\n") * 60_000)
    source = opened(path)
    tracemalloc.start()
    assert sum(1 for _row in source.rows()) == 60_001
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000 < path.stat().st_size
    assert source.share_read() == 1


@pytest.mark.parametrize(
    ("name", "columns", "rows", "options"),
    [
        ("maven_crm/sales_pipeline.csv", 8, 8_800, {}),
        ("northwind/employees.csv", 17, 9, {}),
        ("cn_restaurant_gbk/meal_order_info.csv", 21, 945, {}),
        ("cn_restaurant_gbk/meal_order_detail.csv.gz", 19, 10_037, {}),
        ("adventureworks/raw/SalesOrderHeader.xlsx", 15, 31_465, {}),
        ("adventureworks/raw/SalesPerson.headerless.tsv", 9, 17, {"header": False}),
        ("adventureworks/Store.csv", 6, 701, {}),
        ("xeducation_leads/Leads.csv.gz", 37, 9_240, {}),
        ("online_retail/online_retail.csv.gz", 8, 541_909, {}),
    ],
)
def test_real_files_are_read_whole(
    name: str, columns: int, rows: int, options: dict[str, bool]
) -> None:
    source = opened(real(name), **options)
    assert len(source.columns) == columns
    read = problems = 0
    for row in source.rows():
        read += 1
        problems += bool(row.problem)
    assert (read, problems) == (rows, 0)


def test_the_restaurant_s_names_are_read_as_gb18030() -> None:
    source = opened(real("cn_restaurant_gbk/meal_order_info.csv"))
    assert source.details["encoding"] == "gb18030"
    assert next(iter(source.rows())).cells[-1] == "苗宇怡"


def test_order_numbers_under_a_date_format_are_still_there() -> None:
    first = next(iter(opened(real("adventureworks/raw/SalesOrderHeader.xlsx")).rows()))
    shown = first.cells[0]
    assert isinstance(shown, date)
    assert (shown, serial_of(shown)) == (date(2019, 7, 13), 43659)
