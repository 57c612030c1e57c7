"""What went to the customer, and what came back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.context import lazy_gettext as _
from plugin_api.models import (
    Choice,
    CompanyModel,
    choice,
    date,
    decimal,
    longtext,
    reference,
    text,
)

KINDS = (
    Choice(value="delivery", label=_("Delivery"), tone="info"),
    Choice(value="return", label=_("Return"), tone="warn"),
)
STATUSES = (
    Choice(value="draft", label=_("Draft")),
    Choice(value="posted", label=_("Posted"), tone="good"),
    Choice(value="cancelled", label=_("Cancelled"), tone="bad"),
)


def drafted() -> str:
    """How a delivery starts; one that was handled elsewhere may be entered as posted."""
    return "draft"


class Delivery(CompanyModel):
    """Goods or services of an order on their way to the customer, or back."""

    __tablename__ = "sales_delivery"
    __collection__ = "deliveries"
    __label__ = _("Delivery")
    __label_plural__ = _("Deliveries and returns")
    __find_by__ = ("external_id", "number")
    __search__ = ("name", "external_id", "tracking")
    __owner__ = "owner_id"
    __table_args__ = (sa.Index(None, "company_id", "status", "delivered_on"),)

    name: Mapped[str] = text(_("Name"), length=300, readonly=True)
    number: Mapped[str | None] = text(
        _("Document number"), length=100, unique=True, help=_("Empty: given when it is posted.")
    )
    kind: Mapped[str] = choice(_("Kind"), KINDS, default="delivery")
    status: Mapped[str] = choice(_("Status"), STATUSES, default=drafted)
    order_id: Mapped[int] = reference("sales.Order", _("Order"))
    owner_id: Mapped[int | None] = reference("core.User", _("Owner"))
    delivered_on: Mapped[dt.date | None] = date(
        _("Day"), help=_("The day it counts for. Empty: the day it is posted.")
    )
    tracking: Mapped[str | None] = text(_("Tracking number"), length=100)
    note: Mapped[str | None] = longtext(_("Note"))
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)


class DeliveryLine(CompanyModel):
    """How much of a line of the order."""

    __tablename__ = "sales_delivery_line"
    __collection__ = "delivery-lines"
    __label__ = _("Delivery line")
    __label_plural__ = _("Delivery lines")
    __title__ = "id"
    __find_by__ = ("external_id",)
    __search__ = ()
    __parent__ = "delivery_id"

    delivery_id: Mapped[int] = reference("sales.Delivery", _("Delivery"), on_delete="cascade")
    order_line_id: Mapped[int] = reference("sales.OrderLine", _("Order line"))
    quantity: Mapped[Decimal] = decimal(_("Quantity"))
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)
