"""Scores over the ledger of orders: returns lower them; and those of a real shop."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import json
from decimal import Decimal
from statistics import median

import pytest
import sqlalchemy as sa

from core.host import add
from plugin_api.context import clock_at, current_company
from plugin_api.host import host
from plugins.crm.models import Account
from plugins.sales.models import LedgerEntry, Order
from plugins.segments.services import rfm
from tests.importing.files import real
from tests.plugins.segments.kit import account, at

pytestmark = pytest.mark.usefixtures("shop")


def orders(rows: list[tuple[int, str, dt.date, Decimal]], event: str = "booked") -> None:
    """Entries of the ledger, as posting writes them: account, number of the order, day, amount."""
    currency = current_company().currency
    host().session.flush()
    if event == "booked":
        same = {"status": "confirmed", "currency": currency}
        lines = [
            {"name": number, "number": number, "account_id": id_, "ordered_on": day}
            for id_, number, day, _amount in rows
        ]
        add(Order, lines, same)
    ids = dict(host().session.execute(sa.select(Order.number, Order.id)).all())
    host().records.add_rows(
        LedgerEntry,
        [
            {"day": day, "original_day": day, "kind": "booked", "event": event, "document": number,
             "order_id": ids[number], "account_id": id_, "overlay": False, "quantity": Decimal(1),
             "amount": int(amount * 100), "currency": currency, "rate": Decimal(1),
             "rate_on": day, "amount_company": int(amount * 100), "source": "order_line",
             "source_id": 1, "root_id": 1, "exact": amount * 100, "exact_company": amount * 100}
            for id_, number, day, amount in rows
        ],
    )  # fmt: skip


def test_returns_lower_the_money_and_what_came_back_whole_is_no_order() -> None:
    mill = account()
    first, last = dt.date(2026, 6, 1), dt.date(2026, 8, 1)
    orders([(mill.id, "1", first, Decimal(300)), (mill.id, "2", last, Decimal(200))])
    with clock_at(at(9, 1)):
        assert rfm.buyers() == {mill.id: rfm.Buyer(first, last, 2, Decimal(500))}
        orders([(mill.id, "1", last, Decimal(-100))], "returned")
        assert rfm.buyers()[mill.id].money == Decimal(400)
        orders([(mill.id, "2", last, Decimal(-200))], "cancelled")
        assert rfm.buyers() == {mill.id: rfm.Buyer(first, first, 1, Decimal(200))}


def test_a_real_shop_has_the_figures_of_its_reference() -> None:
    bought: dict[tuple[str, str], list[object]] = {}
    with gzip.open(real("online_retail/online_retail.csv.gz"), "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            number, customer = row["InvoiceNo"], row["CustomerID"].partition(".")[0]
            quantity, price = int(row["Quantity"]), Decimal(row["UnitPrice"])
            if customer and quantity > 0 and price > 0 and not number.startswith("C"):
                day = dt.date.fromisoformat(row["InvoiceDate"][:10])
                held = bought.setdefault((customer, number), [day, Decimal(0)])
                held[1] += quantity * price  # type: ignore[operator]
    names = sorted({customer for customer, _number in bought})
    made = host().records.create_many(Account, [{"name": f"Customer {each}"} for each in names])
    ids = {name: each.id for name, each in zip(names, made, strict=True)}
    orders([
        (ids[customer], number, held[0], held[1])  # type: ignore[misc]
        for (customer, number), held in bought.items()
    ])  # fmt: skip
    told = json.loads(real("online_retail/reference.json").read_text("utf-8"))
    # The reference counts whole days up to the midnight with which the tenth begins.
    wanted, as_of = told["rfm_at_2011-12-10"], dt.date(2011, 12, 9)
    with clock_at(at(12, 9, 2011)):
        found = rfm.buyers()
        assert len(found) == told["gross_customers"] == 4338
        assert median((as_of - each.last).days for each in found.values()) == 50
        mean = Decimal(sum(each.orders for each in found.values())) / len(found)
        assert round(mean, 6) == Decimal(str(wanted["mean_frequency"]))
        assert median(each.money for each in found.values()) == Decimal("674.485")
        for customer, (recency, frequency, money) in wanted["examples"].items():
            each = found[ids[customer]]
            assert ((as_of - each.last).days, each.orders) == (recency, frequency)
            assert each.money == Decimal(str(money))
        assert rfm.refresh() == 4338
        assert rfm.refresh() == 4338
