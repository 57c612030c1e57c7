"""Figures over REST, with the worked examples of the business rules."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from tests.api.kit import Api, statements

SALES = "/ledger/sales"
CENT = Decimal("0.01")


def sell(api: Api, *rows: dict[str, Any], name: str = "A") -> list[int]:
    """Make sales; the rows may have an ``outcome``, to which they are taken."""
    plain = [{"name": name} | {k: v for k, v in row.items() if k != "outcome"} for row in rows]
    made = api.post(f"{SALES}/bulk", {"create": plain})["create"]
    moves = {"won": "win", "lost": "lose"}
    for row, each in zip(rows, made, strict=True):
        if row.get("outcome") in moves:
            api.post(f"{SALES}/{each['id']}/transitions/{moves[row['outcome']]}", {})
    return [each["id"] for each in made]


def figure(api: Api, key: str, **asked: str) -> Any:
    query = "&".join(f"{name.rstrip('_')}={value}" for name, value in asked.items())
    (item,) = api.get(f"/measures/ledger.{key}?{query}")["items"]
    return item["value"]


def test_r11_an_amount_is_converted_once_and_stays(app: Any, ada: Api) -> None:
    """EUR 10,000 at 3 %, booked at 7.80, invoiced at 7.70, paid at 7.60."""
    won = {"amount": "10000", "currency": "EUR", "outcome": "won"}
    for day, rate in (("2026-01-31", "7.80"), ("2026-02-28", "7.70"), ("2026-03-31", "7.60")):
        in_company = str(Decimal(10000) * Decimal(rate))
        sell(ada, won | {"amount_company": in_company, "closed_on": day})
    found = ada.get("/measures/ledger.won_amount?by=month&from=2026-01-01&to=2026-03-31")
    assert found["currency"] == "CNY"
    values = {item["month"]: item["value"] for item in found["items"]}
    assert values == {"2026-01": "78000.00", "2026-02": "77000.00", "2026-03": "76000.00"}
    assert [Decimal(v) * 3 / 100 for v in values.values()] == [2340, 2310, 2280]
    assert figure(ada, "won_amount") == "231000.00"


def test_r14_weighted_amount(ada: Api) -> None:
    """Won 50,000; open 100k at 50 %, 60k at 20 %, 40k at 90 %: 148,000 expected."""
    sell(
        ada,
        {"amount_company": "50000", "chance": "70", "outcome": "won", "closed_on": "2026-01-31"},
        {"amount_company": "100000", "chance": "50"},
        {"amount_company": "60000", "chance": "20"},
        {"amount_company": "40000", "chance": "90"},
        {"amount_company": "99000", "chance": "90", "outcome": "lost"},
    )
    assert figure(ada, "won_amount") == "50000.00"
    assert figure(ada, "open_amount") == "200000.00"
    assert figure(ada, "weighted_amount") == "98000.00"
    assert figure(ada, "expected_amount") == "148000.00"


def test_r15_velocity_from_its_parts(ada: Api) -> None:
    """40 × 25,000 × 25 % ÷ 90 days = 2,777.78 a day."""
    won = {"amount_company": "25000", "days": 90, "outcome": "won", "closed_on": "2026-01-31"}
    lost = {"amount_company": "99000", "outcome": "lost", "closed_on": "2026-01-31"}
    opened = {"opened_on": "2026-01-01"}
    sell(ada, *[won | opened] * 10, *[lost | opened] * 30)
    created = figure(ada, "created_count")
    average, rate = figure(ada, "average_sale"), figure(ada, "win_rate")
    cycle = figure(ada, "cycle_days")
    assert (created, average, rate, cycle) == (40, "25000.000000", "0.250000", "90.000000")
    velocity = created * Decimal(average) * Decimal(rate) / Decimal(cycle)
    assert velocity.quantize(CENT, ROUND_HALF_UP) == Decimal("2777.78")
    shorter = created * Decimal(average) * Decimal(rate) / (Decimal(cycle) * Decimal("0.8"))
    assert shorter / velocity == Decimal("1.25")


def test_r16_win_rate_of_what_closed(ada: Api) -> None:
    """12 won (600k), 28 lost (900k), 20 open: 30 % by count, 40 % by value."""
    day = {"closed_on": "2026-01-31"}
    sell(
        ada,
        *[{"amount_company": "50000", "outcome": "won"} | day] * 12,
        *[{"amount_company": "32142.86", "outcome": "lost"} | day] * 27,
        {"amount_company": "32142.78", "outcome": "lost"} | day,
        *[{"amount_company": "10000"} | day] * 20,
    )
    assert figure(ada, "decided_amount") == "1500000.00"
    assert figure(ada, "win_rate") == "0.300000"
    assert figure(ada, "win_rate_value") == "0.400000"
    assert figure(ada, "win_rate", from_="2027-01-01") is None


def test_r16_win_rate_of_a_cohort(ada: Api) -> None:
    """50 created: 15 won, 25 lost, 10 open: 30 % so far, 37.5 % of what is decided."""
    began = {"opened_on": "2026-01-10"}
    done = {"closed_on": "2026-05-31"}
    sell(
        ada, *[began | done | {"outcome": "won"}] * 15, *[began | done | {"outcome": "lost"}] * 25,
        *[began] * 10, {"opened_on": "2026-02-01"} | done | {"outcome": "won"},
    )  # fmt: skip
    january = {"from_": "2026-01-01", "to": "2026-01-31"}
    assert figure(ada, "created_count", **january) == 50
    assert figure(ada, "cohort_rate", **january) == "0.300000"
    assert figure(ada, "cohort_decided_rate", **january) == "0.375000"


def test_r17_share_of_those_that_got_further(ada: Api) -> None:
    """A later step implies the earlier ones: 100 reached, 60 of them decided: 60 %."""
    began = {"opened_on": "2026-01-10"}
    sell(
        ada, *[began] * 40,
        *[began | {"outcome": "won", "closed_on": "2026-01-31"}] * 18,
        *[began | {"outcome": "lost"}] * 42,
    )  # fmt: skip
    created, decided = figure(ada, "created_count"), figure(ada, "created_decided")
    assert Decimal(decided) / created == Decimal("0.6")
    assert Decimal(figure(ada, "created_won")) / decided == Decimal("0.3")
    assert figure(ada, "cohort_rate") == "0.180000"


def test_r18_growth_is_of_periods_alike(ada: Api) -> None:
    sell(
        ada,
        {"amount_company": "1000000", "outcome": "won", "closed_on": "2025-06-30"},
        {"amount_company": "1200000", "outcome": "won", "closed_on": "2026-06-30"},
    )
    before, now = (
        Decimal(item["value"]) for item in ada.get("/measures/ledger.won_amount?by=year")["items"]
    )
    assert (now - before) / abs(before) == Decimal("0.2")


def test_by_people_nobody_is_left_out(ada: Api, world: Any, app: Any) -> None:
    rita = {"user": world.users["rita"], "outcome": "won", "closed_on": "2026-01-31"}
    sell(ada, rita | {"amount_company": "10"}, {"amount_company": "5"} | rita | {"user": None})
    ada.get("/measures/ledger.won_amount")
    with statements(app) as seen:
        found = ada.get("/measures/ledger.won_amount?by=user")["items"]
    assert len(seen) == 2, "\n\n".join(seen)
    by_name = {(item["user"] or {}).get("label"): item["value"] for item in found}
    assert by_name == {"Max": "0.00", "Rita": "10.00", None: "5.00"}


def test_the_records_behind_a_figure_can_be_read(ada: Api) -> None:
    won = {"outcome": "won", "closed_on": "2026-01-31"}
    ids = sell(ada, won, won, {"closed_on": "2026-01-31"})
    found = ada.get("/measures/ledger.won_count/records?from=2026-01-01")
    assert (found["ids"], found["more"], found["model"]) == (ids[:2], False, "ledger.Sale")
    behind = ada.client.get(found["href"], headers=ada.headers).json["items"]
    assert [item["id"] for item in behind] == ids[:2]
    nothing = ada.get("/measures/ledger.won_count/records?from=2027-01-01")
    assert nothing["ids"] == []
    assert ada.client.get(nothing["href"], headers=ada.headers).json["items"] == []


def test_filters_and_record_rules(ada: Api, as_: Any, world: Any) -> None:
    acme = ada.make("/ledger/customers", name="Acme")["id"]
    won = {"outcome": "won", "closed_on": "2026-01-31", "amount_company": "1"}
    sell(
        ada, won | {"user": world.users["rita"], "customer": acme},
        won | {"user": world.users["ravi"], "urgent": True}, won,
    )  # fmt: skip
    for asked, value in {
        "": 3, f"customer={acme}": 1, "customer__isnull=true": 2, "urgent=true": 1,
        f"customer={acme}&customer__isnull=true": 3, "outcome__in=won,lost": 3, "outcome=lost": 0,
        f"user={world.users['rita']}&user={world.users['ravi']}": 2,
    }.items():  # fmt: skip
        assert ada.get(f"/measures/ledger.won_count?{asked}")["items"] == [{"value": value}], asked
    assert figure(as_("rita"), "won_count") == 1
    assert figure(as_("max"), "won_count") == 1
    assert figure(as_("ana"), "won_count") == 3


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("from=x", "from"), ("from=2026-02-01&to=2026-01-01", "to"), ("by=nothing", "by"),
        ("by=user,user", "by"), ("nothing=1", "nothing"), ("customer=x", "customer"),
        ("customer__gt=1", "customer__gt"), ("urgent=2", "urgent"),
        ("customer=99999999999999999999", "customer"),
        ("customer__isnull=false", "customer__isnull"),
        ("customer__isnull=x", "customer__isnull"), ("from=2026-01-01&from=2026-02-01", "from"),
        ("by=user&by=month", "by"),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_answered(ada: Api, asked: str, field: str) -> None:
    assert ada.get(f"/measures/ledger.won_count?{asked}", 422)["errors"].keys() == {field}
    records = f"/measures/ledger.won_count/records?{asked}"
    assert ada.get(records, 422)["errors"].keys() == {field}


def test_measures_say_how_they_are_asked(ada: Api, as_: Any) -> None:
    found = {each["key"]: each for each in ada.get("/measures")["items"]}
    won = found["ledger.won_amount"]
    assert (won["unit"], won["currency"], won["snapshot"]) == ("money", "CNY", False)
    assert {"month", "user", "team", "customer"} <= set(won["by"])
    assert found["ledger.open_amount"]["snapshot"]
    assert found["ledger.win_rate"]["denominator"] == "ledger.decided_count"
    assert "ledger.won_amount" in str(as_("ana").get("/measures"))
    assert ada.get("/measures/ledger.open_amount?from=2020-01-01")["from"] is None


def test_a_price_keeps_its_fractions(ada: Api) -> None:
    won = {"outcome": "won", "closed_on": "2026-01-31"}
    sell(ada, won | {"amount_company": "10", "quantity": "3"})
    assert figure(ada, "price") == "3.333333"
    assert figure(ada, "quantity") == "3"
