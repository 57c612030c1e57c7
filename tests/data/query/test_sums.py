"""Counts and sums: exact, one statement, no currency added to another."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest

from core.data import query
from core.data.query import Group, Totals
from tests.data.query.kit import World, model, statements

Row = dict[str, Any]


def everything() -> list[Row]:
    return query.run(query.parse_query(model("ledger.Sale"), {"limit": "1000"})).rows


def summed(rows: list[Row], name: str, by_currency: bool = False) -> dict[str, Any]:
    made: dict[str, Any] = defaultdict(int)
    for row in rows:
        if row[name] is not None:
            made[(row["currency"] or "CNY") if by_currency else ""] += row[name]
    return dict(made)


def test_totals_of_all_pages_in_one_statement(world: World) -> None:
    with world.as_():
        asked = query.parse_query(model("ledger.Sale"), {"limit": "2", "urgent": "true"})
        cursor = query.run(asked).next or ""
        asked = query.parse_query(
            model("ledger.Sale"), {"limit": "2", "urgent": "true", "cursor": cursor}
        )
        with statements(world) as seen:
            found = query.totals(asked, ("amount", "amount_company", "quantity", "days", "chance"))
        rows = [row for row in everything() if row["urgent"]]
    assert len(seen) == 1
    assert found == Totals(
        len(rows),
        {
            "amount": summed(rows, "amount", by_currency=True),
            "amount_company": summed(rows, "amount_company"),
            "quantity": summed(rows, "quantity"),
            "days": summed(rows, "days"),
            "chance": summed(rows, "chance"),
        },
    )
    assert set(found.sums["amount"]) == {"CNY", "JPY"}
    assert {type(value).__name__ for sums in found.sums.values() for value in sums.values()} == {
        "int", "Decimal",
    }  # fmt: skip


def test_totals_of_nothing(world: World) -> None:
    with world.as_():
        asked = query.parse_query(model("ledger.Sale"), {"name": "nobody"})
        assert query.totals(asked, ("amount", "days")) == Totals(0, {"amount": {}, "days": {}})
        assert query.totals(asked, ()) == Totals(0, {})
        assert query.count(asked) == 0


def test_a_count(world: World) -> None:
    with world.as_("rita"):
        asked = query.parse_query(model("ledger.Sale"), {"limit": "1", "count": "true"})
        assert asked.count
        with statements(world) as seen:
            number = query.count(asked)
        assert len(seen) == 1
        assert number == len(everything())


def test_only_numbers_are_summed(on_sqlite: World) -> None:
    with on_sqlite.as_(), pytest.raises(ValueError, match="name is no number to sum"):
        query.totals(query.parse_query(model("ledger.Sale"), {}), ("name",))


def test_groups_of_a_choice(world: World) -> None:
    with world.as_():
        asked = query.parse_query(model("ledger.Sale"), {})
        with statements(world) as seen:
            found = query.groups(asked, "outcome", ["open", "won", "nonsense"], total="amount")
        rows = everything()
    assert len(seen) == 1
    assert set(found) == {"open", "won"}
    for value, group in found.items():
        those = [row for row in rows if row["outcome"] == value]
        assert group == Group(len(those), summed(those, "amount", by_currency=True))


def test_groups_of_a_reference_count_records_without_one(world: World) -> None:
    with world.as_():
        asked = query.parse_query(model("ledger.Sale"), {})
        rows = everything()
        one = next(row["customer"].id for row in rows if row["customer"])
        found = query.groups(asked, "customer", [one], total="days")
        every = query.groups(asked, "customer")
    assert set(found) == {one, None}
    those = [row for row in rows if row["customer"] is None]
    assert found[None] == Group(len(those), summed(those, "days"))
    assert sum(group.count for group in every.values()) == len(rows)
    assert all(group.sums == {} for group in every.values())


@pytest.mark.parametrize("sort", ["-amount", "customer,-name", "created_at"])
def test_the_first_of_each_group_in_one_statement(world: World, sort: str) -> None:
    with world.as_():
        asked = query.parse_query(model("ledger.Sale"), {"sort": sort, "limit": "1000"})
        with statements(world) as seen:
            found = query.top_of_groups(asked, "outcome", ["open", "won", "nonsense"], 4)
        rows = query.run(asked).rows
    assert len(seen) == 1
    assert found == {
        value: [row for row in rows if row["outcome"] == value][:4] for value in ("open", "won")
    }


def test_the_first_of_people_without_a_record_too(world: World) -> None:
    with world.as_():
        asked = query.parse_query(model("ledger.Sale"), {})
        rita = world.people["rita"]
        found = query.top_of_groups(asked, "user", [rita, None], 2)
        assert {key: len(rows) for key, rows in found.items()} == {rita: 2, None: 2}
        assert {row["user"] and row["user"].label for rows in found.values() for row in rows} == {
            "Rita", None,
        }  # fmt: skip


def test_groups_keep_to_record_rules_and_filters(world: World) -> None:
    with world.as_("rita"):
        asked = query.parse_query(model("ledger.Sale"), {"urgent": "true"})
        rows = [row for row in everything() if row["urgent"]]
        found = query.groups(asked, "kind")
        shown = query.top_of_groups(asked, "kind", ["new"], 100)
    assert sum(group.count for group in found.values()) == len(rows)
    assert {row["id"] for row in shown["new"]} == {r["id"] for r in rows if r["kind"] == "new"}
