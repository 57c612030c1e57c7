"""``xiaoguan import`` and ``xiaoguan export``."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from core.cli.main import main
from core.data.importing.options import Options
from core.data.importing.reading import open_source
from tests.harness import Installation
from tests.importing.files import written
from tests.importing.kit import Desk

Run = Callable[..., Result]


@pytest.fixture
def run(installation: Installation, desk_slug: str) -> Run:
    """Runs a command for a company."""

    def run(*arguments: str | Path) -> Result:
        made = [*map(str, arguments), "--company", desk_slug]
        return CliRunner().invoke(main, made, obj=lambda: installation.app)

    return run


@pytest.fixture
def desk_slug(installation: Installation, tmp_path: Path) -> Iterator[str]:
    with Desk.opened(installation, tmp_path) as desk:
        slug = desk.slug
    yield slug


def answer(result: Result) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def test_an_import_is_reported_as_json(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, "name,external_id,colour\nHall,1,red\nRoom,2,red\nRoom,2,red\n")
    result = run("import", "store.places", path, "--key", "external_id", "--json")
    assert result.exit_code == 0
    (row,) = answer(result)
    assert {key: row[key] for key in ("created", "updated", "unchanged", "skipped", "errors")} == {
        "created": 2, "updated": 0, "unchanged": 0, "skipped": 1, "errors": 0,
    }  # fmt: skip
    assert (row["outcome"], row["encoding"], row["unmatched"]) == ("done", "utf-8", ["colour"])
    assert "Columns left out: colour" in result.stderr
    again = answer(run("import", "store.places", path, "--key", "external_id", "--json"))[0]
    assert (again["created"], again["unchanged"]) == (0, 2)


def test_an_import_is_reported_to_a_person(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, "name\nHall\nNowhere\n")
    result = run("import", "store.places", path)
    assert result.exit_code == 1
    assert "line 3 name “Nowhere”: There is no such place." in result.stderr
    assert "Nothing was imported." in result.stderr
    assert "failed" in result.stdout


def test_a_failed_import_exits_with_one_and_lists_its_rows(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, "name\nHall\nNowhere\n")
    result = run("import", "store.places", path, "--json")
    assert result.exit_code == 1
    assert answer(result)[0]["row_errors"] == [
        {"line": 3, "field": "name", "column": "name", "value": "Nowhere",
         "reason": "There is no such place."}
    ]  # fmt: skip
    assert answer(run("import", "--list", "--json"))[0]["state"] == "failed"


def test_a_dry_run_tells_the_same(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, "name\nHall\nNowhere\n")
    assert run("import", "store.places", path, "--dry-run").exit_code == 1
    result = run("import", "store.places", path, "--dry-run", "--on-error", "skip", "--json")
    assert (result.exit_code, answer(result)[0]["outcome"]) == (0, "dry run")
    assert answer(run("import", "--list", "--json"))[0:1] == []


def test_bad_rows_are_written_out_and_come_back_corrected(run: Run, tmp_path: Path) -> None:
    text = 'Report\nname;worth;notes\nA;1,5;=x\n\nB;x;"two\nlines"\nC;-2;ok\n"D"x;1;\n'
    path, bad = written(tmp_path, text), tmp_path / "bad.csv"
    map = tmp_path / "map.toml"
    map.write_text('[options]\nskip_rows = 1\ndecimal = ","\n', "utf-8")
    result = run(
        "import", "store.boxes", path, "--map", map, "--errors", bad, "--on-error", "skip", "--json"
    )
    assert (answer(result)[0]["created"], answer(result)[0]["errors"]) == (2, 2)
    rows = list(csv.reader(bad.read_text("utf-8-sig").splitlines(keepends=True)[1:], delimiter=";"))
    assert rows[0] == ["name", "worth", "notes", "import_error"]
    assert rows[1][:3] == ["B", "x", "two\nlines"]
    assert "worth: “x” is not a number" in rows[1][3]
    bad.write_text(bad.read_text("utf-8-sig").replace(";x;", ";7;"), "utf-8-sig")
    result = run("import", "store.boxes", bad, "--map", map, "--json")
    assert (result.exit_code, answer(result)[0]["created"]) == (0, 2)
    assert answer(result)[0]["unmatched"] == []


def test_imports_are_listed_and_taken_back(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, "name\nHall\n")
    number = answer(run("import", "store.places", path, "--json"))[0]["run"]
    assert answer(run("import", "--list", "--json"))[0]["run"] == number
    result = run("import", "--revert", str(number), "--json")
    assert (result.exit_code, answer(result)[0]["deleted"]) == (0, 1)
    result = run("import", "--revert", str(number))
    assert result.exit_code == 1
    assert "nothing of this import to take back" in result.stderr
    assert "There is no import 99999." in run("import", "--revert", "99999").stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["import"], "name a collection and a file, or say --list or --revert RUN"),
        (["import", "store.palaces", "{file}"], "There is no collection store.palaces here"),
        (["import", "crm.accounts", "{file}"], "There is no collection crm.accounts here"),
        (["import", "store.places", "missing.csv"], "does not exist"),
        (["import", "store.places", "{file}", "--key", "colour"], "Places have no field “colour”"),
        (["export", "store.palaces"], "There is no collection store.palaces here"),
        (["export", "store.places", "--filter", "x"], "expected NAME=VALUE"),
        (["export", "store.places", "--filter", "colour=red"], "colour"),
    ],
)
def test_mistakes_are_told_and_fail(
    run: Run, tmp_path: Path, arguments: list[str], words: str
) -> None:
    path = written(tmp_path, "name\nHall\n")
    result = run(*(each.replace("{file}", str(path)) for each in arguments))
    assert result.exit_code != 0
    assert words in result.stderr


def test_an_export_goes_to_a_file_or_to_standard_output(run: Run, tmp_path: Path) -> None:
    run("import", "store.places", written(tmp_path, "name,parent\nHall,\nRoom,Hall\n"))
    result = run("export", "store.places", "--fields", "name,parent", "--sort", "name")
    assert (result.stdout, result.stderr) == ("name,parent\nHall,\nRoom,Hall\n", "2 records\n")
    result = run("export", "store.places", "-", "--filter", "name=Room", "--fields", "name")
    assert result.stdout == "name\nRoom\n"
    for name in ("out.csv", "out.xlsx"):
        out = tmp_path / name
        assert run("export", "store.places", out, "--excel", "--ids").exit_code == 0
        columns = open_source(out, Options()).columns
        assert columns == ("id", "name", "external_id", "parent", "parent.id")
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert run("export", "store.places", "--format", "xlsx").stdout_bytes.startswith(b"PK")


def test_what_is_exported_is_imported_again(run: Run, tmp_path: Path) -> None:
    run("import", "store.places", written(tmp_path, "name,parent\nHall,\nRoom,Hall\n"))
    out = tmp_path / "out.csv"
    run("export", "store.places", out)
    report = answer(run("import", "store.places", out, "--key", "id", "--json"))[0]
    assert (report["unchanged"], report["errors"]) == (2, 0)


def test_the_help_shows_every_form() -> None:
    text = CliRunner().invoke(main, ["import", "--help"]).stdout
    for form in ("[PLUGIN.COLLECTION FILE]", "--revert RUN", "--list", "--on-error [stop|skip]"):
        assert form in text
