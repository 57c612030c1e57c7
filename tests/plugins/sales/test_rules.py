"""The arithmetic of lines and shares, and how entries are paired, without a database."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.sales.services.amounts import discount_of, line_totals, margin_of, up_to
from plugins.sales.services.pairing import Fact, Position, Row, Value, missing
from plugins.sales.services.shares import Share, complete, divide

D = Decimal
DAY = dt.date(2026, 3, 2)
LATER = dt.date(2026, 4, 5)


def test_three_lines_are_rounded_each() -> None:
    """R1: three lines of 33.35 at 5 % off come to other cents than their sum."""
    one = line_totals(D(1), D("33.35"), (D(5),), currency="CNY")
    assert (one.amount, one.net) == (31_68, D("31.68"))
    whole = line_totals(D(3), D("33.35"), (D(5),), currency="CNY")
    assert whole.amount == 95_05


def test_what_is_not_rounded_keeps_six_places() -> None:
    found = line_totals(D(7), D("5.7"), (D("2.5"),), D(13), currency="USD", exact=True)
    assert (found.net, found.amount, found.tax) == (D("38.902500"), 3890, 506)


@pytest.mark.parametrize(
    ("discounts", "expected"),
    [((D(20), D(10)), 720_00), ((D(10), D(20)), 720_00), ((D(30),), 700_00)],
)
def test_discounts_follow_each_other(discounts: tuple[Decimal, ...], expected: int) -> None:
    """R32: 20 % and 10 % of 1,000 are 720 one after the other, 700 when they are added."""
    assert line_totals(D(1), D(1000), discounts, currency="CNY").amount == expected


def test_an_agreed_amount_stands_above_price_and_discount() -> None:
    found = line_totals(D(3), D(10), (D(50),), currency="CNY", agreed=D("27.00"))
    assert found.amount == 27_00
    assert discount_of(D(3), D(10), D(27)) == D(10)


def test_margins() -> None:
    assert margin_of(D(100), D(62)) == D(38)
    assert margin_of(D(100), None) is None
    assert margin_of(D(0), D(5)) is None


@pytest.mark.parametrize("currency", ["JPY", "CNY", "KWD"])
def test_each_currency_has_its_smallest_unit(currency: str) -> None:
    amounts = {"JPY": 10, "CNY": 1005, "KWD": 10049}
    assert line_totals(D(1), D("10.049"), currency=currency).amount == amounts[currency]


def test_equal_parts_of_a_thousand() -> None:
    """R6: 333.34, 333.33 and 333.33."""
    third = [Share(i, D(1)) for i in (1, 2, 3)]
    assert divide(D(1000_00), third, D(1)) == [333_34, 333_33, 333_33]


def test_what_is_left_goes_to_one_person_and_overlays_are_besides() -> None:
    shares = complete([Share(1, D(40)), Share(2, D(50), overlay=True)], 3)
    assert shares[-1] == Share(3, D(60))
    assert divide(D(220_000_00), shares, D(1)) == [88_000_00, 110_000_00, 132_000_00]


@given(
    st.integers(-(10**12), 10**12),
    st.lists(st.decimals(1, 30, places=4), min_size=1, max_size=3),
    st.booleans(),
)
def test_shares_add_up(value: int, percents: list[Decimal], fine: bool) -> None:
    amount = D(value) / 10_000 if fine else D(value)
    shares = complete([Share(i, each) for i, each in enumerate(percents)], None)
    assert sum(divide(amount, shares, D(1))) == amount


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(1, 500), min_size=1, max_size=8))
def test_parts_of_a_line_add_up_to_it(net: int, parts: list[int]) -> None:
    whole, quantity = D(net), D(sum(parts))
    taken, done = D(0), D(0)
    for part in parts:
        taken += up_to(whole, done + part, quantity, D(1)) - up_to(whole, done, quantity, D(1))
        done += part
    assert taken == whole


def position(event: str = "booked", source: int = 1, **other: object) -> Position:
    given = {
        "kind": "booked", "event": event, "source": "order_line", "source_id": source,
        "root_id": 1, "user_id": 7, "overlay": False, "document": "SO-1", "order_id": 1,
        "delivery_id": None, "invoice_id": None, "account_id": 1, "product_id": 1,
        "channel_id": None, "region": None, "currency": "CNY",
    }  # fmt: skip
    return Position(**{**given, **other})  # type: ignore[arg-type]


def fact(amount: int, day: dt.date = DAY, **other: object) -> Fact:
    value = Value(D(amount), D(amount), D(amount))
    return Fact(position(**other), day, value)  # type: ignore[arg-type]


def posted(facts: list[Fact], rows: list[Row], today: dt.date = LATER) -> list[Row]:
    """The rows once all that is missing has been added."""
    rows = list(rows)
    while True:
        found = missing(facts, rows, today)
        for entry in found.entries:
            rows.append(
                Row(
                    len(rows) + 1, entry.position, entry.day, entry.value, entry.reverses_id,
                    original_day=entry.original_day,
                )
            )  # fmt: skip
        if not found.more:
            return rows


def told(rows: list[Row]) -> list[tuple[object, ...]]:
    return [
        (row.position.event, row.day, int(row.value.exact), row.reverses_id, row.original_day)
        for row in rows
    ]


def test_posting_twice_adds_nothing() -> None:
    rows = posted([fact(10)], [])
    assert told(rows) == [("booked", DAY, 10, None, DAY)]
    assert posted([fact(10)], rows) == rows


def test_less_of_a_line_takes_back_its_last_entry_first() -> None:
    rows = posted([fact(10)], [])
    rows = posted([fact(15)], rows)
    rows = posted([fact(3)], rows)
    assert told(rows) == [
        ("booked", DAY, 10, None, DAY),
        ("booked", LATER, 5, None, LATER),
        ("booked", LATER, -5, 2, LATER),
        ("booked", LATER, -7, 1, DAY),
    ]


def test_a_return_names_what_it_takes_back_and_gives_it_back_when_it_is_cancelled() -> None:
    back = fact(-4, LATER, event="returned", source=9)
    rows = posted([fact(10), back], [])
    assert told(rows)[1] == ("returned", LATER, -4, 1, DAY)
    rows = posted([fact(10)], rows)
    assert told(rows)[2] == ("returned", LATER, 4, 1, DAY)
    assert missing([fact(0)], rows, LATER).entries[0].value.exact == -10


def test_credit_that_moves_is_taken_from_one_and_given_to_the_other_on_one_day() -> None:
    rows = posted([fact(10)], [])
    rows = posted([fact(6), fact(4, user_id=8)], rows)
    assert [(row.position.user_id, *told([row])[0][1:]) for row in rows] == [
        (7, DAY, 10, None, DAY),
        (8, LATER, 4, None, DAY),
        (7, LATER, -4, 1, DAY),
    ]


@given(st.permutations([("booked", 12), ("returned", -3), ("cancelled", -4), ("returned", -5)]))
def test_the_order_of_events_never_matters(events: list[tuple[str, int]]) -> None:
    rows: list[Row] = []
    facts: list[Fact] = []
    for number, (event, amount) in enumerate(events):
        facts.append(fact(amount, event=event, source=number))
        rows = posted(facts, rows)
    assert sum(row.value.exact for row in rows) == 0
    rows = posted([], rows)
    assert all(
        sum(row.value.exact for row in rows if row.position == each.position) == 0 for each in facts
    )
    assert posted([], rows) == rows
