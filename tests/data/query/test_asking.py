"""Moving periods, groups of conditions, and whose records, on both databases."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from core.data import query
from core.data.query import conditions
from core.data.query.scopes import scopes_of
from plugin_api.context import clock_at
from plugin_api.errors import Invalid
from tests.data.query.kit import NOON, World, model, statements

Row = dict[str, Any]
JANUARY = datetime(2026, 1, 2, 4, tzinfo=UTC)
"""Midday of 2 January in Shanghai; sales are opened on the first four days of that year."""


def rows(**arguments: str) -> list[Row]:
    asked = query.parse_query(model("ledger.Sale"), {"limit": "1000", **arguments})
    return query.run(asked).rows


def ids(found: list[Row]) -> set[int]:
    return {row["id"] for row in found}


def refusal(argument: str, text: str, key: str = "ledger.Sale") -> str:
    with pytest.raises(Invalid) as refused:
        query.parse_query(model(key), {argument: text})
    assert set(refused.value.errors) == {argument}
    return str(refused.value.errors[argument][0])


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("today", 2, 2),
        ("last_2_days", 1, 2),
        ("next_2_days", 2, 3),
        ("overdue", 1, 1),
        ("upcoming", 2, 4),
        ("this_month", 1, 4),
        ("this_quarter", 1, 4),
    ],
)
def test_a_period_of_days(world: World, period: str, first: int, last: int) -> None:
    with world.as_(), clock_at(JANUARY):
        found = rows(opened_on__period=period)
        expected = [
            row for row in rows()
            if row["opened_on"] and first <= row["opened_on"].day <= last
        ]  # fmt: skip
    assert ids(found) == ids(expected)
    assert found


def test_the_same_question_asks_for_other_days_tomorrow(world: World) -> None:
    with world.as_():
        with clock_at(JANUARY):
            one = rows(opened_on__period="today")
        with clock_at(JANUARY + timedelta(days=1)):
            two = rows(opened_on__period="today")
    assert {row["opened_on"] for row in one} == {date(2026, 1, 2)}
    assert {row["opened_on"] for row in two} == {date(2026, 1, 3)}


def test_a_period_of_instants_goes_by_the_company_s_clock(world: World) -> None:
    """The calls are at 12:00 and 18:00 of 10 March in Shanghai and at 0:00 and 6:00 of the 11th,
    the last two on the 10th by UTC."""
    with world.as_(), clock_at(NOON):
        today = rows(called_at__period="today")
        later = rows(called_at__period="tomorrow")
    assert {row["called_at"].hour for row in today} == {4, 10}
    assert {row["called_at"].hour for row in later} == {16, 22}


def test_no_such_period(on_sqlite: World) -> None:
    with on_sqlite.as_():
        assert "“soon” is no period" in refusal("opened_on__period", "soon")
        assert "“period”, but by" in refusal("name__period", "today")


Holds = Callable[[Row], bool]
CASES: list[tuple[Any, Holds]] = [
    ({"any": [{"outcome": "won"}, {"urgent": "true"}]},
     lambda r: r["outcome"] == "won" or r["urgent"]),
    ({"all": [{"outcome__in": "won,lost"}, {"amount__gte": "10"}]},
     lambda r: r["outcome"] != "open" and (r["amount"] or 0) >= 1000),
    ({"all": [{"urgent": "true"}, {"any": [{"kind": "new"}, {"days__isnull": "true"}]}]},
     lambda r: r["urgent"] and (r["kind"] == "new" or r["days"] is None)),
    ({"any": [{"all": [{"amount": "1000"}, {"currency": "JPY"}]}, {"amount": "10"}]},
     lambda r: (r["amount"], r["currency"]) == (1000, "JPY") or r["amount"] == 1000),
    ({"any": [{"customer__name": "Twin"}, {"user": "Rita"}]},
     lambda r: (r["customer"] and r["customer"].label == "Twin")
     or (r["user"] and r["user"].label == "Rita")),
]  # fmt: skip


@pytest.mark.parametrize(("held", "holds"), CASES)
def test_conditions_in_groups(world: World, held: Any, holds: Holds) -> None:
    with world.as_():
        with statements(world) as seen:
            found = rows(where=json.dumps(held))
        assert len(seen) == 1
        assert ids(found) == ids([row for row in rows() if holds(row)])
        assert 0 < len(found) < len(rows())


def test_groups_stand_beside_filters_and_record_rules(world: World) -> None:
    with world.as_("rita"):
        every = rows()
        found = rows(where='{"any":[{"urgent":"true"},{"kind":"new"}]}', outcome="open")
    assert ids(found) == ids(
        [r for r in every if r["outcome"] == "open" and (r["urgent"] or r["kind"] == "new")]
    )


@pytest.mark.parametrize(
    "text",
    [
        "x", "[]", "{}", '{"all":[]}', '{"none":[{"id":"1"}]}', '{"all":[{"id":1}]}',
        '{"all":[{"id":"1","name":"a"}]}', '{"all":["id"]}', '{"id":"1"}', '{"all":[{"":"1"}]}',
        '{"all":[{"all":{}}]}', "[" * 2000, '{"all":[{"id":"1"}],"any":[{"id":"1"}]}',
    ],
)  # fmt: skip
def test_what_is_no_condition(on_sqlite: World, text: str) -> None:
    with on_sqlite.as_():
        assert refusal("where", text).startswith("Expected conditions such as")


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ({"all": [{"nmae": "x"}]}, "nmae: There is no field “nmae”. Near are: name."),
        ({"any": [{"amount__gte": "much"}]}, "amount__gte: “much” is not a number."),
        ({"any": [{"name": ""}]}, "name: Say a value"),
        ({"any": [{"all": [{"any": [{"id": "1"}]}]}]}, "outermost group only"),
        ({"any": [{"id": "1"}] * 41}, "At most 40 conditions."),
        ({"any": [{"name": "x" * 7000}]}, "too many conditions"),
    ],
)
def test_what_is_wrong_inside(on_sqlite: World, held: Any, words: str) -> None:
    with on_sqlite.as_():
        assert words in refusal("where", json.dumps(held))


def test_conditions_are_written_as_they_are_read() -> None:
    text = '{"any":[{"name":"张三"},{"all":[{"id":"1"},{"id__gt":"3"}]}]}'
    group = conditions.read(text)
    assert conditions.write(group) == text
    assert [clause.argument for clause in conditions.clauses(group)] == ["name", "id", "id__gt"]


def test_mine_and_my_team(world: World) -> None:
    rita, top = world.people["rita"], world.people["max"]
    with world.as_("max"):
        assert scopes_of(model("ledger.Sale")) == ("mine",)
        assert {row["user"].id for row in rows(scope="mine")} == {top}
        assert {row["user"].id for row in rows(scope="team")} == {rita, top}
        assert ids(rows(scope="team")) == ids(rows())
    with world.as_("rita"):
        assert scopes_of(model("ledger.Sale")) == ()
        assert ids(rows(scope="team")) == ids(rows(scope="mine")) == ids(rows())
    with world.as_("ana"):
        assert scopes_of(model("ledger.Sale")) == ("mine",)
        assert rows(scope="mine") == []
        assert rows(scope="team") == []
        assert rows()


def test_no_other_scope_and_none_without_owner(on_sqlite: World) -> None:
    with on_sqlite.as_("max"):
        assert refusal("scope", "all") == "Expected one of: mine, team."
        assert refusal("scope", "mine", "ledger.Customer") == "These records belong to nobody."
        assert scopes_of(model("ledger.Customer")) == ()
