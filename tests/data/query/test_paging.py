"""Pages put together are the whole list, in whatever order, on both databases."""

from __future__ import annotations

import base64
import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from functools import cmp_to_key
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.data import query
from core.data.query import Ref
from core.data.titles import key_of
from core.host import services
from plugin_api.errors import Invalid
from tests.data.query.kit import World, model, statements

SORTS = (
    "name", "customer", "user", "outcome", "kind", "amount", "currency", "amount_company",
    "quantity", "chance", "days", "urgent", "opened_on", "closed_on", "called_at", "version",
    "created_at", "updated_at", "id",
)  # fmt: skip
PLACES = {"open": 0, "won": 1, "lost": 2, "new": 0, "again": 1}
slow = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def pages(arguments: Mapping[str, str], sale: Any) -> list[dict[str, Any]]:
    """All rows, page by page."""
    rows: list[dict[str, Any]] = []
    asked = dict(arguments)
    while True:
        page = query.run(query.parse_query(sale, asked))
        assert len(page.rows) <= int(asked.get("limit", "80"))
        rows += page.rows
        if page.next is None:
            return rows
        assert page.rows
        asked["cursor"] = page.next


def by_hand(rows: list[dict[str, Any]], sort: str) -> list[int]:
    """Ids in the order that the list should have."""
    keys = [(name.removeprefix("-"), name.startswith("-")) for name in sort.split(",")]
    keys.append(("id", keys[-1][1]))

    def compare(a: Mapping[str, Any], b: Mapping[str, Any]) -> int:
        for name, descending in keys:
            x, y = key(name, a[name]), key(name, b[name])
            if x == y:
                continue
            if x is None or y is None:
                return 1 if x is None else -1
            return (1 if x > y else -1) * (-1 if descending else 1)
        return 0

    return [row["id"] for row in sorted(rows, key=cmp_to_key(compare))]


def key(name: str, value: Any) -> Any:
    if isinstance(value, Ref):
        return key_of(value.label)
    if name == "name":
        return key_of(value)
    return PLACES[value] if name in ("outcome", "kind") else value


@slow
@given(
    names=st.lists(st.sampled_from(SORTS), min_size=1, max_size=4, unique=True),
    signs=st.lists(st.booleans(), min_size=4, max_size=4),
    limit=st.integers(3, 40),
)
def test_pages_together_are_the_ordered_list(
    world: World, names: list[str], signs: list[bool], limit: int
) -> None:
    sort = ",".join(f"-{n}" if sign else n for n, sign in zip(names, signs, strict=False))
    with world.as_():
        sale = model("ledger.Sale")
        whole = query.run(query.parse_query(sale, {"limit": "1000"})).rows
        found = pages({"sort": sort, "limit": str(limit)}, sale)
    assert [row["id"] for row in found] == by_hand(whole, sort)


@slow
@given(
    name=st.sampled_from(
        ["amount", "quantity", "days", "opened_on", "called_at", "amount_company"]
    ),
    sign=st.sampled_from(["", "-"]),
    limit=st.integers(2, 9),
)
def test_pages_of_a_filtered_list(world: World, name: str, sign: str, limit: int) -> None:
    low = {"opened_on": "2026-01-02", "called_at": "2026-03-10"}.get(name, "0.01")
    low = "1" if name == "days" else low
    with world.as_():
        sale = model("ledger.Sale")
        asked = {f"{name}__gte": low, "urgent": "true"}
        whole = query.run(query.parse_query(sale, asked)).rows
        found = pages({**asked, "sort": sign + name, "limit": str(limit)}, sale)
    assert whole
    assert all(row[name] is not None and row["urgent"] for row in whole)
    assert [row["id"] for row in found] == by_hand(whole, sign + name)


def test_a_page_is_one_statement(world: World) -> None:
    with world.as_():
        sale = model("ledger.Sale")
        first = query.run(query.parse_query(sale, {"limit": "5", "sort": "-amount"}))
        with statements(world) as seen:
            query.run(
                query.parse_query(
                    sale, {"limit": "5", "sort": "-amount", "cursor": first.next or ""}
                )
            )
    assert len(seen) == 1


def test_rows_hold_values_references_and_what_every_record_has(world: World) -> None:
    with world.as_():
        sale = model("ledger.Sale")
        row = query.run(query.parse_query(sale, {"user.name": "Rita", "limit": "1"})).rows[0]
        assert row["user"] == Ref(world.people["rita"], "Rita")
        assert set(row) >= {"id", "version", "created_at", "updated_at", "name", "notes"}
        assert "extra" not in row
        row = query.run(query.parse_query(sale, {"fields": "extra,amount", "limit": "1"})).rows[0]
    assert set(row) == {
        "id", "version", "created_at", "updated_at", "extra", "amount", "currency",
    }  # fmt: skip


@pytest.mark.parametrize(
    "cursor",
    [
        "x", "%%%", "é", "a" * 9000,
        *(base64.urlsafe_b64encode(json.dumps(held).encode()).decode().rstrip("=") for held in [
            [], {}, {"s": "amount,id"}, {"s": "amount,id", "v": []}, {"s": "amount,id", "v": {}},
            {"s": "amount,id", "v": [1]}, {"s": "amount,id", "v": ["1", 2]},
            {"s": "amount,id", "v": [1, None]}, {"s": "amount,id", "v": [2**70, 1]},
            {"s": "amount,id", "v": [True, 1]}, {"s": "amount,id", "v": [1.5, 1]},
            {"s": "amount,id", "v": [[], 1]},
        ]),
    ],
)  # fmt: skip
def test_a_bad_cursor_is_refused(on_sqlite: World, cursor: str) -> None:
    with on_sqlite.as_(), pytest.raises(Invalid) as refused:
        query.parse_query(model("ledger.Sale"), {"sort": "amount", "cursor": cursor})
    assert refused.value.errors == {
        "cursor": ["This is no place in the list. Start again without it."]
    }


def test_a_cursor_is_bound_to_its_order(on_sqlite: World) -> None:
    with on_sqlite.as_():
        sale = model("ledger.Sale")
        page = query.run(query.parse_query(sale, {"sort": "amount", "limit": "2"}))
        with pytest.raises(Invalid) as refused:
            query.parse_query(sale, {"sort": "-amount", "cursor": page.next or ""})
    assert "in another order" in str(refused.value.errors["cursor"][0])


@pytest.mark.parametrize(
    ("name", "value"),
    [("name", "a\0"), ("name", "\ud800"), ("quantity", "NaN"), ("quantity", "1e99"),
     ("quantity", "x"), ("called_at", "x"), ("opened_on", "2026-99-01"), ("urgent", "true"),
     ("name", 5)],
)  # fmt: skip
def test_a_forged_cursor_never_reaches_the_database(
    on_sqlite: World, name: str, value: object
) -> None:
    held = {"s": f"{name},id", "v": [value, 1]}
    cursor = base64.urlsafe_b64encode(json.dumps(held).encode()).decode().rstrip("=")
    with on_sqlite.as_(), pytest.raises(Invalid):
        query.parse_query(model("ledger.Sale"), {"sort": name, "cursor": cursor})


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"sort": "amonut"}, "Near are: amount"), ({"sort": "notes"}, "not sorted by “notes”"),
        ({"sort": "extra"}, "not sorted by “extra”"), ({"sort": "amount,-amount"}, "stands twice"),
        ({"limit": "0"}, "from 1 to 1000"), ({"limit": "1001"}, "from 1 to 1000"),
        ({"limit": "ten"}, "from 1 to 1000"), ({"fields": "nmae"}, "Near are: name"),
        ({"count": "perhaps"}, "Expected yes or no"), ({"sort": "company_id"}, "There is no field"),
    ],
)  # fmt: skip
def test_bad_arguments_of_a_page(on_sqlite: World, arguments: dict[str, str], message: str) -> None:
    with on_sqlite.as_(), pytest.raises(Invalid) as refused:
        query.parse_query(model("ledger.Sale"), arguments)
    (name,) = arguments
    assert message in str(refused.value.errors[name][0])


def test_every_bad_argument_is_named(on_sqlite: World) -> None:
    with on_sqlite.as_(), pytest.raises(Invalid) as refused:
        query.parse_query(model("ledger.Sale"), {"sort": "x", "limit": "x", "days": "x", "y": "1"})
    assert set(refused.value.errors) == {"sort", "limit", "days", "y"}


def plan(world: World, asked: query.Query) -> str:
    """How SQLite picks a page; it plans without looking at the values."""
    with statements(world) as seen:
        query.run(asked)
    (statement,) = seen
    with closing(sqlite3.connect(services().engine.url.database or "")) as connection:
        rows = connection.execute(f"explain query plan {statement}", (1,) * statement.count("?"))
        lines = [str(row[-1]) for row in rows]
    return "\n".join(lines[: lines.index("SCAN anon_1")])


def test_an_index_serves_the_page_and_the_next_one(on_sqlite: World) -> None:
    with on_sqlite.as_("rita"):
        tree = model("orchard.Tree")
        asked = {"keeper": str(on_sqlite.people["rita"]), "sort": "-worth"}
        first = plan(on_sqlite, query.parse_query(tree, asked))
        held = json.dumps({"s": "-worth,-id", "v": [5, 1]})
        cursor = base64.urlsafe_b64encode(held.encode()).decode().rstrip("=")
        later = plan(on_sqlite, query.parse_query(tree, {**asked, "cursor": cursor}))
    index = "INDEX ix_orchard_tree_worth (company_id=? AND keeper_id=?"
    assert f"{index})" in first
    assert f"{index} AND worth<?)" in later
    assert "SORT" not in first + later
    assert "TEMP B-TREE" not in first + later
