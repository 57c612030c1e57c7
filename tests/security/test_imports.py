"""Files and maps that are meant to do harm: a clear refusal each, and the process goes on."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from core.data.importing import unpacking
from core.data.importing.errors import UnusableFile
from core.data.importing.options import Options
from core.data.importing.reading import open_source
from tests.security.kit import ACME, World

MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    f'content-types"><Override PartName="/xl/workbook.xml" ContentType="{MAIN}.sheet.main+xml"/>'
    "</Types>",
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    f'relationships"><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package'
    f'/2006/relationships"><Relationship Id="r1" Type="{OFFICE}/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
}


def workbook(cells: str) -> bytes:
    """A workbook whose sheet holds these rows."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in PARTS.items():
            archive.writestr(name, text)
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            f'<worksheet xmlns="{SHEET}"><sheetData>{cells}</sheetData></worksheet>',
        )
    return made.getvalue()


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


FAR_APART = workbook(
    f'<row r="1">{text_cell("A1", "name")}</row>'
    f'<row r="1048576">{text_cell("XFD1048576", "x")}</row>'
)
"""A kilobyte that asks for seventeen thousand million cells."""


def packed(block: bytes, count: int) -> bytes:
    made = io.BytesIO()
    with gzip.GzipFile(fileobj=made, mode="wb", compresslevel=9) as stream:
        for _ in range(count):
            stream.write(block)
    return made.getvalue()


FILES: dict[str, bytes] = {
    "cells far apart": FAR_APART,
    "cells far apart, packed": gzip.compress(FAR_APART),
    "one endless line": packed(b"a" * (1 << 20), 64),
    "zeros": packed(b"\0" * (1 << 20), 64),
    "an open quote": b'name\n"' + b"x" * 2_000_000,
    "too many columns": ",".join(f"c{i}" for i in range(5000)).encode() + b"\n",
    "nothing": b"",
    "a broken archive": FAR_APART[:600],
    "a directory of nonsense": b"PK\x03\x04" + b"\xff" * 500,
    "an old workbook of nonsense": b"\xd0\xcf\x11\xe0" + b"\0" * 2000,
    "a packed end missing": gzip.compress(b"name\nA\n" * 1000)[:-20],
    "a program": b"\x7fELF" + bytes(range(256)) * 20,
}


@pytest.mark.parametrize("name", FILES)
def test_a_harmful_file_is_refused(world: World, tmp_path: Path, name: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(FILES[name])
    with world.inst.working(ACME), pytest.raises(UnusableFile) as refused:
        for row in open_source(path, Options()).rows():
            if row.problem:
                raise UnusableFile(row.problem)
    assert str(refused.value.message)


def test_a_text_does_not_unpack_without_end(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "LARGEST", 1 << 20)
    path = tmp_path / "file.csv.gz"
    path.write_bytes(packed(b"name\n" * 1000, 1000))
    with world.inst.working(ACME), pytest.raises(UnusableFile, match="too large"):
        open_source(path, Options())


def test_a_sound_workbook_is_read(world: World, tmp_path: Path) -> None:
    path = tmp_path / "file.xlsx"
    path.write_bytes(
        workbook(
            f'<row r="1">{text_cell("A1", "name")}</row><row r="2">{text_cell("A2", "x")}</row>'
        )
    )
    with world.inst.working(ACME):
        assert [row.cells for row in open_source(path, Options()).rows()] == [("x",)]


def send(world: World, content: bytes, name: str = "f.csv", **form: Any) -> Any:
    file = (io.BytesIO(content), name)
    return world.post(ACME, "rick", "/crm/accounts/import", file=file, **form)


@pytest.mark.parametrize("name", FILES)
def test_the_upload_says_so(world: World, name: str) -> None:
    answer = send(world, FILES[name], "../../../etc/passwd\x00.csv")
    assert answer.status_code in (303, 422), answer.text
    assert world.client(ACME, "rick").get("/crm/accounts").status_code == 200


MAPS = (
    'skip_rows = 1000000000000', 'encoding = "undefined"', 'encoding = "idna"',
    'encoding = "punycode"', 'encoding = "zip"', 'encoding = "\\u0000"', 'date_format = "%d%d%d"',
    'date_format = "%999999999d"', 'date_format = "%q %"', 'sheet = -1', 'delimiter = "\\u0000"',
    'key = ["id", "id"]', 'numbers = [0]', 'numbers = [99999999999999999999]', 'header = 3',
    'key = "company_id"', 'empty = [["x"]]', 'unknown = 1',
)  # fmt: skip


@pytest.mark.parametrize("option", MAPS)
def test_a_harmful_map_is_refused(world: World, option: str) -> None:
    map_ = (io.BytesIO(f"[options]\n{option}\n".encode()), "map.toml")
    answer = send(world, b"name,founded_on\nA,2026-01-01\n", map=map_)
    assert answer.status_code in (303, 422), answer.text
    if answer.status_code == 303:
        for action in ("check", "import"):
            sent = world.post(ACME, "rick", answer.headers["Location"], action=action)
            assert sent.status_code in (200, 303, 422), sent.text


@pytest.mark.parametrize("scale", ["1e999999", "-1e-999999", "nan", "inf", "9" * 400, "0"])
def test_a_harmful_factor_is_refused(world: World, scale: str) -> None:
    map_ = (io.BytesIO(f'[scale]\nannual_revenue = "{scale}"\n'.encode()), "map.toml")
    assert send(world, b"name,annual_revenue\nA,1\n", map=map_).status_code == 422


@pytest.mark.parametrize(
    "form",
    [
        {"skip_rows": "9" * 5000}, {"encoding": "undefined"}, {"date_format": "%d%d"},
        {"key": "company_id,id"}, {"column-1": "company_id"}, {"column-1": "owner.password_hash"},
        {"column-1": "owner.login_id"}, {"delimiter": "\0"}, {"sheet": "-1"}, {"round": "true"},
        {"default-field": "company_id", "default-value": "2"},
        {"value-field": "x", "value-from": "y", "value-to": "z", "value-kept": "yes"},
    ],
)  # fmt: skip
def test_a_harmful_form_is_refused(world: World, form: dict[str, str]) -> None:
    content = b"name,annual_revenue\nA," + b"9" * 40 + b".123\n"
    place = send(world, content).headers["Location"]
    for action in ("read", "check", "import"):
        answer = world.post(ACME, "rick", place, action=action, **{"header": "true", **form})
        assert answer.status_code in (200, 303, 422), answer.text


def test_nobody_sees_or_reverts_the_import_of_somebody_else(world: World) -> None:
    place = send(world, b"name\nOf an import\n").headers["Location"]
    done = world.post(
        ACME, "rick", place, action="import", header="true", **{"column-1": "name"}
    )  # fmt: skip
    assert done.status_code == 303
    for slug, name in ((ACME, "rita"), (ACME, "max"), ("other", "ada"), ("other", "rick")):
        client = world.client(slug, name)
        assert client.get(place).status_code == 404, name
        assert client.get(f"{place}/bad-rows").status_code == 404
        assert world.post(slug, name, place, action="import").status_code == 404
        assert world.post(slug, name, f"{place}/revert").status_code == 404
    assert world.client(ACME, "rick").get("/crm/accounts?name=Of an import").text.count("Of an") > 0


def test_an_import_does_not_reach_records_of_others(world: World) -> None:
    theirs = world.make(ACME, "rita", "crm.Account", name="Of rita", external_id="R-1")
    far = world.make("other", "rick", "crm.Account", name="Abroad", external_id="F-1")
    for record in (theirs, far):
        place = send(world, f"id,name\n{record},Taken\n".encode()).headers["Location"]
        world.post(
            ACME, "rick", place, action="import", header="true", key="id",
            **{"column-1": "id", "column-2": "name"},
        )  # fmt: skip
    for slug, record, name in ((ACME, theirs, "Of rita"), ("other", far, "Abroad")):
        found: Any = world.rest(slug, "ada", "GET", f"/crm/accounts/{record}").json
        assert found["name"] == name
