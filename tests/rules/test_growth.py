"""Growth by the worked examples."""

from __future__ import annotations

from decimal import Decimal

import pytest

from plugins.targets.services.growth import Growth, growth

D = Decimal


def test_growth_by_the_rule_and_by_working_day() -> None:
    found = growth(D(1_200_000), D(1_000_000), 20, 22)
    assert (found.rate, round(found.per_day or 0, 9)) == (D("0.2"), D("0.32"))
    assert growth(D(80), D(-100), 1, 1).rate == D("1.8")


@pytest.mark.parametrize(("now", "before"), [(None, D(1)), (D(1), None), (D(5), D(0))])
def test_nothing_to_grow_from_has_no_growth(now: Decimal | None, before: Decimal | None) -> None:
    assert growth(now, before, 10, 10) == Growth(previous=before, rate=None, per_day=None)


def test_no_day_to_divide_by_leaves_the_plain_rate() -> None:
    assert growth(D(12), D(10), 5, 0) == Growth(previous=D(10), rate=D("0.2"), per_day=None)
