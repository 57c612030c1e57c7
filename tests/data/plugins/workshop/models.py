"""Jobs, and what they are made of."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

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

STATES = tuple(Choice(value=v, label=v.title()) for v in ("draft", "running", "done", "void"))
KINDS = (Choice(value="repair", label="Repair"), Choice(value="build", label="Build"))


class Client(CompanyModel):
    __tablename__ = "workshop_client"
    __collection__ = "clients"
    __label__ = "Client"
    __label_plural__ = "Clients"
    __owner__ = "owner_id"

    name: Mapped[str] = text("Name", length=20, unique=True)
    owner_id: Mapped[int | None] = reference("core.User", "Owner")


class Contact(CompanyModel):
    __tablename__ = "workshop_contact"
    __collection__ = "contacts"
    __label__ = "Contact"
    __label_plural__ = "Contacts"

    name: Mapped[str] = text("Name")
    email: Mapped[str | None] = text("E-mail", kind="email")
    client_id: Mapped[int] = reference("workshop.Client", "Client")


class Bench(CompanyModel):
    __tablename__ = "workshop_bench"
    __collection__ = "benches"
    __label__ = "Bench"
    __label_plural__ = "Benches"
    __table_args__ = (sa.UniqueConstraint("company_id", "name", "floor"),)

    name: Mapped[str] = text("Name")
    floor: Mapped[int] = integer("Floor", default=0)


class Job(CompanyModel):
    __tablename__ = "workshop_job"
    __collection__ = "jobs"
    __label__ = "Job"
    __label_plural__ = "Jobs"
    __owner__ = "owner_id"
    __shared_by__ = "workshop.Share"
    __table_args__ = (sa.UniqueConstraint("company_id", "slot"),)

    name: Mapped[str] = text("Name", length=20)
    number: Mapped[str] = text("Number", readonly=True)
    external_id: Mapped[str | None] = text("External ID", unique=True)
    owner_id: Mapped[int | None] = reference("core.User", "Owner")
    client_id: Mapped[int | None] = reference("workshop.Client", "Client")
    contact_id: Mapped[int | None] = reference(
        "workshop.Contact", "Contact", narrow={"client": "client"}
    )
    bench_id: Mapped[int | None] = reference("workshop.Bench", "Bench")
    state: Mapped[str] = choice("State", STATES, default="draft", readonly=True)
    kind: Mapped[str] = choice("Kind", KINDS, default="repair")
    fee: Mapped[int | None] = money("Fee", currency_field="currency")
    currency: Mapped[str] = currency("Currency")
    hours: Mapped[Decimal | None] = decimal("Hours", scale=2, minimum=0)
    margin: Mapped[Decimal | None] = percent("Margin", minimum=-100, maximum=100)
    priority: Mapped[int | None] = integer("Priority", minimum=1, maximum=9)
    urgent: Mapped[bool] = boolean("Urgent")
    due: Mapped[dt.date | None] = date("Due")
    done_on: Mapped[dt.date | None] = date("Done on", readonly=True)
    called_at: Mapped[dt.datetime | None] = instant("Called at")
    note: Mapped[str | None] = longtext("Note")
    extra: Mapped[dict[str, Any] | None] = json("Extra")
    slot: Mapped[str | None] = mapped_column(sa.String(40))


class Part(CompanyModel):
    __tablename__ = "workshop_part"
    __collection__ = "parts"
    __label__ = "Part"
    __label_plural__ = "Parts"
    __parent__ = "job_id"

    name: Mapped[str] = text("Name")
    job_id: Mapped[int] = reference("workshop.Job", "Job", on_delete="cascade")


class Share(CompanyModel):
    __tablename__ = "workshop_share"
    __collection__ = "shares"
    __label__ = "Share"
    __label_plural__ = "Shares"
    __title__ = "id"
    __owner__ = "user_id"
    __parent__ = "job_id"

    job_id: Mapped[int] = reference("workshop.Job", "Job", on_delete="cascade")
    user_id: Mapped[int] = reference("core.User", "Person")


class Bill(CompanyModel):
    """Without a collection: only code reaches it."""

    __tablename__ = "workshop_bill"
    __label__ = "Bill"
    __label_plural__ = "Bills"

    name: Mapped[str] = text("Name")
    job_id: Mapped[int] = reference("workshop.Job", "Job")
