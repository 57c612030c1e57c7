"""Bays and repairs."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Mapped

from plugin_api.models import (
    Choice,
    CompanyModel,
    boolean,
    choice,
    currency,
    date,
    instant,
    integer,
    money,
    reference,
    text,
)

STATES = (
    Choice(value="open", label="Open", tone="info"),
    Choice(value="done", label="Done", tone="good"),
    Choice(value="given_up", label="Given up", tone="bad"),
)


class Bay(CompanyModel):
    __tablename__ = "repairs_bay"
    __collection__ = "bays"
    __label__ = "Bay"
    __label_plural__ = "Bays"
    __aside__ = ("gone", True)

    name: Mapped[str] = text("Name", unique=True)
    kind: Mapped[str] = choice("Kind", STATES, default="open")
    position: Mapped[int] = integer("Position", default=0)
    gone: Mapped[bool] = boolean("Gone")


class Repair(CompanyModel):
    __tablename__ = "repairs_repair"
    __collection__ = "repairs"
    __label__ = "Repair"
    __label_plural__ = "Repairs"
    __owner__ = "worker_id"

    name: Mapped[str] = text("Name")
    bay_id: Mapped[int | None] = reference("repairs.Bay", "Bay")
    worker_id: Mapped[int | None] = reference("core.User", "Worker")
    state: Mapped[str] = choice("State", STATES, default="open", readonly=True)
    price: Mapped[int | None] = money("Price", currency_field="currency")
    currency: Mapped[str] = currency("Currency", default="CNY")
    hours: Mapped[int | None] = integer("Hours", minimum=0)
    urgent: Mapped[bool] = boolean("Urgent")
    due: Mapped[dt.date | None] = date("Due")
    until: Mapped[dt.date | None] = date("Until")
    called_at: Mapped[dt.datetime | None] = instant("Called at")
    plate: Mapped[str | None] = text("Plate", length=10)
    note: Mapped[str | None] = text("Note", length=200)
    hidden: Mapped[str | None] = text("Hidden", length=20, readonly=True)


class Visit(CompanyModel):
    __tablename__ = "repairs_visit"
    __collection__ = "visits"
    __label__ = "Visit"
    __label_plural__ = "Visits"

    name: Mapped[str] = text("Name")
    at: Mapped[dt.datetime | None] = instant("At")
