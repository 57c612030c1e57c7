"""Lists, boards and pickers begin without what is put aside: here people who have left."""

from __future__ import annotations

import pytest

from core.extensions import db
from core.identity.models import User
from tests.views.kit import Workshop, links, rows_of, text_of

PEOPLE = "/core/users"


@pytest.fixture
def left(shop: Workshop) -> Workshop:
    """Ravi has left."""
    with shop.made.working("acme"):
        ravi = db.session.get(User, (1, shop.people["ravi"]))
        assert ravi is not None
        ravi.active = False
    return shop


def names(page: str) -> set[str]:
    return {cell for row in rows_of(page) for cell in row} & {"Ada", "Max", "Rita", "Ravi", "Ana"}


def test_a_list_begins_without_them_and_says_so(left: Workshop) -> None:
    page = left.page(PEOPLE, "ada")
    assert names(page) == {"Ada", "Max", "Rita", "Ana"}
    assert "Active Yes" in text_of(page)
    assert links(page, "Clear") == [f"{PEOPLE}?active__in=true,false"]
    assert links(left.page(f"{PEOPLE}?active__in=true,false", "ada"), "Clear") == [PEOPLE]


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("active__in=true,false", {"Ada", "Max", "Rita", "Ravi", "Ana"}),
        ("active=false", {"Ravi"}),
        ("active=true", {"Ada", "Max", "Rita", "Ana"}),
        ("q=Ravi", {"Ravi"}),
        ("saved=all", {"Ada", "Max", "Rita", "Ana"}),
    ],
)
def test_they_are_there_when_they_are_asked_for(
    left: Workshop, asked: str, shown: set[str]
) -> None:
    assert names(left.page(f"{PEOPLE}?{asked}", "ada")) == shown


def test_the_control_offers_all_of_them(left: Workshop) -> None:
    control = left.page(PEOPLE, "ada").partition('id="filter-active"')[2].partition("</details>")[0]
    assert 'type="radio" name="active__in" value="true,false">' in control
    assert 'name="active__in" value="true" checked' in control


def test_links_of_the_page_keep_the_filter(left: Workshop) -> None:
    page = left.page(PEOPLE, "ada")
    (export,) = links(page, "Export as CSV")
    assert "active=true" in export


def test_a_record_cannot_be_given_to_them_but_a_filter_may_ask_for_them(left: Workshop) -> None:
    assert "Ravi" not in left.page(f"{PEOPLE}/lookup?q=Ra", "max")
    assert "Ravi" in left.page(f"{PEOPLE}/lookup?active__in=true,false&q=Ra", "max")
    listed = left.page("/repairs/repairs", "max")
    assert 'hx-get="/core/users/lookup?active__in=true,false"' in listed
    form = left.page("/repairs/repairs/new", "max")
    assert 'hx-get="/core/users/lookup"' in form


def test_a_rare_filter_stays_out_of_the_way_until_it_says_more(left: Workshop) -> None:
    """The list of bays declares no filters."""
    page = left.page("/repairs/bays", "ada")
    assert 'id="filter-gone"' not in page
    assert '<input type="hidden" name="gone" value="false">' in page
    assert links(page, "Gone") == ["/repairs/bays?gone=false&show=gone"]
    assert 'id="filter-gone"' in left.page("/repairs/bays?gone=true", "ada")
