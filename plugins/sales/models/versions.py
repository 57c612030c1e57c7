"""What orders said before they were amended."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import (
    CompanyModel,
    currency,
    date,
    decimal,
    integer,
    longtext,
    money,
    percent,
    reference,
    text,
)
from plugins.sales.models.common import company_currency


class OrderVersion(CompanyModel):
    """An order as it was before an amendment. ``change_reason``, ``amended_by_id`` and
    ``amended_on`` say how this version came about; the first was confirmed, so has none."""

    __tablename__ = "sales_order_version"
    __collection__ = "order-versions"
    __label__ = _("Order version")
    __label_plural__ = _("Order versions")
    __find_by__ = ()
    __search__ = ("name",)
    __parent__ = "order_id"
    __actions__ = ("read", "export")
    __table_args__ = (sa.UniqueConstraint("company_id", "order_id", "revision"),)

    name: Mapped[str] = text(_("Name"), length=300, readonly=True)
    order_id: Mapped[int] = reference("sales.Order", _("Order"), on_delete="cascade", readonly=True)
    revision: Mapped[int] = integer(lazy_pgettext("order", "Version"), readonly=True)
    change_reason: Mapped[str | None] = text(_("Why it was amended"), length=500, readonly=True)
    amended_by_id: Mapped[int | None] = reference("core.User", _("Amended by"), readonly=True)
    amended_on: Mapped[dt.date | None] = date(_("Amended on"), readonly=True)
    amount: Mapped[int] = money(_("Amount"), currency_field="currency", readonly=True)
    tax: Mapped[int] = money(_("Tax"), currency_field="currency", readonly=True)
    total: Mapped[int] = money(_("Total"), currency_field="currency", readonly=True)
    currency: Mapped[str] = currency(_("Currency"), default=company_currency)
    deliver_by: Mapped[dt.date | None] = date(_("Deliver by"), readonly=True)
    payment_days: Mapped[int | None] = integer(_("Days to pay"), readonly=True)
    delivery_address: Mapped[str | None] = longtext(_("Delivery address"), readonly=True)


class OrderVersionLine(CompanyModel):
    """A line of such a version, as it was; ``line_id`` is what became of it."""

    __tablename__ = "sales_order_version_line"
    __collection__ = "order-version-lines"
    __label__ = _("Line of an order version")
    __label_plural__ = _("Lines of order versions")
    __title__ = "description"
    __find_by__ = ()
    __search__ = ()
    __parent__ = "order_version_id"
    __actions__ = ("read", "export")

    order_version_id: Mapped[int] = reference(
        "sales.OrderVersion", _("Order version"), on_delete="cascade", readonly=True
    )
    line_id: Mapped[int] = reference("sales.OrderLine", _("Order line"), readonly=True)
    position: Mapped[int] = integer(_("Position"), readonly=True)
    product_id: Mapped[int | None] = reference("catalog.Product", _("Product"), readonly=True)
    description: Mapped[str | None] = text(_("Description"), length=500, readonly=True)
    quantity: Mapped[Decimal] = decimal(_("Quantity"), readonly=True)
    price: Mapped[Decimal | None] = decimal(_("Unit price"), readonly=True)
    discount: Mapped[Decimal] = percent(_("Discount"), scale=4, readonly=True)
    taken_off: Mapped[Decimal] = decimal(_("Taken off by promotions"), readonly=True)
    agreed: Mapped[Decimal | None] = decimal(_("Agreed amount"), scale=6, readonly=True)
    tax_rate: Mapped[Decimal] = percent(_("Tax rate"), scale=4, readonly=True)
    amount: Mapped[int] = money(_("Amount"), currency_field="currency", readonly=True)
    tax: Mapped[int] = money(_("Tax"), currency_field="currency", readonly=True)
    currency: Mapped[str] = currency(_("Currency"), default=company_currency)
