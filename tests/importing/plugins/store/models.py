"""Places inside places, shelves there, and boxes on the shelves."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.models import (
    Choice,
    CompanyModel,
    boolean,
    choice,
    date,
    decimal,
    instant,
    integer,
    longtext,
    money,
    percent,
    reference,
    text,
)

KINDS = (Choice(value="wood", label="Wooden"), Choice(value="tin", label="Of tin"))


class Place(CompanyModel):
    __tablename__ = "store_place"
    __collection__ = "places"
    __label__ = "Place"
    __label_plural__ = "Places"
    __find_by__ = ("name", "external_id")

    name: Mapped[str] = text("Name")
    external_id: Mapped[str | None] = text("External ID", length=20, unique=True)
    parent_id: Mapped[int | None] = reference("store.Place", "Inside")


class Shelf(CompanyModel):
    __tablename__ = "store_shelf"
    __collection__ = "shelves"
    __label__ = "Shelf"
    __label_plural__ = "Shelves"
    __table_args__ = (sa.UniqueConstraint("company_id", "place_id", "name"),)

    name: Mapped[str] = text("Name")
    place_id: Mapped[int] = reference("store.Place", "Place")


class Box(CompanyModel):
    __tablename__ = "store_box"
    __collection__ = "boxes"
    __label__ = "Box"
    __label_plural__ = "Boxes"
    __owner__ = "owner_id"

    name: Mapped[str] = text("Name", length=60)
    place_id: Mapped[int | None] = reference("store.Place", "Place")
    shelf_id: Mapped[int | None] = reference("store.Shelf", "Shelf", narrow={"place": "place"})
    owner_id: Mapped[int | None] = reference("core.User", "Owner")
    kind: Mapped[str] = choice("Kind", KINDS, default="wood")
    worth: Mapped[int | None] = money("Worth")
    weight: Mapped[Decimal | None] = decimal("Weight", scale=3)
    filled: Mapped[Decimal | None] = percent("Filled", minimum=0, maximum=100)
    pieces: Mapped[int | None] = integer("Pieces", minimum=0)
    fragile: Mapped[bool] = boolean("Fragile")
    packed_on: Mapped[dt.date | None] = date("Packed on")
    seen_at: Mapped[dt.datetime | None] = instant("Seen at")
    notes: Mapped[str | None] = longtext("Notes")
    phone: Mapped[str | None] = text("Phone", kind="phone")
    checked: Mapped[str | None] = text("Checked", readonly=True)
    external_id: Mapped[str | None] = text("External ID", length=40, unique=True)
