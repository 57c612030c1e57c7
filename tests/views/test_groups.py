"""Rows by what they share: heads, sums, folding, the way to all of them."""

from __future__ import annotations

import datetime as dt
import re

from tests.views.kit import REPAIRS, Workshop, links, rows_of, text_of


def heads(page: str) -> list[str]:
    return [text_of(row) for row in re.findall(r'<tr class="group-head">.*?</tr>', page, re.S)]


def test_heads_with_counts_and_sums_a_line_a_currency(full: Workshop) -> None:
    """Every fourth repair is in the wash: 23 of them, 1 + 5 + … + 89 hundreds, of which 1, 21,
    41, 61 and 81 in euros; their hours are the remainders of 0, 4, 8, … by 7."""
    page = full.page(f"{REPAIRS}?group=bay")
    assert [head.split()[:2] for head in heads(page)] == [
        ["Wash", "23"], ["Paint", "23"], ["Yard", "22"], ["Empty", "22"],
    ]  # fmt: skip
    assert "CN¥83,000.00 €20,500.00" in heads(page)[0]
    hours = sum(i % 7 for i in range(0, 90, 4))
    assert heads(page)[0].endswith(f" {hours}")
    assert "CN¥372,600.00<br>€36,900.00</td>" in page


def test_open_groups_share_eighty_rows(full: Workshop) -> None:
    page = full.page(f"{REPAIRS}?group=bay&sort=-price")
    rows = rows_of(page)
    assert len(rows) == 80
    wash = full.bays["Wash"]
    assert links(page, "Show all 23") == [
        f"{REPAIRS}?sort=-price&bay={wash}",
        f"{REPAIRS}?sort=-price&bay={full.bays['Paint']}",
    ]
    assert len(rows_of(full.page(f"{REPAIRS}?bay={wash}"))) == 23
    assert f"{REPAIRS}?sort=-price&bay__isnull=true" in links(page, "Show all 22")


def test_a_folded_group_keeps_its_head_and_the_others_have_more_room(full: Workshop) -> None:
    wash = full.bays["Wash"]
    page = full.page(f"{REPAIRS}?group=bay")
    assert links(page, "Wash 23") == [f"{REPAIRS}?group=bay&fold={wash}"]
    folded = full.page(f"{REPAIRS}?group=bay&fold={wash},-")
    assert [row[1] for row in rows_of(folded)] == ["Paint"] * 23 + ["Yard"] * 22
    assert len(heads(folded)) == 4
    assert links(folded, "Wash 23") == [f"{REPAIRS}?group=bay&fold=-"]


def test_months_and_quarters_in_the_reader_s_language(full: Workshop) -> None:
    page = full.page(f"{REPAIRS}?group=due__month")
    assert [head.split()[:3] for head in heads(page)] == [
        ["March", "2026", "61"], ["April", "2026", "29"],
    ]  # fmt: skip
    by_quarter = full.page(f"{REPAIRS}?group=due__quarter", language="zh")
    assert heads(by_quarter)[0].startswith("2026年1月 – 2026年3月 61")


def test_many_groups_start_folded(shop: Workshop) -> None:
    for month in range(13):
        shop.add(f"Of {month}", due=dt.date(2025 + month // 12, month % 12 + 1, 5), price=month)
    page = shop.page(f"{REPAIRS}?group=due__month")
    assert len(heads(page)) == 13
    assert rows_of(page) == []
    (opened,) = links(page, "January 2026 1")
    assert opened == f"{REPAIRS}?group=due__month&fold=2026-01-01"
    assert [row[0] for row in rows_of(shop.page(opened))] == ["Of 12"]
    assert links(shop.page(opened), "January 2026 1") == [f"{REPAIRS}?group=due__month"]


def test_choices_have_their_tone_and_booleans_their_words(full: Workshop) -> None:
    assert "tone-info" in full.page(f"{REPAIRS}?group=state")
    assert [h.split()[:2] for h in heads(full.page(f"{REPAIRS}?group=urgent"))] == [
        ["No", "60"], ["Yes", "30"],
    ]  # fmt: skip


def test_the_menu_offers_what_the_list_shows(full: Workshop) -> None:
    page = full.page(f"{REPAIRS}?state=open")
    assert links(page, "Due by month") == [f"{REPAIRS}?state=open&group=due__month"]
    assert links(page, "Until by month") == []
    grouped = full.page(f"{REPAIRS}?group=bay")
    assert links(grouped, "No grouping") == [REPAIRS]


def test_no_such_group(full: Workshop) -> None:
    page = full.page(f"{REPAIRS}?group=bai")
    assert "There is no field “bai”. Near are: bay." in text_of(page)
    assert len(rows_of(page)) == 80
