"""The sums of a long list follow its page."""

from __future__ import annotations

import pytest

from core.views import lists
from tests.views.kit import Workshop, rows_of, text_of

REPAIRS = "/repairs/repairs"


@pytest.fixture(autouse=True)
def soon_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "MOST_SUMMED", 50)


def test_a_long_list_counts_and_says_where_its_sums_are(full: Workshop) -> None:
    page = full.page(f"{REPAIRS}?sort=-price")
    assert "Repairs 90" in text_of(page)
    foot = page.partition("<tfoot>")[2].partition("</tfoot>")[0]
    assert f'hx-get="{REPAIRS}/totals?sort=-price"' in foot
    assert f'href="{REPAIRS}?sort=-price&amp;totals=all"' in foot
    assert "¥" not in foot


def test_the_sums_are_those_that_a_shorter_list_shows(full: Workshop) -> None:
    answer = full.client("max").get(f"{REPAIRS}/totals", headers={"HX-Request": "true"})
    (row,) = rows_of(answer.text.replace("<tr>", "<tr data-row=>")) or [[]]
    whole = full.page(f"{REPAIRS}?totals=all").partition("<tfoot>")[2].partition("</tfoot>")[0]
    assert text_of(answer.text) == text_of(whole)
    assert any("¥" in cell or "CN" in cell for cell in row)


def test_without_script_the_page_waits(full: Workshop) -> None:
    answer = full.client("max").get(f"{REPAIRS}/totals?sort=-price")
    assert (answer.status_code, answer.location) == (302, f"{REPAIRS}?sort=-price&totals=all")


def test_at_the_bound_nothing_waits(full: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "MOST_SUMMED", 90)
    assert "/totals" not in full.page(REPAIRS)
    monkeypatch.setattr(lists, "MOST_SUMMED", 89)
    assert "/totals" in full.page(REPAIRS)
