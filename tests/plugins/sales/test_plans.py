"""What instalments come to and when they are due, without a database."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.sales.services.plans import Part, amounts, bucket, due_day, oldest_first

D = Decimal
DAY = dt.date(2026, 1, 31)


def shares(*percents: str) -> list[Part]:
    return [Part(D(each)) for each in percents]


@pytest.mark.parametrize(
    ("total", "parts", "expected"),
    [
        (1000_00, shares("30", "70"), [300_00, 700_00]),
        # R6: three equal parts of what 100 % are.
        (1000_00, shares("33.3333", "33.3333", "33.3334"), [333_33, 333_33, 333_34]),
        (100_01, shares("50", "50"), [50_01, 50_00]),
        (1000_00, shares("30"), [300_00]),
        (1000_00, [Part(fixed=200_00), Part(D(80))], [200_00, 800_00]),
        # Half of it was cancelled: the last gives way first.
        (500_00, [Part(fixed=300_00), Part(fixed=700_00)], [300_00, 200_00]),
        (0, [Part(fixed=300_00), Part(D(50))], [0, 0]),
    ],
)
def test_instalments_to_the_cent(total: int, parts: list[Part], expected: list[int]) -> None:
    assert amounts(total, parts) == expected


@given(
    st.integers(0, 10**12),
    st.lists(st.integers(1, 99), min_size=1, max_size=12),
    st.lists(st.integers(1, 10**9), max_size=3),
)
def test_never_more_than_the_whole_and_all_of_100_percent(
    total: int, weights: list[int], fixed: list[int]
) -> None:
    percents = [(D(each) * 100 / sum(weights)).quantize(D("0.0001")) for each in weights]
    percents[-1] = 100 - sum(percents[:-1], D(0))
    assert sum(amounts(total, [Part(each) for each in percents])) == total
    mixed = [*(Part(fixed=each) for each in fixed), *(Part(each) for each in percents)]
    found = amounts(total, mixed)
    assert sum(found) <= total
    assert min(found) >= 0


@pytest.mark.parametrize(
    ("rule", "days", "month_end", "expected"),
    [
        ("delivered", 30, False, dt.date(2026, 3, 2)),
        ("delivered", 0, True, dt.date(2026, 1, 31)),
        ("invoiced", 30, True, dt.date(2026, 3, 30)),
        ("ordered", 30, False, None),
        ("delivered", 10**9, False, dt.date.max),
    ],
)
def test_due_after_an_event(
    rule: str, days: int, month_end: bool, expected: dt.date | None
) -> None:
    events = {"delivered": DAY, "invoiced": dt.date(2026, 2, 3), "ordered": None}
    assert due_day(rule, days, month_end, events) == expected


@given(st.integers(0, 10**6), st.lists(st.integers(0, 10**5), max_size=8))
def test_the_oldest_is_paid_first_and_never_too_much(money: int, sums: list[int]) -> None:
    given_ = dict(oldest_first(money, list(enumerate(sums))))
    assert sum(given_.values()) == min(money, sum(sums))
    assert all(0 < part <= sums[i] for i, part in given_.items())
    full = [i for i, each in enumerate(sums) if each and given_.get(i, 0) < each]
    assert not full or all(i <= full[0] for i in given_)


@pytest.mark.parametrize(
    ("over", "expected"),
    [(-1, 0), (0, 0), (1, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4)],
)  # fmt: skip
def test_ages(over: int, expected: int) -> None:
    assert bucket(DAY - dt.timedelta(days=over), DAY) == expected
    assert bucket(None, DAY) == 0
