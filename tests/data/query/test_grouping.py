"""Rows by what they share, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from core.data import query
from core.data.query import grouping
from plugin_api.context import acting_as, current_actor, current_company
from tests.data.query.kit import World, model, statements

Row = dict[str, Any]


def asked(**arguments: str) -> query.Query:
    return query.parse_query(model("ledger.Sale"), {"limit": "1000", **arguments})


def by(text: str) -> query.By:
    return query.read_by(model("ledger.Sale"), text)


def summed(rows: list[Row], name: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows:
        if row[name] is not None:
            code = row["currency"] or "CNY"
            found[code] = found.get(code, 0) + row[name]
    return found


KEYS: list[tuple[str, Callable[[Row], Any]]] = [
    ("outcome", lambda r: r["outcome"]),
    ("customer", lambda r: r["customer"] and r["customer"].id),
    ("user", lambda r: r["user"] and r["user"].id),
    ("urgent", lambda r: r["urgent"]),
    ("opened_on__month", lambda r: r["opened_on"] and r["opened_on"].replace(day=1)),
    ("closed_on__quarter", lambda r: r["closed_on"] and date(2026, 1, 1)),
]


@pytest.mark.parametrize(("text", "key"), KEYS)
def test_counts_and_sums_in_one_statement(
    world: World, text: str, key: Callable[[Row], Any]
) -> None:
    with world.as_():
        with statements(world) as seen:
            heads, more = query.heads(asked(), by(text), ("amount",), 50)
        rows = query.run(asked()).rows
    assert len(seen) == 1
    assert not more
    assert {head.value for head in heads} == {key(row) for row in rows}
    for head in heads:
        those = [row for row in rows if key(row) == head.value]
        assert head.count == len(those)
        assert head.sums.get("amount", {}) == summed(those, "amount")


@pytest.mark.parametrize(("text", "key"), KEYS)
def test_the_first_rows_of_each(world: World, text: str, key: Callable[[Row], Any]) -> None:
    with world.as_():
        question = asked(sort="-amount")
        heads, _more = query.heads(question, by(text), (), 50)
        with statements(world) as seen:
            found = query.first_of(question, by(text), [head.value for head in heads], 3)
        rows = query.run(question).rows
    assert len(seen) == 1
    assert found == {
        head.value: [row for row in rows if key(row) == head.value][:3] for head in heads
    }


def test_groups_stand_in_the_order_of_choices_and_names_empty_last(world: World) -> None:
    with world.as_():
        outcomes, _ = query.heads(asked(), by("outcome"), (), 50)
        people, _ = query.heads(asked(), by("user"), (), 50)
        months, _ = query.heads(asked(), by("opened_on__month"), (), 50)
    assert [head.value for head in outcomes] == ["open", "won", "lost"]
    assert [head.label for head in people] == ["Max", "Ravi", "Rita", "Empty"]
    assert [head.value for head in months] == [date(2026, 1, 1), None]


def test_no_more_groups_than_asked_for(world: World) -> None:
    with world.as_():
        heads, more = query.heads(asked(), by("customer"), ("amount",), 2)
        every, _ = query.heads(asked(), by("customer"), ("amount",), 50)
    assert more
    assert heads == every[:2]


def test_a_quarter_is_the_company_s(world: World) -> None:
    """With a fiscal year from February, 1 January lies in the quarter from November."""
    with world.as_():
        company = current_company()
        fields = {name: getattr(company, name) for name in type(company).__slots__}
        shifted = type(company)(**fields | {"fiscal_year_start": 2})
        with acting_as(shifted, current_actor()):
            heads, _ = query.heads(asked(), by("opened_on__quarter"), (), 50)
            closed, _ = query.heads(asked(), by("closed_on__quarter"), (), 50)
    assert [head.value for head in heads] == [date(2025, 11, 1), None]
    assert [head.value for head in closed] == [date(2026, 2, 1), None]


@pytest.mark.parametrize(("text", "_key"), KEYS)
def test_the_filter_of_a_group_asks_for_exactly_its_records(
    world: World, text: str, _key: Any
) -> None:
    with world.as_():
        heads, _more = query.heads(asked(), by(text), (), 50)
        for head in heads:
            narrowed = dict(grouping.arguments_of(by(text), head.value))
            assert query.count(asked(**narrowed)) == head.count


def test_record_rules_and_names_that_may_not_be_learnt(world: World) -> None:
    with world.as_("rita"):
        heads, _ = query.heads(asked(), by("user"), (), 50)
        assert [head.label for head in heads] == ["Rita"]
    with world.as_("ana"):
        heads, _ = query.heads(asked(), by("customer"), (), 50)
        assert {head.label for head in heads if head.value} == {
            f"#{head.value}" for head in heads if head.value
        }


@pytest.mark.parametrize("text", ["name", "opened_on", "opened_on__decade", "amount", "x", ""])
def test_what_nothing_is_grouped_by(on_sqlite: World, text: str) -> None:
    with on_sqlite.as_(), pytest.raises(ValueError, match="There is no field"):
        by(text)
