"""Tables in ZIP archives and in web pages, and files that are no tables."""

from __future__ import annotations

import gzip
import time
import zipfile
from pathlib import Path

import pytest

from core.data.importing import archive, unpacking, webpage
from core.data.importing.errors import UnusableFile
from tests.importing.files import cells_of, opened, rows_of, workbook, written
from tests.importing.kit import Desk, reasons

PAGE = """<!-- made by a program -->
<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>x</title>
<style>td { color: red }</style></head><body>
<table><tr><td>公司</td></tr></table>
<table border=1><thead><tr><th>名称<th>城市</th><th>备注</th></tr></thead>
<tr><td rowspan="2">浦东&nbsp;发展 &amp; 贸易</td><td>上海</td><td>first<br>second</td></tr>
<tr><td>苏州</td><td><table><tr><td>inner</td></tr></table></td></tr>
<tr></tr><tr><td colspan=2>宽</td><td><script>var x = "<td>";</script></td></tr>
</table></body></html>"""
CELLS = [
    ("浦东 发展 & 贸易", "上海", "first\nsecond"), ("浦东 发展 & 贸易", "苏州", "inner"),
    ("宽", "", ""),
]  # fmt: skip


def zipped(folder: Path, **files: bytes) -> Path:
    """An archive of files, whose names have __ for a dot."""
    path = folder / "file.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("folder/", b"")
        for name, content in files.items():
            made.writestr(name.replace("__", "."), content)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(UnusableFile) as caught:
        opened(path)
    return str(caught.value.message)


def test_the_only_table_of_an_archive_is_read(tmp_path: Path, desk: Desk) -> None:
    content = "名称,城市\n浦东发展,上海\n".encode("gbk")
    path = zipped(tmp_path, data__csv=content, readme__pdf=b"%PDF", __DS_Store=b"x")
    with zipfile.ZipFile(path, "a") as made:
        made.writestr("__MACOSX/._data.csv", b"x")
    assert opened(path).details["encoding"] == "gb18030"
    assert cells_of(path) == [("浦东发展", "上海")]
    inner = workbook(tmp_path, {"x": [["name", "pieces"], ["A", 7]]}).read_bytes()
    path = zipped(tmp_path, data__xlsx=inner)
    assert reasons(desk.take("store.Box", path)) == []
    assert desk.rows("store.Box", "name", "pieces") == [("A", 7)]
    assert cells_of(zipped(tmp_path, data=b"name\nA\n")) == [("A",)], "the only file has no ending"


def test_how_far_an_archive_is_read_is_known(tmp_path: Path) -> None:
    source = opened(zipped(tmp_path, data__csv=b"a,b\n" + b"1,2\n" * 9000))
    assert sum(1 for _row in source.rows()) == 9000
    assert source.share_read() == 1


def test_an_archive_of_several_tables_or_none_is_refused(tmp_path: Path) -> None:
    several = {f"t{number}__csv": b"a" for number in range(12)}
    found = refusal(zipped(tmp_path, **several))
    assert found.startswith("The archive has several tables: t0.csv, t1.csv,")
    assert found.endswith("t9.csv, …. Unpack it, and take one.")
    found = refusal(zipped(tmp_path, a__pdf=b"x", b__png=b"x"))
    assert found == "There is no table in the archive, only: a.pdf, b.png."
    assert refusal(zipped(tmp_path)) == "The archive is empty."
    with zipfile.ZipFile(tmp_path / "none.zip", "w"):
        pass
    assert refusal(tmp_path / "none.zip") == "The archive is empty."


def test_names_of_chinese_programs_are_shown_as_they_are() -> None:
    entry = zipfile.ZipInfo("客户.csv".encode("gbk").decode("cp437"))
    assert archive._name(entry) == "客户.csv"


def test_a_protected_archive_says_so(tmp_path: Path) -> None:
    path = zipped(tmp_path, data__csv=b"name\nA\n")
    content = bytearray(path.read_bytes())
    at = content.rindex(b"PK\x01\x02")
    content[at + 8] |= 1
    path.write_bytes(content)
    assert refusal(path) == "The archive is protected by a password; unpack it first."


def test_a_bomb_is_no_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "LARGEST", 1 << 20)
    path = zipped(tmp_path, data__csv=b"name\n" + b"A\n" * (1 << 20))
    assert path.stat().st_size < 10_000
    assert refusal(path) == "The file is too large once it is unpacked."


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_unpacks_without_a_bound_is_refused(tmp_path: Path, packing: int) -> None:
    told = "The archive is packed in an unusual way: unpack it, and pack it as plain ZIP."
    path = tmp_path / "file.zip"
    for name in ("data.csv", "xl/workbook.xml"):
        with zipfile.ZipFile(path, "w", packing) as made:
            made.writestr("[Content_Types].xml" if "xl" in name else "folder/", b"")
            made.writestr(name, b"name\n" + b"A" * 1000)
        assert refusal(path) == told


def test_a_broken_archive_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path, data__csv=b"name\n" + b"A,B,C,7\n" * 999)
    content = bytearray(path.read_bytes())
    content[80:100] = b"\xff" * 20
    path.write_bytes(content)
    assert "cannot be read" in refusal(path)
    path.write_bytes(bytes(content[:200]))
    assert "cannot be read" in refusal(path)


@pytest.mark.parametrize("encoding", ["gbk", "utf-8", "utf-8-sig", "utf-16"])
def test_the_longest_table_of_a_web_page_is_read(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path, PAGE, encoding, name="file.xls")
    source = opened(path)
    assert source.columns == ("名称", "城市", "备注")
    assert [row.cells for row in source.rows()] == CELLS
    assert [row.line for row in rows_of(path)] == [2, 3, 5]
    assert cells_of(path, skip_rows=1, header=False)[0][1] == "上海"
    assert source.share_read() == 1


def test_a_page_is_read_as_any_file(desk: Desk) -> None:
    cells = "".join(f"<tr><td>B{at}<td>1.234,5{at}<td>31.12.2026</tr>" for at in range(3))
    text = f"<table><tr><th>Name<th>Worth (CNY)<th>Packed on</tr>{cells}</table>"
    assert reasons(desk.take("store.Box", written(desk.folder, text, name="file.xls"))) == []
    assert desk.rows("store.Box", "name", "worth")[2] == ("B2", 123_452)


def test_bytes_that_are_broken_spoil_only_their_row(tmp_path: Path) -> None:
    path = tmp_path / "file.xls"
    good = "<tr><td>苗宇怡<td>上海浦东发展</tr>\n".encode("gbk") * 40
    path.write_bytes(b"<table><tr><td>name<td>notes</tr><tr><td>\xff\xff<td>x</tr>\n" + good)
    rows = rows_of(path)
    assert [row.problem for row in rows if row.problem] == [
        "The row has bytes that are not GB18030."
    ]
    assert len(rows) == 41


def test_pages_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, "<table>" + "<tr><td>x" * 40_000)
    assert len(cells_of(path)) == 39_999
    for name, limit in (("LARGEST", 1000), ("SECONDS", -1)):
        with monkeypatch.context() as patch:
            patch.setattr(webpage, name, limit)
            assert refusal(path) == "The page is too large, or no table; save it as CSV."
    monkeypatch.setattr(webpage, "MOST_CELLS", 100_000)
    for bomb in ("<tr><td colspan=999>" * 101, "<td rowspan=1000>" * 200 + "<tr>" * 600):
        text = written(tmp_path, "<table>" + bomb)
        assert refusal(text) == "The page is too large, or no table; save it as CSV."
    wide = written(tmp_path, "<table><tr>" + "<td colspan=1000>x" * 9)
    assert refusal(wide) == "A row of the table has too many cells."
    assert refusal(written(tmp_path, "<html><body>x</body></html>")) == "The page has no table."
    comment = written(tmp_path, "<table><tr><td>" + "<!--" * 600_000)
    assert refusal(comment) == "The page is too large, or no table; save it as CSV."


def test_it_takes_no_time_to_tell_what_is_no_page() -> None:
    started = time.process_time()
    assert not webpage.is_page("<!---->" * 200 + "x")
    assert webpage.is_page("<!-- a > b --> <!---->" * 20 + "<table>")
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.7 x", "The file is PDF and no table."),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>\n<Workbook '
         b'xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
         "This is a workbook of an old kind (XML): open it in a spreadsheet program and save it "
         "as XLSX or CSV."),
    ],
    ids=["pdf", "xml"],
)  # fmt: skip
def test_what_is_no_table_says_what_it_is(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "file.xls"
    path.write_bytes(content)
    assert refusal(path) == reason
    path.write_bytes(gzip.compress(content))
    assert refusal(path) == reason
