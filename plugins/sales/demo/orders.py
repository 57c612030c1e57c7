"""Orders of the opportunities that were won, and what became of them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Company, clock_at, now, today
from plugin_api.money import from_minor
from plugins.catalog.api import Product
from plugins.crm.api import Opportunity, OpportunityCredit
from plugins.sales.demo import quotes, receipts
from plugins.sales.models import (
    Channel,
    Delivery,
    DeliveryLine,
    Invoice,
    InvoiceLine,
    Order,
    OrderCredit,
    OrderLine,
)

DAYS = 400
"""How far back orders go."""
TAX = {"CNY": 13, "EUR": 19, "GBP": 20, "JPY": 10}
"""Percent on everything, by the company's currency; elsewhere none."""


@dataclass(slots=True)
class Sold:
    """An order to make, and what is to become of it."""

    day: date
    order: dict[str, Any]
    lines: list[dict[str, Any]] = field(default_factory=list)
    credits: list[dict[str, Any]] = field(default_factory=list)
    delivered_on: date | None = None
    part: Decimal = Decimal(1)
    """How much of it was delivered then."""
    returned_on: date | None = None
    draft: bool = False
    closed: bool = False
    planned: bool = False
    """Whether it is paid in instalments."""


def load(company: Company, seed: int) -> None:
    """Fill a company that has no orders; without won opportunities there are none."""
    session = host().session
    if session.scalar(sa.select(Order.id).limit(1)) is not None:
        return
    chance = random.Random(seed)
    goods = session.execute(
        sa.select(Product.id, Product.list_price)
        .where(Product.list_price.is_not(None), Product.currency == company.currency)
        .order_by(Product.list_price)
    ).all()
    channels = session.scalars(sa.select(Channel.id).order_by(Channel.id)).all()
    if not goods or not channels:
        return
    amended = False
    for sold in _planned(chance, company, goods, channels):
        with _at(sold.day):
            order, lines = _make(sold)
            if sold.planned:
                receipts.plan(order, company.language)
        if sold.delivered_on is not None and not sold.draft:
            with _at(sold.delivered_on):
                _bring(order, lines, sold.part)
                if sold.closed and sold.part == 1 and sold.returned_on is None:
                    host().records.transition(order, "close")
        elif not (amended or sold.draft or sold.planned) and len(lines) > 1:
            with _at(sold.day + timedelta(days=1)):
                _amend(order, lines[-1], company.language)
            amended = True
        if sold.returned_on is not None:
            with _at(sold.returned_on):
                _return(order, lines[0])
    receipts.load(chance, company, _at)
    quotes.load(chance, company, goods, Decimal(TAX.get(company.currency, 0)), _at)


def _planned(
    chance: random.Random, company: Company, goods: Sequence[Any], channels: Sequence[int]
) -> Iterator[Sold]:
    """Orders by day: one for each opportunity that was won, the latest still in the making."""
    tax = Decimal(TAX.get(company.currency, 0))
    won = (
        host()
        .session.scalars(
            sa.select(Opportunity)
            .where(
                Opportunity.outcome == "won",
                Opportunity.account_id.is_not(None),
                Opportunity.closed_on > today() - timedelta(days=DAYS),
            )
            .order_by(Opportunity.closed_on, Opportunity.id)
        )
        .all()
    )
    credits = _credits()
    last = today()
    for deal in won:
        day = deal.closed_on or last
        wait = chance.randint(6, 45)
        sold = Sold(
            day,
            {
                "account_id": deal.account_id, "contact_id": deal.contact_id,
                "opportunity_id": deal.id, "owner_id": deal.owner_id, "currency": deal.currency,
                "ordered_on": day, "deliver_by": day + timedelta(days=wait),
                "channel_id": chance.choices(channels, [6, 3, 1][: len(channels)])[0],
                "customer_reference": f"PO-{chance.randint(10_000, 99_999)}",
                "payment_days": chance.choice((14, 30, 30, 60)),
            },
            credits=credits.get(deal.id, []),
        )  # fmt: skip
        sold.draft = (last - day).days < 7 and bool(day.day % 2)
        sold.planned = chance.random() < 0.25
        sold.lines = list(_lines(chance, deal, goods, tax, company.currency))
        brought = day + timedelta(days=max(3, wait + chance.randint(-5, 12)))
        if brought <= last:
            sold.delivered_on = brought
            sold.part = Decimal("0.5") if chance.random() < 0.08 else Decimal(1)
            sold.closed = (last - day).days > 60
            back = brought + timedelta(days=chance.randint(5, 40))
            if chance.random() < 0.06 and back <= last:
                sold.returned_on = back
        yield sold


def _lines(
    chance: random.Random, deal: Opportunity, goods: Sequence[Any], tax: Decimal, own: str
) -> Iterator[dict[str, Any]]:
    """The product of the opportunity for what it was won at, and now and then something more."""
    prices = {row.id: row.list_price for row in goods}
    main = deal.product_id if deal.product_id in prices else goods[0].id
    amount = from_minor(deal.amount or 0, deal.currency)
    price = from_minor(prices[main], own)
    quantity = max(1, round(amount / price)) if price and deal.currency == own else 1
    yield {
        "product_id": main, "quantity": Decimal(quantity), "agreed": amount, "tax_rate": tax,
        "position": 1,
        "price": price if deal.currency == own and price * quantity >= amount else None,
    }  # fmt: skip
    for number in range(chance.choices((0, 1, 2), (5, 3, 1))[0] if deal.currency == own else 0):
        extra = goods[chance.randrange(max(1, len(goods) // 3))]
        yield {
            "product_id": extra.id, "quantity": Decimal(chance.randint(1, 4)), "tax_rate": tax,
            "discount": Decimal(chance.choice((0, 0, 5, 10))), "position": number + 2,
        }  # fmt: skip


def _credits() -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    asked = sa.select(OpportunityCredit).where(OpportunityCredit.is_rest.is_(False))
    for credit in host().session.scalars(asked.order_by(OpportunityCredit.id)):
        found.setdefault(credit.opportunity_id, []).append(
            {"user_id": credit.user_id, "share": credit.share}
        )
    return found


def _make(sold: Sold) -> tuple[Order, list[OrderLine]]:
    records = host().records
    order = records.create(Order, sold.order)
    lines = records.create_many(OrderLine, [{"order_id": order.id, **line} for line in sold.lines])
    if sold.credits:
        records.create_many(
            OrderCredit, [{"order_id": order.id, **credit} for credit in sold.credits]
        )
    if not sold.draft:
        records.transition(order, "confirm")
    return order, lines


def _amend(order: Order, line: OrderLine, language: str) -> None:
    """The customer wants one more of something."""
    why = "客户追加一件" if language.startswith("zh") else "The customer wants one more"
    host().records.transition(order, "amend", {"change_reason": why})
    host().records.update(line, {"quantity": line.quantity + 1})


def _bring(order: Order, lines: Sequence[OrderLine], part: Decimal) -> None:
    """Deliver, and invoice what was delivered."""
    records = host().records
    goes = [(line, max(Decimal(1), (line.quantity * part).quantize(Decimal(1)))) for line in lines]
    delivery = records.create(Delivery, {"order_id": order.id, "owner_id": order.owner_id})
    records.create_many(
        DeliveryLine,
        [
            {"delivery_id": delivery.id, "order_line_id": line.id, "quantity": quantity}
            for line, quantity in goes
        ],
    )
    records.transition(delivery, "post")
    invoice = records.create(
        Invoice,
        {"order_id": order.id, "currency": order.currency, "owner_id": order.owner_id},
    )
    records.create_many(
        InvoiceLine,
        [
            {"invoice_id": invoice.id, "order_line_id": line.id, "quantity": quantity,
             "position": line.position}
            for line, quantity in goes
        ],
    )  # fmt: skip
    records.transition(invoice, "post")


def _return(order: Order, line: OrderLine) -> None:
    """One piece comes back, and is credited."""
    if line.delivered <= line.returned:
        return
    records = host().records
    back = records.create(
        Delivery, {"order_id": order.id, "owner_id": order.owner_id, "kind": "return"}
    )
    records.create(
        DeliveryLine,
        {"delivery_id": back.id, "order_line_id": line.id, "quantity": Decimal(1)},
    )
    records.transition(back, "post")
    asked = sa.select(InvoiceLine).where(InvoiceLine.order_line_id == line.id)
    invoiced = host().session.scalars(asked).first()
    if invoiced is None:
        return
    note = records.create(
        Invoice,
        {
            "kind": "credit_note", "corrects_id": invoiced.invoice_id, "order_id": order.id,
            "account_id": order.account_id, "currency": order.currency, "owner_id": order.owner_id,
        },
    )  # fmt: skip
    each = (invoiced.net / invoiced.quantity).quantize(Decimal("0.01"))
    records.create(
        InvoiceLine,
        {
            "invoice_id": note.id, "corrects_id": invoiced.id, "order_line_id": line.id,
            "quantity": Decimal(1), "agreed": each, "price": invoiced.price,
            "tax_rate": invoiced.tax_rate,
        },
    )  # fmt: skip
    records.transition(note, "post")


def _at(day: date) -> Any:
    """The clock at noon of a day, or now when that is yet to come."""
    return clock_at(min(datetime.combine(day, time(12), UTC), now()))
