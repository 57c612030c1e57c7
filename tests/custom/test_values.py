"""Custom fields hold, compare, sort, group and sum like columns, on either database."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from core.data import query
from core.data.exporting import Export, Table
from core.data.fields import fields_of
from core.data.query import grouping
from core.extensions import db
from plugin_api.context import clock_at
from plugin_api.errors import Invalid
from tests.custom.kit import field, names, rows
from tests.data.workshop import World, make, model, records, statements, trail

VALUES: dict[str, tuple[Any, Any]] = {
    "text": ("Shanghai", "Beijing"),
    "longtext": ("one\ntwo", "three"),
    "integer": (2**40, -3),
    "decimal": (Decimal("0.10"), Decimal("12.34")),
    "percent": (Decimal("12.50"), Decimal("-7.00")),
    "money": (123_456, -50),
    "date": (dt.date(2026, 3, 1), dt.date(1999, 12, 31)),
    "instant": (
        dt.datetime(2026, 3, 1, 8, 30, 15, 250, tzinfo=dt.UTC),
        dt.datetime(2025, 1, 1, tzinfo=dt.UTC),
    ),
    "boolean": (True, False),
    "email": ("a@b.example", "c@d.example"),
    "phone": ("+86 21 5555 1234", "13800138000"),
    "url": ("https://a.example", "https://b.example/x"),
}


@pytest.mark.parametrize("kind", VALUES)
def test_a_value_of_every_kind_comes_back_as_it_was(workshop: World, kind: str) -> None:
    first, second = VALUES[kind]
    with workshop.as_():
        field(kind, "Extra thing", name="extra_thing")
        job = make("Job", name="One", x_extra_thing=first)
        db.session.expire(job)
        [row] = rows(name="One")
        assert row["x_extra_thing"] == first
        assert type(row["x_extra_thing"]) is type(first)

        records().update(job, {"x_extra_thing": second})
        assert rows(name="One")[0]["x_extra_thing"] == second
        records().update(job, {"x_extra_thing": None})
        assert rows(name="One")[0]["x_extra_thing"] is None
        assert job.custom == {}
        told = [changes["x_extra_thing"] for _action, _name, changes in trail(job)]
        assert told == [(None, first), (first, second), (second, None)]


@pytest.mark.parametrize(
    "kind", ["integer", "decimal", "percent", "money", "date", "instant", "text"]
)
def test_rows_are_sorted_by_it_and_empty_ones_come_last(workshop: World, kind: str) -> None:
    low, high = sorted(VALUES[kind])
    with workshop.as_():
        field(kind, "Rank")
        for name, value in (("high", high), ("none", None), ("low", low)):
            make("Job", name=name, x_rank=value)
        assert names(sort="x_rank") == ["low", "high", "none"]
        assert names(sort="-x_rank") == ["high", "low", "none"]
        asked = query.parse_query(model("Job"), {"sort": "x_rank", "limit": "1"})
        first = query.run(asked)
        assert [row["name"] for row in first.rows] == ["low"]
        rest = query.parse_query(
            model("Job"), {"sort": "x_rank", "limit": "5", "cursor": first.next or ""}
        )
        assert [row["name"] for row in query.run(rest).rows] == ["high", "none"]


@pytest.mark.parametrize(
    ("kind", "values", "asked", "found"),
    [
        ("integer", (9, 10, None), {"x_rank__gte": "10"}, ["b"]),
        ("integer", (9, 10, None), {"x_rank__ne": "9"}, ["b", "c"]),
        ("integer", (9, 10, None), {"x_rank__isnull": "true"}, ["c"]),
        ("integer", (9, 10, None), {"x_rank__in": "9,10"}, ["a", "b"]),
        ("decimal", (Decimal("0.30"), Decimal("2"), None), {"x_rank": "0.3"}, ["a"]),
        ("decimal", (Decimal("0.30"), Decimal("2"), None), {"x_rank__lt": "10"}, ["a", "b"]),
        ("money", (9_99, 1000_00, None), {"x_rank__gt": "9.99"}, ["b"]),
        ("text", ("Shanghai", "nanjing", None), {"x_rank__contains": "NAN"}, ["b"]),
        ("text", ("Shanghai", "nanjing", None), {"x_rank__startswith": "sh"}, ["a"]),
        ("boolean", (True, False, None), {"x_rank": "true"}, ["a"]),
        ("boolean", (True, False, None), {"x_rank": "false"}, ["b"]),
        (
            "date",
            (dt.date(2026, 2, 27), dt.date(2026, 3, 31), None),
            {"x_rank__period": "this_month"},
            ["b"],
        ),
        (
            "date",
            (dt.date(2026, 2, 27), dt.date(2026, 3, 31), None),
            {"x_rank__lte": "2026-02-28"},
            ["a"],
        ),
        (
            "instant",
            (
                dt.datetime(2026, 3, 9, 23, 59, tzinfo=dt.UTC),
                dt.datetime(2026, 3, 10, 0, 0, tzinfo=dt.UTC),
                None,
            ),
            {"x_rank__gte": "2026-03-10T00:00:00Z"},
            ["b"],
        ),
    ],
)  # fmt: skip
def test_filters_compare_by_type(
    workshop: World, kind: str, values: tuple[Any, ...], asked: dict[str, str], found: list[str]
) -> None:
    with workshop.as_(), clock_at(dt.datetime(2026, 3, 15, 12, tzinfo=dt.UTC)):
        field(kind, "Rank")
        for name, value in zip("abc", values, strict=True):
            make("Job", name=name, x_rank=value)
        assert names(sort="name", **asked) == found


def test_conditions_in_groups_know_it(workshop: World) -> None:
    with workshop.as_():
        field("integer", "Rank")
        for name, value in (("a", 1), ("b", 5), ("c", None)):
            make("Job", name=name, x_rank=value)
        where = '{"any":[{"x_rank__gte":"5"},{"name":"c"}]}'
        assert names(sort="name", where=where) == ["b", "c"]


def test_a_choice_keeps_its_order_and_a_retired_value(workshop: World) -> None:
    with workshop.as_():
        made = field("choice", "Size", options=("Small", "Large", "Giant"))
        for name, value in (("a", "giant"), ("b", "small"), ("c", None), ("d", "large")):
            make("Job", name=name, x_size=value)
        assert names(sort="x_size") == ["b", "d", "a", "c"]
        heads, _more = grouping.heads(
            query.parse_query(model("Job"), {}), grouping.read_by(model("Job"), "x_size"), (), 9
        )
        assert [(head.value, head.count) for head in heads] == [
            ("small", 1), ("large", 1), ("giant", 1), (None, 1),
        ]  # fmt: skip
        option = db.session.query(model("core.CustomOption")).filter_by(value="giant").one()
        with pytest.raises(Exception, match="1 records have this value"):
            records().delete(option)
        records().update(option, {"retired": True})
        assert names(x_size="giant") == ["a"]
        assert fields_of(model("Job"))["x_size"].choices[2].retired
        assert made.name == "x_size"


def test_groups_by_month_and_sums(workshop: World) -> None:
    with workshop.as_():
        field("date", "Start")
        field("money", "Budget", currency="record")
        field("decimal", "Weight", scale=3)
        for name, day, amount, currency in (
            ("a", dt.date(2026, 1, 5), 100, "EUR"),
            ("b", dt.date(2026, 1, 30), 250, "EUR"),
            ("c", dt.date(2026, 2, 1), 400, "CNY"),
        ):
            make(
                "Job", name=name, x_start=day, x_budget=amount, currency=currency,
                x_weight=Decimal("0.125"),
            )  # fmt: skip
        asked = query.parse_query(model("Job"), {})
        found = query.totals(asked, ["x_budget", "x_weight"])
        assert found.sums["x_budget"] == {"EUR": 350, "CNY": 400}
        assert found.sums["x_weight"] == {"": Decimal("0.375")}
        by = grouping.read_by(model("Job"), "x_start__month")
        heads, _more = grouping.heads(asked, by, ["x_budget"], 9)
        assert [(h.value, h.count, h.sums) for h in heads] == [
            (dt.date(2026, 1, 1), 2, {"x_budget": {"EUR": 350}}),
            (dt.date(2026, 2, 1), 1, {"x_budget": {"CNY": 400}}),
        ]
        first = grouping.first_of(asked, by, [dt.date(2026, 1, 1)], 5)
        assert sorted(row["name"] for row in first[dt.date(2026, 1, 1)]) == ["a", "b"]


def test_a_list_with_references_is_one_statement(workshop: World) -> None:
    with workshop.as_():
        field("reference", "Payer", target="workshop.Client")
        field("integer", "Rank")
        client = make("Client", name="Acme")
        for name in "abc":
            make("Job", name=name, x_payer=client.id, x_rank=1)
        rows()
        with statements() as seen:
            found = rows(sort="x_payer")
        assert len(seen) == 1
        assert {row["x_payer"].label for row in found} == {"Acme"}
        assert names(x_payer__name="Acme", sort="name") == ["a", "b", "c"]


def test_a_company_without_custom_fields_asks_for_none(workshop: World) -> None:
    with workshop.as_():
        rows()
        with statements() as seen:
            rows()
        assert len(seen) == 1
    with workshop.as_(slug="other"), statements() as seen:
        assert all("custom_field" not in each for each in seen)


def test_an_export_holds_it(workshop: World) -> None:
    with workshop.as_():
        field("money", "Budget")
        field("boolean", "Signed")
        make("Job", name="One", x_budget=123_45, x_signed=True)
        table = Table(Export(model=model("Job"), arguments={"fields": "name,x_budget,x_signed"}))
        assert table.columns == ["name", "x_budget", "x_signed"]
        assert list(table.rows()) == [["One", Decimal("123.45"), True]]


@pytest.mark.parametrize(
    ("more", "value", "words"),
    [
        ({"kind": "integer", "minimum": 3}, 2, "At least 3."),
        ({"kind": "percent", "maximum": 100}, Decimal(101), "At most 100."),
        ({"kind": "email"}, "nobody", "e-mail"),
        ({"kind": "text"}, "x" * 201, "At most 200 characters."),
        ({"kind": "choice"}, "no", "Choose one of the values."),
        ({"kind": "date"}, "2026-01-01", "Expected a date."),
    ],
)
def test_what_does_not_fit_is_refused(
    workshop: World, more: dict[str, Any], value: Any, words: str
) -> None:
    with workshop.as_():
        field(label="Rank", **more)
        with pytest.raises(Invalid) as refused:
            make("Job", name="One", x_rank=value)
        assert words.lower() in str(refused.value.errors["x_rank"][0]).lower()


def test_who_makes_a_record_is_asked_for_what_is_required_and_code_is_not(
    workshop: World,
) -> None:
    with workshop.as_():
        old = make("Job", name="Old")
        field("text", "Source", required=True)
        field("text", "Shift", required=True, initial="early")
        code = make("Job", name="By code")
        assert code.custom == {"x_shift": "early"}
        with workshop.acting("ada"):
            with pytest.raises(Invalid) as refused:
                make("Job", name="By hand")
            assert list(refused.value.errors) == ["x_source"]
            made = make("Job", name="By hand", x_source="fair")
            assert made.custom == {"x_source": "fair", "x_shift": "early"}
            records().update(old, {"name": "Older"})
            with pytest.raises(Invalid):
                records().update(made, {"x_source": None})
