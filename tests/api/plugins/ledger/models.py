"""Customers and sales."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.context import lazy_gettext as _
from plugin_api.models import (
    Choice,
    CompanyModel,
    boolean,
    choice,
    currency,
    date,
    decimal,
    instant,
    integer,
    json,
    longtext,
    money,
    percent,
    reference,
    text,
)

OUTCOMES = (
    Choice(value="open", label=_("Open")),
    Choice(value="won", label=_("Won")),
    Choice(value="lost", label=_("Lost")),
)


class Customer(CompanyModel):
    __tablename__ = "ledger_customer"
    __collection__ = "customers"
    __label__ = "Customer"
    __label_plural__ = "Customers"
    __find_by__ = ("external_id", "name")

    name: Mapped[str] = text("Name")
    external_id: Mapped[str | None] = text("External ID", length=20, unique=True)
    email: Mapped[str | None] = text("E-mail", kind="email")


class Sale(CompanyModel):
    __tablename__ = "ledger_sale"
    __collection__ = "sales"
    __label__ = "Sale"
    __label_plural__ = "Sales"
    __owner__ = "user_id"
    __table_args__ = (sa.Index(None, "company_id", "closed_on"),)

    name: Mapped[str] = text("Name")
    notes: Mapped[str | None] = longtext("Notes")
    customer_id: Mapped[int | None] = reference("ledger.Customer", "Customer")
    user_id: Mapped[int | None] = reference("core.User", "Owner")
    outcome: Mapped[str] = choice("Outcome", OUTCOMES, default="open", readonly=True)
    kind: Mapped[str] = choice(
        "Kind", (Choice(value="new", label="New"), Choice(value="again", label="Again")),
        default="new",
    )  # fmt: skip
    amount: Mapped[int | None] = money("Amount", currency_field="currency")
    currency: Mapped[str | None] = currency("Currency")
    amount_company: Mapped[int | None] = money("Amount in the company's currency")
    quantity: Mapped[Decimal | None] = decimal("Quantity", scale=3, minimum=0)
    chance: Mapped[Decimal | None] = percent("Chance", minimum=0, maximum=100)
    days: Mapped[int | None] = integer("Days", minimum=0)
    urgent: Mapped[bool] = boolean("Urgent")
    opened_on: Mapped[dt.date | None] = date("Opened on")
    closed_on: Mapped[dt.date | None] = date("Closed on")
    called_at: Mapped[dt.datetime | None] = instant("Called at")
    extra: Mapped[dict[str, Any] | None] = json("Extra")
