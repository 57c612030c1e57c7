"""An import by hand, from the upload to taking it back; and the export of a list."""

from __future__ import annotations

import io
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from core.identity import service
from tests.harness import Installation
from tests.importing.kit import Desk

PLACES = "Name,Number,Inside\nRoom,2,Hall\nHall,1,\n"


@pytest.fixture
def desk(installation: Installation, tmp_path: Path) -> Iterator[Desk]:
    """A company with an admin and a rep, and nobody at work."""
    with Desk.opened(installation, tmp_path) as made:
        pass
    installation.person(made.slug, "ada", "admin")
    installation.person(made.slug, "rita", "rep")
    yield made


@pytest.fixture
def ada(desk: Desk) -> FlaskClient:
    return desk.installation.client(desk.slug, "ada")


def company_id(desk: Desk) -> int:
    with desk.installation.app.app_context():
        return service.load_company(desk.slug).id


def post(client: FlaskClient, desk: Desk, path: str, **form: Any) -> TestResponse:
    return client.post(path, data={"_company": company_id(desk), **form})


def uploaded(
    client: FlaskClient, desk: Desk, content: str | bytes, collection: str = "places", **form: Any
) -> str:
    """Upload a file and return the address of the import."""
    raw = content.encode() if isinstance(content, str) else content
    path = f"/store/{collection}/import"
    answer = post(client, desk, path, file=(io.BytesIO(raw), "my file.csv"), **form)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def shown_form(client: FlaskClient, address: str) -> dict[str, Any]:
    """What a browser would send back of the page without anything being changed."""
    page = client.get(address).text
    form: dict[str, Any] = {}
    for tag in re.findall(r"<input [^>]*>", page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and not ('type="checkbox"' in tag and "checked" not in tag):
            form.setdefault(name[1], []).append(value[1] if value else "")
    for name, options in re.findall(r'<select [^>]*name="([^"]*)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        form.setdefault(name, []).append(chosen[1] if chosen else "")
    return form


def places(desk: Desk) -> list[tuple[Any, ...]]:
    with desk.installation.working(desk.slug):
        return desk.rows("store.Place", "name", "external_id", "parent.name")


def test_a_file_is_mapped_checked_imported_and_taken_back(desk: Desk, ada: FlaskClient) -> None:
    address = uploaded(ada, desk, PLACES)
    form = shown_form(ada, address)
    assert (form["column-1"], form["column-2"], form["column-3"]) == (["name"], [""], ["parent"])
    form |= {"column-2": "external_id", "key": "external_id"}
    page = ada.post(address, data={**form, "action": "check"})
    assert (page.status_code, places(desk)) == (200, [])
    assert "this is what would happen" in page.text
    assert "To create" in page.text
    answer = ada.post(address, data={**shown_form(ada, address), "action": "import"})
    assert answer.status_code == 303
    assert places(desk) == [("Hall", "1", None), ("Room", "2", "Hall")]
    result = ada.get(address).text
    assert "Done" in result
    assert "Take this import back" in result
    assert "my file.csv" in ada.get("/store/places/import").text
    chinese = desk.installation.client(desk.slug, "ada", "zh").get(address).text
    assert "已新建" in chinese and "创建时间" not in chinese
    chinese = desk.installation.client(desk.slug, "ada", "zh")
    unknown = uploaded(chinese, desk, "name,parent\nNook,Cellar\n")
    told = post(chinese, desk, unknown, action="check").text
    assert "没有“Cellar”。请先导入" in told, "no blank between the sentences"
    answer = post(ada, desk, f"{address}/revert")
    assert (answer.status_code, places(desk)) == (303, [])
    result = ada.get(address).text
    assert "Taken back" in result and ">2</span> Deleted<" in result


def test_what_was_chosen_is_kept_on_the_page(desk: Desk, ada: FlaskClient) -> None:
    address = uploaded(ada, desk, PLACES)
    form = shown_form(ada, address) | {
        "column-2": "external_id", "key": "external_id", "date_format": "%d.%m.%Y",
        "empty": "NA, none", "clear": ["false", "true"], "duplicates": "last",
        "default-field": ["external_id", "", ""], "default-value": ["7", "", ""],
    }  # fmt: skip
    ada.post(address, data={**form, "action": "check"})
    again = shown_form(ada, address)
    for name in ("column-2", "key", "date_format", "empty", "duplicates"):
        assert again[name] == [form[name]]
    assert again["clear"] == ["false", "true"]
    assert (again["default-field"][0], again["default-value"][0]) == ("external_id", "7")


def test_wrong_rows_are_shown_and_can_be_had_as_a_file(desk: Desk, ada: FlaskClient) -> None:
    address = uploaded(ada, desk, "name\nHall\nNowhere\n")
    form = shown_form(ada, address)
    for action in ("check", "import"):
        page = ada.post(address, data={**form, "action": action}).text
        assert "Some rows are wrong, so nothing is imported" in page
        assert "There is no such place." in page
    bad = ada.get(f"{address}/bad-rows")
    assert bad.get_data().decode("utf-8-sig").splitlines()[1] == (
        "Nowhere,name: There is no such place."
    )
    bad.close()
    form["on_error"] = "skip"
    assert ada.post(address, data={**form, "action": "import"}).status_code == 303
    assert [name for name, *_rest in places(desk)] == ["Hall"]
    assert "There is no such place." in ada.get(address).text


def test_a_field_that_no_column_fills_is_called_as_in_forms(desk: Desk, ada: FlaskClient) -> None:
    address = uploaded(ada, desk, PLACES)
    form = shown_form(ada, address) | {"column-1": ""}
    page = ada.post(address, data={**form, "action": "check"}).text
    assert '<td data-label="Column">Name</td><td data-label="Value"></td>' in page


def test_a_value_that_is_not_known_here_can_be_replaced(desk: Desk, ada: FlaskClient) -> None:
    address = uploaded(ada, desk, "name,kind\nA,Holz\nB,tin\n", "boxes")
    form = shown_form(ada, address)
    page = ada.post(address, data={**form, "action": "check"}).text
    assert 'name="value-from" value="Holz"' in page
    form |= {"value-field": "kind", "value-from": "Holz", "value-to": "wood", "value-kept": ""}
    assert ada.post(address, data={**form, "action": "import"}).status_code == 303
    with desk.installation.working(desk.slug):
        assert desk.rows("store.Box", "name", "kind") == [("A", "wood"), ("B", "tin")]


def test_the_file_is_read_again_as_told(desk: Desk, ada: FlaskClient) -> None:
    content = "Report\nname,external_id\nMüller,1\n".encode("cp1252")
    address = uploaded(ada, desk, b"x,y\n" + content)
    form = shown_form(ada, address) | {"encoding": "cp1252", "skip_rows": "2", "action": "check"}
    answer = ada.post(address, data=form)
    assert answer.status_code == 303
    form = shown_form(ada, address)
    assert (form["column-1"], form["column-2"]) == (["name"], ["external_id"])
    assert "Müller" in ada.get(address).text
    ada.post(address, data={**form, "action": "import"})
    assert places(desk) == [("Müller", "1", None)]


def test_rows_are_chosen_on_the_page(desk: Desk, ada: FlaskClient) -> None:
    address = uploaded(ada, desk, "name,external_id\nHall,C1\nRoom,2\nAttic,\nYard,C3\n")
    form = shown_form(ada, address) | {
        "row-rule": ["only", "except", "except"], "row-column": ["external_id", "name", ""],
        "row-text": ["C*", "Yard", "not asked"],
    }  # fmt: skip
    ada.post(address, data={**form, "action": "check"})
    again = shown_form(ada, address)
    assert again["row-rule"] == ["only", "except", "except", "except"]
    assert again["row-column"] == ["external_id", "name", "", ""]
    assert again["row-text"] == ["C*", "Yard", "", ""]
    assert ada.post(address, data={**again, "action": "import"}).status_code == 303
    assert places(desk) == [("Hall", "C1", None)]


def test_a_map_may_be_uploaded_with_the_file(desk: Desk, ada: FlaskClient) -> None:
    map = b"[columns]\nname = [1, 2]\n[except]\n2 = 'x'\n[options]\nheader = false\n"
    given = {"map": (io.BytesIO(map), "map.toml")}
    address = uploaded(ada, desk, "A,b\nC,x\n", **given)
    form = shown_form(ada, address)
    assert (form["column-1"], form["column-2"]) == (["name"], ["name"])
    ada.post(address, data={**form, "action": "import"})
    assert places(desk) == [("A b", None, None)]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Choose a file first"),
        ({"file": (b"", "a.csv")}, "The file is empty"),
        ({"file": (b"PK\x03\x04xx", "a.xlsx")}, "The workbook cannot be read"),
        ({"file": (b"a\n1\n", "a.csv"), "map": (b"[colums]", "m.toml")}, "no section [colums]"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_once(
    desk: Desk, ada: FlaskClient, given: dict[str, tuple[bytes, str]], words: str
) -> None:
    files = {name: (io.BytesIO(content), file) for name, (content, file) in given.items()}
    answer = post(ada, desk, "/store/places/import", **files)
    assert answer.status_code == 422
    assert words in answer.text
    assert "/store/places/import/" not in ada.get("/store/places/import").text


def test_a_map_that_cannot_be_used_is_said_on_the_page(desk: Desk, ada: FlaskClient) -> None:
    address = uploaded(ada, desk, PLACES)
    form = shown_form(ada, address) | {"key": "external_id", "action": "check"}
    answer = ada.post(address, data=form)
    assert answer.status_code == 422
    assert "no column fills “external_id”" in answer.text


def test_imports_are_for_those_who_may(desk: Desk, ada: FlaskClient) -> None:
    rita = desk.installation.client(desk.slug, "rita")
    assert rita.get("/store/places/import").status_code == 403
    assert rita.get("/store/boxes/import").status_code == 200
    theirs = uploaded(ada, desk, "name\nA\n", "boxes")
    assert rita.get(theirs).status_code == 404
    assert post(rita, desk, f"{theirs}/revert").status_code == 404
    mine = uploaded(rita, desk, "name\nB\n", "boxes")
    assert ada.get(mine).status_code == 200
    assert ada.get(mine.replace("boxes", "places")).status_code == 404


def test_another_company_sees_nothing_of_an_import(
    desk: Desk, ada: FlaskClient, installation: Installation, tmp_path: Path
) -> None:
    address = uploaded(ada, desk, PLACES)
    with Desk.opened(installation, tmp_path) as other:
        pass
    installation.person(other.slug, "eve", "admin")
    eve = installation.client(other.slug, "eve")
    assert eve.get(address).status_code == 404
    assert eve.get(f"{address}/bad-rows").status_code == 404
    assert "my file.csv" not in eve.get("/store/places/import").text


def test_uploads_are_thrown_away(desk: Desk, ada: FlaskClient) -> None:
    folder = desk.installation.instance / "uploads" / "imports" / str(company_id(desk))
    address = uploaded(ada, desk, PLACES)
    ada.post(address, data={**shown_form(ada, address), "action": "import"})
    assert list(folder.iterdir()) == []
    address = uploaded(ada, desk, PLACES)
    (old,) = folder.iterdir()
    os.utime(old, (time.time() - 8 * 24 * 3600,) * 2)
    uploaded(ada, desk, PLACES)
    assert not old.exists()
    page = ada.get(address)
    assert "not kept any more" in page.text


def test_a_form_of_another_company_is_refused(desk: Desk, ada: FlaskClient) -> None:
    address = uploaded(ada, desk, PLACES)
    form = shown_form(ada, address) | {"_company": "0", "action": "import"}
    assert ada.post(address, data=form).status_code == 409


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_list_is_exported_as_it_is_shown(desk: Desk, ada: FlaskClient, form: str) -> None:
    with desk.installation.working(desk.slug):
        desk.make("store.Place", name="Hall", external_id="1")
        desk.make("store.Place", name="Room", external_id="2")
    answer = ada.get(f"/store/places/export?format={form}&name=Room&sort=-name&view=kanban")
    assert answer.status_code == 200
    assert f"Places.{form}" in answer.headers["Content-Disposition"]
    if form == "csv":
        text = answer.get_data().decode("utf-8-sig").splitlines()
        assert text[0] == "id,name,external_id,parent"
        assert [line.split(",", 1)[1] for line in text[1:]] == ["Room,2,"]
    else:
        assert answer.get_data().startswith(b"PK")
    answer.close()


def test_a_list_leads_to_its_import_and_export(desk: Desk, ada: FlaskClient) -> None:
    page = ada.get("/store/places?name=Hall&sort=-name").text
    assert 'href="/store/places/import"' in page
    for form in ("xlsx", "csv"):
        href = next(h for h in re.findall(r'href="([^"]*/export[^"]*)"', page) if form in h)
        assert "name=Hall" in href
        assert "sort=-name" in href
        answer = ada.get(href.replace("&amp;", "&"))
        assert answer.status_code == 200
        answer.close()
    rita = desk.installation.client(desk.slug, "rita")
    page = rita.get("/store/places").text
    assert "/import" not in page
    assert "/export" not in page


def test_an_export_needs_its_permission(desk: Desk) -> None:
    rita = desk.installation.client(desk.slug, "rita")
    assert rita.get("/store/places/export").status_code == 403
    answer = rita.get("/store/boxes/export")
    assert answer.status_code == 200
    answer.close()


def test_an_encoding_that_cannot_be_told_is_said(desk: Desk, ada: FlaskClient) -> None:
    content = "Name,Number\nПривет,1\nЗал,2\n".encode("cp1251")
    file = (io.BytesIO(content), "a.csv")
    refused = post(ada, desk, "/store/places/import", file=file)
    assert refused.status_code == 422
    assert "Say its encoding" in refused.text
    assert '<option value="cp1251">CP1251</option>' in refused.text
    address = uploaded(ada, desk, content, encoding="cp1251")
    assert "Привет" in ada.get(address).text


def test_a_check_shows_what_would_change(desk: Desk, ada: FlaskClient) -> None:
    """Old beside new values of records that are known; an empty cell changes nothing."""
    places = "Name,External ID,Inside\nHall,H1,\nRoom,R2,Hall\n"
    first = uploaded(ada, desk, places)
    form = shown_form(ada, first) | {"key": "name"}
    assert post(ada, desk, first, **form, action="import").status_code == 303
    again = uploaded(ada, desk, "Name,External ID,Inside\nRoom,R3,Hall\nHall,,\nYard,Y9,\n")
    page = post(ada, desk, again, **shown_form(ada, again) | {"key": "name"}, action="check").text
    plan = page[page.index("What would change") : page.index("Columns of the file")]
    assert "<del>R2</del>" in plan and "<ins>R3</ins>" in plan
    assert plan.index("Room") < plan.index("Yard") and "<ins>Y9</ins>" in plan
    assert "Hall" not in plan
    assert "To create" in page and "To update" in page and "Unchanged" in page


def test_numbers_may_count_more(desk: Desk, ada: FlaskClient) -> None:
    address = uploaded(ada, desk, "Name,Worth (k)\nA,1.5\n", "boxes")
    form = {**shown_form(ada, address), "column-2": "worth"}
    checked = post(ada, desk, address, **form, action="check").text
    assert "× 1000" in checked
    assert "¥1,500.00" in checked
    assert "0.45 stands for 45 %." in checked
    form |= {"scale-field": ["worth", "pieces"], "scale-value": ["100", "5"]}
    checked = post(ada, desk, address, **form, action="check").text
    assert "× 1000" not in checked
    assert "¥150.00" in checked
    assert post(ada, desk, address, **form, action="import").status_code == 303
    with desk.installation.working(desk.slug):
        assert desk.rows("store.Box", "name", "worth") == [("A", 15_000)]


def test_a_factor_is_proposed_where_percentages_may_be_fractions(
    desk: Desk, ada: FlaskClient
) -> None:
    address = uploaded(ada, desk, "name,Filled\nA,0.45\nB,1\n", "boxes")
    form = shown_form(ada, address)
    assert (form["scale-field"][0], form["scale-value"][0]) == ("filled", "100")
    asked = '<a class="small" href="#scales">may be fractions of one: × 100, or × 1?</a>'
    assert asked in ada.get(address).text
    page = ada.post(address, data={**form, "action": "check"}).text
    assert "<ins>45%</ins>" in page
    form["scale-value"] = ["1", ""]
    assert ada.post(address, data={**form, "action": "import"}).status_code == 303
    with desk.installation.working(desk.slug):
        assert [str(value) for (value,) in desk.rows("store.Box", "filled")] == ["0.45", "1.00"]


def test_it_is_asked_how_days_are_written_where_nothing_tells(desk: Desk, ada: FlaskClient) -> None:
    address = uploaded(ada, desk, "name,packed_on\nA,05/03/2026\n", "boxes")
    page = ada.get(address).text
    assert "in which order are day, month and year? Say it under “Dates”" in page
    assert '<details class="form-section" open>' in page
    assert 'href="#f-date_format"' in page
    form = shown_form(ada, address) | {"date_format": "%d.%m.%Y"}
    assert "<ins>Mar 5, 2026</ins>" in ada.post(address, data={**form, "action": "check"}).text
