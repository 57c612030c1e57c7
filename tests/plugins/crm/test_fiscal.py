"""Quarters and years of figures are those of the company's fiscal year, as those of targets."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest

from core.measures.periods import end_of, label_of, start_of
from plugin_api.context import acting_as, current_actor, current_company
from plugin_api.host import host
from plugins.targets.services.periods import period_of
from tests.plugins.crm.conftest import Make

DAYS = (
    date(2024, 2, 29), date(2024, 3, 31), date(2024, 4, 1), date(2024, 5, 31), date(2024, 6, 30),
    date(2024, 7, 1), date(2024, 9, 30), date(2024, 10, 1), date(2024, 12, 31), date(2025, 1, 1),
    date(2025, 1, 31), date(2025, 2, 1),
)  # fmt: skip
FIRST, LAST = DAYS[0], DAYS[-1]


@contextmanager
def fiscal_year_from(month: int) -> Iterator[None]:
    with acting_as(replace(current_company(), fiscal_year_start=month), current_actor()):
        yield


def won_by(kind: str) -> dict[date, int]:
    found = host().measures.table("crm.won_amount", FIRST, LAST, by=(kind,))
    return {point.keys[0]: int(point.value or 0) for point in found}


def test_a_fiscal_year_from_april(deal: Make) -> None:
    for place, day in enumerate(DAYS):
        deal(amount=2**place * 100, outcome="won", closed_on=day)
    with fiscal_year_from(4):
        assert won_by("year") == {date(2023, 4, 1): 300, date(2024, 4, 1): 409_200}
        assert won_by("quarter") == {
            date(2024, 1, 1): 300, date(2024, 4, 1): 2_800, date(2024, 7, 1): 9_600,
            date(2024, 10, 1): 38_400, date(2025, 1, 1): 358_400,
        }  # fmt: skip
        shown = host().measures.table("crm.won_amount", FIRST, LAST, by=("year",))
        assert [point.labels[0] for point in shown] == ["2023-04 – 2024-03", "2024-04 – 2025-03"]
    assert won_by("year") == {date(2024, 1, 1): 51_100, date(2025, 1, 1): 358_400}


@pytest.mark.parametrize("month", [1, 2, 3, 6, 7, 12])
@pytest.mark.parametrize("kind", ["quarter", "year"])
def test_the_database_targets_and_words_agree(deal: Make, kind: str, month: int) -> None:
    for day in DAYS:
        deal(amount=100, outcome="won", closed_on=day)
    expected: dict[date, int] = {}
    for day in DAYS:
        period = period_of(kind, day, month)
        assert (start_of(kind, day, month), end_of(kind, period.start)) == (
            period.start,
            period.end,
        )
        assert label_of(kind, period.start) == period.label.replace(" Q", "Q")
        expected[period.start] = expected.get(period.start, 0) + 100
    with fiscal_year_from(month):
        assert won_by(kind) == expected
        every = host().measures.series("crm.won_amount", FIRST, LAST, kind)
        assert every[0].keys == (period_of(kind, FIRST, month).start,)
        assert every[-1].keys == (period_of(kind, LAST, month).start,)
