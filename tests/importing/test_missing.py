"""Words that stand for nothing: proposed where they are no value, and never taken for one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.harness import Installation
from tests.importing.kit import Desk, reasons
from tests.importing.test_pages import shown_form, uploaded

BOX = "store.Box"
ROWS = (
    "name,place,kind,fragile,phone,notes,pieces\n"
    "A,Hall,Select,yes,无,None,-\n"
    "B,None,--None--,N/A,-,Select,7\n"
    "C,暂无,tin,no,10086,—,\n"
)
PROPOSED = [
    ("place", "暂无"), ("kind", "Select"), ("kind", "--None--"), ("fragile", "N/A"),
    ("phone", "无"), ("phone", "-"),
]  # fmt: skip


@pytest.fixture
def stocked(installation: Installation, tmp_path: Path) -> Iterator[Desk]:
    """A company with a place that is called None, and with an admin."""
    with Desk.opened(installation, tmp_path) as made:
        for name in ("Hall", "None"):
            made.make("store.Place", name=name)
    installation.person(made.slug, "ada", "admin")
    yield made


def proposed(ada: FlaskClient, address: str) -> list[tuple[str, str]]:
    form = shown_form(ada, address)
    rows = zip(
        form.get("value-field", ()), form.get("value-from", ()), form.get("value-kept", ()),
        form.get("value-to", ()), strict=True,
    )  # fmt: skip
    return [(name, text) for name, text, kept, to in rows if kept == "yes" and not to]


def test_words_for_nothing_are_proposed_where_they_are_no_value(stocked: Desk) -> None:
    ada: FlaskClient = stocked.installation.client(stocked.slug, "ada")
    address = uploaded(ada, stocked, ROWS, "boxes")
    assert proposed(ada, address) == PROPOSED
    page = ada.get(address).text
    assert 'placeholder="counts as empty"' in page
    form = shown_form(ada, address)
    checked = ada.post(address, data={**form, "action": "check"}).text
    assert "this is what would happen" in checked
    assert proposed(ada, address) == PROPOSED, "they stay as they were"
    assert ada.post(address, data={**form, "action": "import"}).status_code == 303
    with stocked.installation.working(stocked.slug):
        assert stocked.rows(BOX, "place.name", "kind", "fragile", "phone", "notes", "pieces") == [
            ("Hall", "wood", True, None, "None", None),
            ("None", "wood", False, None, "Select", 7),
            (None, "tin", False, "10086", "—", None),
        ]


def test_what_a_person_says_of_a_word_holds(stocked: Desk) -> None:
    ada: FlaskClient = stocked.installation.client(stocked.slug, "ada")
    address = uploaded(ada, stocked, "name,kind\nA,Select\n", "boxes")
    form = shown_form(ada, address) | {"value-to": "tin"}
    assert ada.post(address, data={**form, "action": "import"}).status_code == 303
    with stocked.installation.working(stocked.slug):
        assert stocked.rows(BOX, "kind") == [("tin",)]


def test_without_a_page_a_word_for_nothing_is_an_error_that_says_what_helps(desk: Desk) -> None:
    desk.make("store.Place", name="Hall")
    text = "name,place,kind\nA,N/A,tin\nB,Hall,Select\nC,Hall,steel\n"
    found = [reason for _line, _field, reason in reasons(desk.take(BOX, text))]
    helps = "If it stands for nothing, say so (on the page “Words for empty”, in a map “empty”)."
    assert [reason.endswith(helps) for reason in found] == [True, True, False]
    assert reasons(desk.take(BOX, text, {"options": {"empty": ["N/A", "Select", "steel"]}})) == []
