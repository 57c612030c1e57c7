"""Orders over the pages and REST, and the gates on every path."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from core.extensions import db
from plugin_api.host import host
from plugins.catalog.models import Product
from plugins.crm.models import Account
from plugins.sales.models import LedgerEntry, Order
from tests.harness import Installation

API = "/api/v1/sales"


def entered(web: Installation, who: str = "ann") -> tuple[Any, dict[str, str], dict[str, Any]]:
    """A client with a token, and an order with a line that it has made."""
    client, token = web.app.test_client(), web.token("web", who)
    with web.working("web"):
        account = host().session.query(Account).first()
        host().records.update(account, {"owner_id": web.user_id("web", "ann")})
        account_id = account.id
        product_id = host().session.query(Product).filter_by(name="Pump").one().id
    order = client.post(f"{API}/orders", json={"account": account_id}, headers=token).json
    line = {"order": order["id"], "product": product_id, "quantity": "2", "price": "99.50"}
    made = client.post(f"{API}/order-lines", json=line, headers=token)
    assert made.status_code == 201, made.json
    return client, token, order


def test_an_order_goes_its_way_over_rest(sales: Installation) -> None:
    client, token, order = entered(sales)
    path = f"{API}/orders/{order['id']}"
    refused = client.patch(path, json={"status": "confirmed"}, headers={**token, "If-Match": "1"})
    assert refused.status_code in (400, 409, 422)
    done = client.post(f"{path}/transitions/confirm", json={}, headers=token)
    assert done.status_code == 200, done.json
    found = client.get(path, headers=token).json
    assert (found["status"], found["total"]) == ("confirmed", "199.00")
    figures = client.get("/api/v1/measures/sales.booked?by=user", headers=token).json
    assert [item["value"] for item in figures["items"] if item["value"] != "0.00"] == ["199.00"]
    rows = client.get(f"{API}/ledger?order={order['id']}", headers=token).json["items"]
    assert [(row["event"], row["amount"]) for row in rows] == [("booked", "199.00")]
    again = client.post(f"{path}/transitions/confirm", json={}, headers=token)
    assert again.status_code == 422
    line = client.get(f"{API}/order-lines?order={order['id']}", headers=token).json["items"][0]
    for change in ({"quantity": "1"}, {"product": None}):
        answer = client.patch(
            f"{API}/order-lines/{line['id']}", json={**change, "version": line["version"]},
            headers=token,
        )  # fmt: skip
        assert answer.status_code == 422, answer.json
    bulk = client.post(
        f"{API}/orders/bulk",
        json={"ids": [order["id"]], "values": {"status": "cancelled"}},
        headers=token,
    )
    assert bulk.status_code in (400, 403, 422), bulk.json
    assert client.get(path, headers=token).json["status"] == "confirmed"


def test_rows_are_only_added(order: Any) -> None:
    order((1, 10))
    entry = host().session.query(LedgerEntry).first()
    for statement_ in (
        sa.update(LedgerEntry).where(LedgerEntry.id == entry.id).values(amount=1),
        sa.delete(LedgerEntry).where(LedgerEntry.id == entry.id),
    ):
        with pytest.raises(sa.exc.DBAPIError), db.session.begin_nested():
            db.session.execute(statement_)


def test_the_ledger_is_read_only(sales: Installation) -> None:
    client, token = sales.app.test_client(), sales.token("web", "ada")
    for answer in (
        client.post(f"{API}/ledger", json={"amount": "1"}, headers=token),
        client.delete(f"{API}/ledger/1", headers=token),
    ):
        assert answer.status_code in (403, 404, 405, 422)


def test_pages_show_orders_and_the_statement(sales: Installation) -> None:
    _client, _token, order = entered(sales)
    with sales.working("web"):
        host().records.transition(host().session.get(Order, order["id"]), "confirm")
    page = sales.client("web", "fin")
    for path in ("/sales/orders", "/sales/orders?view=kanban", f"/sales/orders/{order['id']}",
                 "/sales/ledger", "/sales/invoices", "/sales/deliveries"):  # fmt: skip
        assert page.get(path).status_code == 200, path
    text = page.get("/sales/statement?check=1").text
    assert "Blue Mill" in text
    assert "Ledger and documents" in text
    assert "tone-bad" not in text.split("Movements")[0].split("Ledger and documents")[1].replace(
        'tone-bad">Cancelled', ""
    )
    listed = text.split('id="accounts"')[1]
    assert "day__lte=" in listed and "day__gte=" not in listed
    assert "day__gte=" in text.split('id="moved"')[1].split('id="accounts"')[0]
    assert sales.client("web", "ann").get("/sales/statement").status_code == 403
    assert sales.client("web", "boss").get("/sales/statement").status_code == 200


def test_an_enabled_plugin_is_whole_and_gone_when_it_is_off(sales: Installation) -> None:
    sales.company("bare", "crm", language="en")
    sales.person("bare", "ada", "admin")
    client = sales.client("bare", "ada")
    assert client.get("/sales/orders").status_code == 404
    assert client.get("/sales/statement").status_code == 404
