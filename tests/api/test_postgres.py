"""The same on PostgreSQL: what differs between databases, and the walls."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from core.extensions import db
from core.host import services
from tests.api.kit import Api, World, make_app, settle, statements

SALES, CUSTOMERS = "/ledger/sales", "/ledger/customers"
BULK = f"{SALES}/bulk"


@pytest.fixture(scope="module")
def served(instance: Path, new_postgres_url: Any) -> Any:
    app = make_app(instance, new_postgres_url())
    yield app, settle(app)
    with app.app_context():
        db.session.remove()
        services().engine.dispose()


@pytest.fixture
def app(served: tuple[Flask, World]) -> Flask:
    return served[0]


@pytest.fixture
def world(served: tuple[Flask, World]) -> World:
    return served[1]


def test_a_record_s_life(ada: Api, world: World) -> None:
    acme = ada.make(CUSTOMERS, name="Acme")
    made = ada.make(
        SALES, name="Life", customer=acme["id"], user=world.users["rita"], amount="1054.50",
        currency="EUR", quantity="1.5", chance="25", called_at="2026-01-31T10:20:30+08:00",
    )  # fmt: skip
    path = f"{SALES}/{made['id']}"
    assert (made["amount"], made["quantity"], made["chance"]) == ("1054.50", "1.500", "25.00")
    assert made["called_at"] == "2026-01-31T02:20:30Z"
    assert ada.get(path) == made
    changed = ada.patch(path, {"version": 1, "days": 3})
    assert ada.patch(path, {"version": 1, "days": 4}, 409)["current"] == changed
    won = ada.post(f"{path}/transitions/win", {"closed_on": "2026-01-31"})
    assert won["outcome"] == "won"
    ada.delete(f"{CUSTOMERS}/{acme['id']}", {"version": 1}, 422)
    ada.delete(path, {"version": won["version"]})
    ada.get(path, 404)


def test_pages_filters_and_totals(ada: Api) -> None:
    rows = [
        {"name": f"Page {i % 7}", "amount": str(i % 5), "days": i % 3 or None} for i in range(50)
    ]
    ada.post(BULK, {"create": rows})
    for order in ("id", "-amount,name", "-days,amount", "name,-id"):
        seen: list[int] = []
        cursor: str | None = ""
        while cursor is not None:
            asked = f"{SALES}?limit=7&sort={order}&name__startswith=Page&cursor={cursor}"
            page = ada.get(asked)
            seen += [item["id"] for item in page["items"]]
            cursor = page["next"]
        assert len(seen) == len(set(seen)) == 50, order
    page = ada.get(f"{SALES}?name__contains=pAGE&amount__gte=3&count=true&limit=1&q=page")
    assert page["total"] == 20


def test_two_hundred_in_few_statements(app: Flask, ada: Api, world: World) -> None:
    rows = [{"name": f"Many {i}", "user": world.users["rita"]} for i in range(200)]
    with statements(app) as seen:
        made = ada.post(BULK, {"create": rows})["create"]
    assert len(seen) < 20, len(seen)
    names = {item["id"]: item["name"] for item in ada.get(f"{SALES}?q=Many&limit=1000")["items"]}
    assert [names[row["id"]] for row in made] == [row["name"] for row in rows]


def test_figures(ada: Api, world: World) -> None:
    won = {"closed_on": "2031-01-31", "user": world.users["rita"], "chance": "50"}
    for amount in ("10.10", "0.05"):
        path = f"{SALES}/{ada.make(SALES, name='F', amount_company=amount, **won)['id']}"
        ada.post(f"{path}/transitions/win")
    asked = "from=2031-01-01&to=2031-12-31"
    found = ada.get(f"/measures/ledger.won_amount?{asked}&by=month,user")["items"]
    assert [(item["month"], item["value"]) for item in found] == [("2031-01", "10.15")]
    assert ada.get(f"/measures/ledger.win_rate?{asked}")["items"] == [{"value": "1.000000"}]
    assert ada.get(f"/measures/ledger.average_sale?{asked}")["items"] == [{"value": "5.075000"}]
    assert ada.get("/measures/ledger.weighted_amount")["unit"] == "money"


def test_walls(ada: Api, olga: Api) -> None:
    customer = olga.make(CUSTOMERS, name="Secret")["id"]
    theirs = f"{CUSTOMERS}/{customer}"
    for method, tail, body in (
        ("GET", "", None), ("PATCH", "", {"version": 1, "name": "x"}),
        ("DELETE", "?version=1", None),
    ):  # fmt: skip
        assert ada.call(method, theirs + tail, body).status_code == 404
    ada.post(f"{CUSTOMERS}/bulk", {"delete": [{"id": customer, "version": 1}]}, 404)
    assert ada.post(SALES, {"name": "A", "customer": customer}, 422)["errors"].keys() == {
        "customer"
    }
    assert ada.get(f"{CUSTOMERS}?q=Secret")["items"] == []
    assert olga.names(f"{CUSTOMERS}?q=Secret") == ["Secret"]


def test_twins_at_the_same_time_make_one_record(app: Flask, world: World, ada: Api) -> None:
    answers: list[Any] = []

    def send() -> None:
        api = Api(app, world.tokens["ada"])
        answers.append(api.call("POST", CUSTOMERS, {"name": "Twin"}, Idempotency_Key="twin"))

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [201] * 6
    assert ada.names(f"{CUSTOMERS}?name=Twin") == ["Twin"]


def test_a_value_beyond_the_database_is_refused(ada: Api) -> None:
    for sent in ({"days": 2**63}, {"amount": "1e40"}, {"notes": "\x00"}, {"user": 2**63}):
        assert ada.call("POST", SALES, {"name": "A"} | sent).status_code in (400, 422)
    for asked in ("id=9223372036854775808", "days__gt=9223372036854775808", "name=%00"):
        ada.get(f"{SALES}?{asked}", 422)
