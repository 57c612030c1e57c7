"""Mappings that people of a company keep for the next file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from core.cli.main import main
from tests.harness import Installation
from tests.importing.kit import Desk
from tests.importing.test_pages import places, post, shown_form, uploaded

MONTHLY = "Code,Title\n1,Hall\n"


@pytest.fixture
def desk(installation: Installation, tmp_path: Path) -> Iterator[Desk]:
    """A company with two who import, and nobody at work."""
    with Desk.opened(installation, tmp_path) as made:
        pass
    installation.person(made.slug, "ada", "admin")
    installation.person(made.slug, "bea", "admin")
    installation.person(made.slug, "rita", "rep")
    yield made


def keep(client: FlaskClient, desk: Desk, name: str) -> str:
    address = uploaded(client, desk, MONTHLY)
    form = shown_form(client, address) | {
        "column-1": "external_id", "column-2": "name", "key": "external_id",
    }  # fmt: skip
    answer = client.post(address, data={**form, "action": "keep", "map_name": name})
    assert answer.status_code in (303, 422), answer.text
    return answer.text if answer.status_code == 422 else address


def test_the_next_file_with_the_same_columns_is_read_in_the_same_way(desk: Desk) -> None:
    ada, bea = (desk.installation.client(desk.slug, name) for name in ("ada", "bea"))
    keep(ada, desk, " Monthly  list ")
    address = uploaded(bea, desk, "Code,Title\n2,Room\n")
    page = bea.get(address).text
    assert "Read with the map “Monthly list”, made for the same columns." in page
    form = shown_form(bea, address)
    assert (form["column-1"], form["column-2"], form["key"]) == (
        ["external_id"], ["name"], ["external_id"],
    )  # fmt: skip
    bea.post(address, data={**form, "action": "import"})
    assert places(desk) == [("Room", "2", None)]
    other = uploaded(bea, desk, "Code,Title,More\n2,Room,x\n")
    assert shown_form(bea, other)["column-1"] == [""], "of other columns it knows nothing"


def test_one_is_chosen_by_name_and_taken_by_the_command(desk: Desk) -> None:
    ada = desk.installation.client(desk.slug, "ada")
    keep(ada, desk, "List")
    start = ada.get("/store/places/import").text
    found = re.search(r'<option value="(\d+)">List</option>', start)
    assert found is not None
    address = uploaded(ada, desk, "Title,Code,More\nRoom,2,x\n", saved=found[1])
    form = shown_form(ada, address)
    assert (form["column-1"], form["column-2"]) == (["name"], ["external_id"])
    file = desk.folder / "m.csv"
    file.write_text("Code,Title\n7,Shed\n", "utf-8")
    given = ["import", "store.places", str(file), "--company", desk.slug, "--json", "--map"]
    done = CliRunner().invoke(main, [*given, "List"], obj=lambda: desk.installation.app)
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)[0]["created"] == 1
    done = CliRunner().invoke(main, [*given, "Lists"], obj=lambda: desk.installation.app)
    assert "no map of that name; kept are: List" in done.output


def test_a_mapping_is_replaced_and_deleted_by_who_made_it(desk: Desk) -> None:
    ada, rita = (desk.installation.client(desk.slug, name) for name in ("ada", "rita"))
    assert "Give the map a name." in keep(ada, desk, " ")
    keep(ada, desk, "List")
    keep(ada, desk, "List")
    page = ada.get("/store/places/import").text
    (path,) = re.findall(r'action="([^"]*/maps/\d+/delete)"', page)
    assert post(rita, desk, path).status_code == 403
    assert post(ada, desk, path.replace("places", "boxes")).status_code == 404
    assert post(ada, desk, path).status_code == 303
    assert "/delete" not in ada.get("/store/places/import").text


def test_who_imports_does_not_replace_what_another_keeps(desk: Desk) -> None:
    rita = desk.installation.client(desk.slug, "rita")
    desk.installation.person(desk.slug, "rob", "rep")
    rob = desk.installation.client(desk.slug, "rob")
    form = {"action": "keep", "map_name": "Boxes"}
    first = uploaded(rita, desk, "name\nA\n", "boxes")
    assert rita.post(first, data=shown_form(rita, first) | form).status_code == 303
    second = uploaded(rob, desk, "name\nA\n", "boxes")
    answer = rob.post(second, data=shown_form(rob, second) | form)
    assert answer.status_code == 422
    assert "The map “Boxes” is somebody else&#39;s." in answer.text
