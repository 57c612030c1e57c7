"""Broken, mixed up and huge files, imported one after the other by a process with little memory:
each goes in as a whole, or the answer says why nothing of it did."""

from __future__ import annotations

import gzip
import io
import json
import random
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.security.test_imports import FAR_APART, PARTS, packed, text_cell, workbook

ROOT = Path(__file__).parents[2]
MEGABYTES = 250
"""What the process may come to hold besides the program itself."""
CHANCE = random.Random(20)
TABLE = "name,notes\n" + "".join(f"公司{n},注{n}\n" for n in range(200))
SOUND = workbook(
    "".join(f'<row r="{n}">{text_cell(f"A{n}", "name" if n == 1 else f"x{n}")}</row>'
            for n in range(1, 200))
)  # fmt: skip
SECRET = "passwd-of-a-test"


def with_parts(content: bytes, **parts: bytes) -> bytes:
    """A workbook with parts put in place of its own."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            if name.rpartition("/")[2].partition(".")[0] not in parts:
                new.writestr(name, old.read(name))
        for name, text in parts.items():
            folder = "xl/worksheets/" if name.startswith("sheet") else "xl/"
            new.writestr(f"{folder}{name}.xml", text, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def zeros_in_a_sheet() -> bytes:
    """A gigabyte of nothing where the cells should be."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in PARTS.items():
            archive.writestr(name, text)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(1024):
                sheet.write(b"\0" * (1 << 20))
    return made.getvalue()


def entities(secret: Path) -> bytes:
    """A sheet that asks for a file of the machine, and grows a million times."""
    grown = "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' if n else '<!ENTITY e0 "grown">' for n in range(8)
    )
    cells = "".join(f'<row r="{n}">{text_cell(f"A{n}", text)}</row>' for n, text in enumerate(
        ("name", "&file;", "&e7;", "ok"), 1))  # fmt: skip
    return with_parts(SOUND, sheet1=(
        f'<!DOCTYPE w [<!ENTITY file SYSTEM "{secret.as_uri()}">{grown}]>'
        f"<worksheet><sheetData>{cells}</sheetData></worksheet>"
    ).encode())  # fmt: skip


def hostile(secret: Path) -> dict[str, bytes]:
    """Files by name; what begins with ``utf8_`` is said to be UTF-8."""
    link = b'<externalLink><externalBook id="r1"/></externalLink>'
    formulas = workbook(
        f'<row r="1">{text_cell("A1", "name")}</row>'
        '<row r="2"><c r="A2" t="str"><f>"a"&amp;"b"</f><v>ab</v></c></row>'
        '<row r="3"><c r="A3"><f>WEBSERVICE("http://x")</f></c></row>'
        '<row r="4"><c r="A4" t="e"><v>#REF!</v></c></row>'
    )
    made = {
        "utf8_gbk": TABLE.encode("gbk"),
        "utf8_mixed": TABLE.encode() + "新公司,注\n".encode("gbk"),
        "mixed": TABLE.encode() + "新公司,注\n".encode("gbk") * 50,
        "utf16_bare": TABLE.encode("utf-16-le"),
        "utf16_bare_be": TABLE.encode("utf-16-be"),
        "columns": ",".join(["name", *(f"c{n}" for n in range(10_000))]).encode() + b"\nx\n",
        "quotes": b'name,notes\n"a ""b"" ""c",1\n"d""\n"e" f",2\n',
        "quotes_open": b'name\n"' + b'""' * 100_000,
        "long_line": b"name\n" + b"x" * (10 << 20) + b"\n",
        "long_cell": b"name\n" + b"y" * (1 << 20) + b"\n",
        "zeros.gz": packed(b"\0" * (1 << 20), 1024),
        "zeros_old.gz": packed(b"\xd0\xcf\x11\xe0" + b"\0" * (1 << 20), 1024),
        "zeros.xlsx": zeros_in_a_sheet(),
        "entities.xlsx": entities(secret),
        "links.xlsx": with_parts(SOUND, externalLink1=link),
        "formulas.xlsx": formulas,
        "empty_sheet.xlsx": workbook(""),
        "header_only.xlsx": workbook(f'<row r="1">{text_cell("A1", "name")}</row>'),
        "far.xlsx": FAR_APART,
    }
    whole = {"xlsx": SOUND, "gz": gzip.compress(TABLE.encode()), "csv": TABLE.encode()}
    for ending, content in whole.items():
        for share in (0.1, 0.5, 0.9, 0.999):
            made[f"cut_{share}.{ending}"] = content[: int(len(content) * share)]
    for number, begin in enumerate(
        (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b\x08", b"a,b\n")
    ):
        made[f"binary_{number}"] = begin + CHANCE.randbytes(50_000)
    for number in range(6):
        broken = bytearray(SOUND)
        for _ in range(20):
            broken[CHANCE.randrange(len(broken))] = CHANCE.randrange(256)
        made[f"flipped_{number}.xlsx"] = bytes(broken)
    return made


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What the process said of each file."""
    secret = tmp_path_factory.mktemp("secret") / "secret"
    secret.write_text(SECRET)
    folder = tmp_path_factory.mktemp("hostile")
    for name, content in hostile(secret).items():
        (folder / name).write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-m", "tests.security.fed", str(folder)],
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(lines) == len(list(folder.iterdir())), done.stderr[-2000:]
    return {each["file"]: each for each in lines}


def test_each_goes_in_as_a_whole_or_says_why_not(told: dict[str, dict[str, Any]]) -> None:
    for name, each in told.items():
        if each["outcome"] == "done":
            assert not each["errors"], name
            assert each["made"] or name == "header_only.xlsx", name
            continue
        assert each["made"] == [], name
        if each["outcome"] == "refused":
            assert len(each["message"]) > 10, name
        else:
            assert each["outcome"] == "failed" and each["errors"], (name, each)
            for line, _, reason in each["errors"]:
                assert line > 0 and len(reason) > 5, (name, each)


def test_memory_stays_bounded(told: dict[str, dict[str, Any]]) -> None:
    assert max(each["memory"] for each in told.values()) < MEGABYTES * 1024


def test_what_cannot_be_a_table_is_refused(told: dict[str, dict[str, Any]]) -> None:
    for name, each in told.items():
        if name.startswith(("zeros", "far", "long_line", "columns", "quotes_open", "empty_sheet",
                            "utf16", "utf8_gbk", "binary_1", "binary_2", "binary_3")):  # fmt: skip
            assert each["outcome"] in ("refused", "failed"), (name, each)


def test_nothing_of_the_machine_comes_in(told: dict[str, dict[str, Any]]) -> None:
    assert SECRET not in json.dumps(told)
    assert "growngrown" not in json.dumps(told)


def test_formulas_are_their_last_value_and_are_never_calculated(
    told: dict[str, dict[str, Any]],
) -> None:
    """One without a value is an error of its row, which is told; nothing is asked of others."""
    assert told["formulas.xlsx"]["outcome"] == "failed"
    [[line, field, reason]] = told["formulas.xlsx"]["errors"]
    assert (line, field) == (3, "name")
    assert reason.startswith("The formula of this cell was never calculated")


def test_what_is_sound_beside_what_is_not_goes_in(told: dict[str, dict[str, Any]]) -> None:
    assert told["links.xlsx"]["outcome"] == "done"
    assert len(told["links.xlsx"]["made"]) == 198
