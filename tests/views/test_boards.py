"""Boards: columns with sums, cards on demand, folded columns."""

from __future__ import annotations

import re

from tests.views.kit import REPAIRS, Workshop, links, selects, text_of

BOARD = f"{REPAIRS}?view=kanban"


def lanes(page: str) -> list[tuple[str, str, int]]:
    """Name and head, and the number of cards of every column."""
    found = re.findall(r'<section class="lane.*?</section>', page, re.S)
    return [
        (
            text_of(re.search(r"<h2[^>]*>(.*?)</h2>", lane)[1]),  # type: ignore[index]
            text_of(lane.partition("</h2>")[2].partition("</header>")[0]),
            lane.count("data-card="),
        )
        for lane in found
    ]


def test_heads_count_and_sum_by_currency_and_show_twenty_cards(full: Workshop) -> None:
    page = full.page(BOARD)
    assert lanes(page) == [
        ("Wash", "23 CN¥83K + €20.5K", 20),
        ("Paint", f"23 {_sums(1)}", 20),
        ("Yard", f"22 {_sums(2)}", 0),
    ]


def _sums(first: int) -> str:
    """The sums of every fourth repair from the first on, as a head says them."""
    yuan = sum((i + 1) * 100 for i in range(first, 90, 4) if i % 10)
    euro = sum((i + 1) * 100 for i in range(first, 90, 4) if i % 10 == 0)
    parts = [f"CN¥{yuan / 1000:g}K"] + ([f"€{euro / 1000:g}K"] if euro else [])
    return " + ".join(parts)


def test_a_statement_a_column_at_most(full: Workshop) -> None:
    client = full.client()
    client.get(BOARD)
    with selects(full) as seen:
        client.get(BOARD)
    assert len(seen) <= 6, "\n".join(seen)


def test_what_is_over_starts_folded_and_opens(full: Workshop) -> None:
    yard, wash = full.bays["Yard"], full.bays["Wash"]
    page = full.page(BOARD)
    assert links(page, "Unfold “Yard”") == [f"{BOARD}&fold={yard}"]
    opened = full.page(f"{BOARD}&fold={yard},{wash}")
    assert [(name, cards) for name, _head, cards in lanes(opened)] == [
        ("Wash", 0), ("Paint", 20), ("Yard", 20),
    ]  # fmt: skip
    assert links(opened, "Fold “Yard”") == [f"{BOARD}&fold={wash}"]


def test_the_other_cards_come_on_demand(full: Workshop) -> None:
    page = full.page(BOARD)
    hrefs = links(page, "3 more")
    assert len(hrefs) == 2
    answer = full.client().get(hrefs[0], headers={"HX-Request": "true"})
    assert answer.text.count("data-card=") == 3
    assert "<html" not in answer.text
    first = set(re.findall(r'data-card="(\d+)"', page))
    assert not first & set(re.findall(r'data-card="(\d+)"', answer.text))
    plain = full.client().get(hrefs[0])
    assert plain.headers["Location"] == f"{REPAIRS}?bay={full.bays['Wash']}"


def test_a_place_that_is_none(full_on_sqlite: Workshop) -> None:
    wash = full_on_sqlite.bays["Wash"]
    answer = full_on_sqlite.client().get(f"{REPAIRS}/lane?view=kanban&lane={wash}&after=x")
    assert answer.status_code == 422


def test_filters_and_scopes_narrow_the_board(full: Workshop) -> None:
    page = full.page(f"{BOARD}&scope=team&urgent=true")
    assert [head.split()[0] for _name, head, _cards in lanes(page)] == ["0", "7", "0"]


def test_a_card_is_moved_and_refused(shop: Workshop) -> None:
    id_ = shop.add("One", bay="Wash")
    page = shop.page(BOARD)
    assert f'data-move="{REPAIRS}/{id_}"' in page
    assert "data-by-reference" in page
    paint = str(shop.bays["Paint"])
    form = {"_company": shop.company_id, "version": "1",
            "bay": "Paint", "bay__id": paint, "bay__label": "Paint"}  # fmt: skip
    asked = {"Accept": "application/json"}
    client = shop.client()
    answer = client.post(f"{REPAIRS}/{id_}", data=form, headers=asked)
    assert (answer.status_code, answer.json["version"]) == (200, 2)
    assert shop.read(id_)["bay_id"] == shop.bays["Paint"]
    stale = client.post(f"{REPAIRS}/{id_}", data=form, headers=asked)
    assert stale.status_code == 409


def test_who_may_not_move_gets_no_handles(full_on_sqlite: Workshop) -> None:
    page = full_on_sqlite.page(BOARD, "ana")
    assert "data-moves" not in page
    assert "data-move-menu" not in page
    assert links(page, "New") == []


def test_what_is_wrong_is_said(full_on_sqlite: Workshop) -> None:
    page = full_on_sqlite.page(f"{BOARD}&price__gte=much")
    assert "“much” is not a number." in text_of(page)
    assert len(lanes(page)) == 3
