"""What filters find, on both databases, and what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from core.data import query
from plugin_api.errors import Forbidden, Invalid
from tests.data.query.kit import World, add, model, statements

Row = dict[str, Any]
NINE = datetime(2026, 3, 9, 16, tzinfo=UTC)
"""Where 10 March begins in Shanghai."""


def rows(key: str = "ledger.Sale", /, **arguments: str) -> list[Row]:
    return query.run(query.parse_query(model(key), {"limit": "1000", **arguments})).rows


def refusal(key: str = "ledger.Sale", /, **arguments: str) -> str:
    """The message of the one argument that is wrong."""
    with pytest.raises(Invalid) as refused:
        query.parse_query(model(key), arguments)
    (messages,) = refused.value.errors.values()
    assert set(refused.value.errors) == set(arguments)
    return str(messages[0])


@pytest.mark.parametrize(
    ("arguments", "holds"),
    [
        ({"amount": "1,000.00"}, lambda r: r["amount"] == 1000_00),
        ({"amount": "10"}, lambda r: r["amount"] == 1000),
        ({"amount": "10", "currency": "JPY"}, lambda r: False),
        ({"amount": "1000", "currency": "JPY"},
         lambda r: r["amount"] == 1000 and r["currency"] == "JPY"),
        ({"amount__gte": "￥10"}, lambda r: (r["amount"] or 0) >= 1000),
        ({"amount__lt": "0"}, lambda r: r["amount"] is not None and r["amount"] < 0),
        ({"amount__gt": "0", "amount__lte": "99.99"}, lambda r: 0 < (r["amount"] or 0) <= 9999),
        ({"amount__ne": "0"}, lambda r: r["amount"] != 0),
        ({"amount__in": "0,10"}, lambda r: r["amount"] in (0, 1000)),
        ({"amount__isnull": "true"}, lambda r: r["amount"] is None),
        ({"amount__isnull": "false"}, lambda r: r["amount"] is not None),
        ({"quantity__lt": "1.5"}, lambda r: r["quantity"] is not None and r["quantity"] < 1.5),
        ({"chance": "12.5%"}, lambda r: r["chance"] == Decimal("12.5")),
        ({"days__gte": "1"}, lambda r: (r["days"] or 0) >= 1),
        ({"urgent": "true"}, lambda r: r["urgent"]),
        ({"urgent": "否"}, lambda r: not r["urgent"]),
        ({"urgent__ne": "true"}, lambda r: not r["urgent"]),
        ({"opened_on": "2026/1/2"}, lambda r: r["opened_on"] == date(2026, 1, 2)),
        ({"opened_on__gt": "2026-01-02"},
         lambda r: r["opened_on"] is not None and r["opened_on"] > date(2026, 1, 2)),
        ({"called_at": "2026-03-10"},
         lambda r: r["called_at"] and NINE <= r["called_at"] < NINE + timedelta(1)),
        ({"called_at__ne": "2026-03-10"},
         lambda r: not r["called_at"] or r["called_at"] >= NINE + timedelta(1)),
        ({"called_at__gt": "2026-03-10"},
         lambda r: r["called_at"] and r["called_at"] >= NINE + timedelta(1)),
        ({"called_at__lte": "2026-03-10"},
         lambda r: r["called_at"] and r["called_at"] < NINE + timedelta(1)),
        ({"called_at__lt": "2026-03-11"},
         lambda r: r["called_at"] and r["called_at"] < NINE + timedelta(1)),
        ({"called_at__gte": "2026-03-10T12:00:00+08:00"},
         lambda r: r["called_at"] and r["called_at"] >= NINE + timedelta(hours=12)),
        ({"called_at__in": "2026-03-10T04:00Z,2026-03-11"},
         lambda r: r["called_at"] and (r["called_at"] - NINE).total_seconds() >= 12 * 3600
         and r["called_at"] != NINE + timedelta(hours=18)),
        ({"outcome": "won"}, lambda r: r["outcome"] == "won"),
        ({"outcome__in": "won, lost"}, lambda r: r["outcome"] in ("won", "lost")),
        ({"outcome__ne": "won"}, lambda r: r["outcome"] != "won"),
        ({"name": "apple"}, lambda r: r["name"] == "apple"),
        ({"name__contains": "APPLE"}, lambda r: "apple" in r["name"].lower()),
        ({"name__contains": "ü"}, lambda r: r["name"] == "Ümit"),
        ({"name__contains": "0%"}, lambda r: r["name"] == "50% off"),
        ({"name__contains": "_"}, lambda r: r["name"] == "a_b"),
        ({"name__contains": "/"}, lambda r: r["name"] == "a/b"),
        ({"name__startswith": "A"}, lambda r: r["name"][0] in "aA"),
        ({"name__startswith": "张"}, lambda r: r["name"] == "张三"),
        ({"name__ne": "apple"}, lambda r: r["name"] != "apple"),
        ({"notes__ne": "nothing"}, lambda r: r["notes"] != "nothing"),
        ({"notes__contains": "école"}, lambda r: r["notes"] == "ÉCOLE"),
        ({"notes__contains": "STRASSE"}, lambda r: False),
        ({"q": "apple"}, lambda r: r["name"].lower() == "apple"),
        ({"q": "OFF 50%"}, lambda r: r["name"] == "50% off"),
        ({"q": "张\u3000三"}, lambda r: r["name"] == "张三"),
        ({"q": "apple 张"}, lambda r: False),
        ({"customer__isnull": "true"}, lambda r: r["customer"] is None),
        ({"customer.external_id": "C-1"}, lambda r: label(r) == "Acme"),
        ({"customer__name": "Twin"}, lambda r: label(r) == "Twin"),
        ({"customer__name__contains": "BETA"}, lambda r: label(r).lower() == "beta"),
        ({"customer__external_id__in": "C-1,C-2"}, lambda r: label(r) in ("Acme", "Beta")),
        ({"customer__name": "Acme", "customer.external_id__in": "C-1,C-2", "user__name": "Rita"},
         lambda r: label(r) == "Acme" and r["user"] and r["user"].label == "Rita"),
        ({"customer": "Acme"}, lambda r: label(r) == "Acme"),
        ({"customer": "C-2"}, lambda r: label(r) == "Beta"),
        ({"customer__ne": "Acme"}, lambda r: label(r) != "Acme"),
        ({"user.name": "Rita"}, lambda r: r["user"] and r["user"].label == "Rita"),
        ({"id__in": "1,3,5,999999"}, lambda r: r["id"] in (1, 3, 5)),
        ({"id__gt": "60"}, lambda r: r["id"] > 60),
        ({"version": "1"}, lambda r: True),
        ({"created_at__gte": "2026-03-11"}, lambda r: False),
    ],
)  # fmt: skip
def test_filters(world: World, arguments: dict[str, str], holds: Callable[[Row], bool]) -> None:
    with world.as_():
        everything = rows()
        found = rows(**arguments)
    expected = [row["id"] for row in everything if holds(row)]
    assert [row["id"] for row in found] == expected


def label(row: Row) -> str:
    return row["customer"].label if row["customer"] else ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"amuont": "1"}, "There is no field “amuont”. Near are: amount"),
        ({"zzzz": "1"}, "There is no field “zzzz”."),
        ({"company_id": "2"}, "There is no field"),
        ({"custom": "2"}, "There is no field"),
        ({"amount__gtee": "1"}, "but by: gte, gt"),
        ({"amount__contains": "1"}, "cannot be asked for by “contains”"),
        ({"amount__name": "1"}, "cannot be asked for by “name”"),
        ({"amount.name": "1"}, "cannot be asked for by “name”"),
        ({"name__gte": "1"}, "but by: ne, in, isnull, contains, startswith"),
        ({"outcome__contains": "w"}, "cannot be asked for"),
        ({"extra": "{}"}, "but by: isnull"),
        ({"amount": "1.005"}, "At most 2 decimal places"),
        ({"amount": "$5"}, "the amount is in CNY"),
        ({"amount": "x"}, "“x” is not a number"),
        ({"amount": str(10**20)}, "too large"),
        ({"quantity": "0.0001"}, "At most 3 decimal places"),
        ({"quantity": str(10**17)}, "too large"),
        ({"days": "1.5"}, "Expected a whole number"),
        ({"days": str(2**63)}, "too large"),
        ({"id": str(2**63)}, "too large"),
        ({"customer": str(2**63)}, "too large"),
        ({"customer__in": f"1,{2**63}"}, "too large"),
        ({"urgent": "maybe"}, "Expected yes or no"),
        ({"opened_on": "1/2/2026"}, "is not a date such as"),
        ({"called_at": "2026-03-10T12:00"}, "with its zone"),
        ({"called_at": "9999-12-31"}, "too far away"),
        ({"outcome": "wno"}, "“wno” is none of: open, won, lost"),
        ({"outcome__in": "won,x"}, "“x” is none of"),
        ({"name": "a\0b"}, "cannot be stored"),
        ({"name__contains": "\ud800"}, "cannot be stored"),
        ({"q": "a\0b"}, "cannot be stored"),
        ({"q": "a " * 13}, "At most 12 words"),
        ({"name": " "}, "ask for empty ones by name__isnull=true"),
        ({"amount__isnull": "x"}, "Expected yes or no"),
        ({"customer__nmae": "x"}, "Near are: name"),
        ({"customer.email": "x"}, "There is no field “email”"),
        ({"customer__name__gte": "x"}, "cannot be asked for by “gte”"),
        ({"id__in": ",".join(map(str, range(1, 1002)))}, "At most 1000 values"),
    ],
)  # fmt: skip
def test_refusals(on_sqlite: World, arguments: dict[str, str], message: str) -> None:
    with on_sqlite.as_():
        assert message in refusal(**arguments)


def test_the_other_company_is_not_there(world: World) -> None:
    with world.as_():
        assert "Foreign" not in {row["name"] for row in rows()}
        assert rows(customer__name="Foreign") == []
        assert rows(customer="Foreign") == []
    with world.as_(slug="other"):
        assert [label(row) for row in rows()] == ["Foreign"]
        assert len(rows(customer__external_id="C-1")) == 1


def test_record_rules_decide_what_is_found(world: World) -> None:
    with world.as_("rita"):
        assert {row["user"].label for row in rows()} == {"Rita"}
        assert rows(user=str(world.people["ravi"])) == []
    with world.as_("max"):
        assert {row["user"].label for row in rows()} == {"Rita", "Max"}
    with world.as_("ana"):
        owners = {row["user"].label if row["user"] else None for row in rows()}
        assert owners == {"Rita", "Ravi", "Max", None}


def test_without_permission_nothing_is_asked(on_sqlite: World) -> None:
    with on_sqlite.as_("ana"), pytest.raises(Forbidden, match="You may not read Customers"):
        query.parse_query(model("ledger.Customer"), {})


def test_names_of_records_that_one_may_not_read_stay_unknown(on_sqlite: World) -> None:
    with on_sqlite.as_("ana"):
        found = [row for row in rows(sort="customer") if row["customer"]]
        assert {row["customer"].label for row in found} == {
            f"#{row['customer'].id}" for row in found
        }
        assert [row["customer"].id for row in found] == sorted(row["customer"].id for row in found)
        assert "You may not look into Customer" in refusal(customer__name="Acme")
        assert "Name Customer by its id" in refusal(customer="Acme")
        known = rows(customer=str(found[0]["customer"].id))
        assert known
        assert {row["user"].label for row in known if row["user"]} <= {"Rita", "Ravi", "Max"}


def test_labels_of_choices_and_of_records_without_a_title(world: World) -> None:
    with world.as_():
        rita = world.people["rita"]
        mother = add("orchard.Tree", keeper_id=rita, worth=1, size="large")
        plot = add("orchard.Plot", name="P", part_of_id=add("orchard.Plot", name="").id)
        child = add("orchard.Tree", keeper_id=rita, worth=2, mother_id=mother.id, plot_id=plot.id)
        (row,) = rows("orchard.Tree", id=str(child.id))
        assert row["mother"] == query.Ref(mother.id, "Large")
        assert query.title_of(model("orchard.Tree"), row) == "Small"
        (row,) = rows("orchard.Plot", id=str(plot.id))
        assert row["part_of"].label == f"#{plot.part_of_id}"


def test_a_row_is_found_by_a_record_of_the_same_model(world: World) -> None:
    with world.as_():
        whole = add("orchard.Plot", name="Whole", number=7)
        part = add("orchard.Plot", name="Part", part_of_id=whole.id)
        for asked in (
            {"part_of__name": "Whole"},
            {"part_of.number": "7"},
            {"part_of": "Whole"},
        ):
            assert [row["id"] for row in rows("orchard.Plot", **asked)] == [part.id]
        assert "is not a number" in refusal("orchard.Plot", part_of__number="x")


def test_ids_and_existence(world: World) -> None:
    with world.as_("rita"):
        sale = model("ledger.Sale")
        asked = query.parse_query(sale, {"sort": "-customer,name", "limit": "1"})
        found = rows(sort="-customer,name")
        with statements(world) as seen:
            assert query.ids(asked, 5) == [row["id"] for row in found[:5]]
        assert len(seen) == 1
        assert query.exists(sale, found[0]["id"])
        assert query.exists(sale, found[0]["id"], "delete")
        assert not query.exists(sale, 2**63)
        assert not query.exists(sale, -1)
    with world.as_():
        hidden = next(row["id"] for row in rows() if row["user"] is None)
    with world.as_("rita"):
        assert not query.exists(sale, hidden)
    with world.as_("ana"):
        assert query.exists(sale, hidden)
        assert not query.exists(sale, hidden, "update")


def test_a_question_can_be_narrowed(on_sqlite: World) -> None:
    with on_sqlite.as_():
        sale = model("ledger.Sale")
        asked = query.narrowed(query.parse_query(sale, {}), sale.outcome == "won")
        assert {row["outcome"] for row in query.run(asked).rows} == {"won"}


def test_what_can_be_sorted_by(on_sqlite: World) -> None:
    with on_sqlite.as_():
        known = query.sortable(model("ledger.Sale"))
    assert {"amount", "customer", "id", "created_at"} <= known
    assert not {"notes", "extra", "custom", "company_id"} & known
