"""Products, how they are grouped and counted, and what they cost when."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.context import current_company
from plugin_api.context import lazy_gettext as _
from plugin_api.models import (
    CompanyModel,
    boolean,
    currency,
    date,
    longtext,
    money,
    reference,
    text,
)


def company_currency() -> str:
    """The currency that a price is in when nothing else is said."""
    return current_company().currency


class Unit(CompanyModel):
    """What a product is counted in."""

    __tablename__ = "catalog_unit"
    __collection__ = "units"
    __label__ = _("Unit")
    __label_plural__ = _("Units")
    __find_by__ = ("code", "name")
    __search__ = ("name", "code")

    name: Mapped[str] = text(_("Name"), length=100, unique=True)
    code: Mapped[str | None] = text(
        _("Code"), length=40, unique=True, help=_("Short, as on a document: pcs, kg, h.")
    )


class Category(CompanyModel):
    """A group of products, inside a larger one or on its own."""

    __tablename__ = "catalog_category"
    __collection__ = "categories"
    __label__ = _("Category")
    __label_plural__ = _("Categories")
    __find_by__ = ("external_id", "name")
    __search__ = ("name", "external_id")

    name: Mapped[str] = text(_("Name"), indexed=True)
    parent_id: Mapped[int | None] = reference("catalog.Category", _("Part of the category"))
    description: Mapped[str | None] = longtext(_("Description"))
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)


class Product(CompanyModel):
    """Something the company sells: a good, a service, a licence."""

    __tablename__ = "catalog_product"
    __collection__ = "products"
    __label__ = _("Product")
    __label_plural__ = _("Products")
    __aside__ = ("active", False)
    __find_by__ = ("external_id", "code", "name")
    __search__ = ("name", "code", "external_id")

    name: Mapped[str] = text(_("Name"), unique=True)
    code: Mapped[str | None] = text(_("Code"), length=100, unique=True)
    category_id: Mapped[int | None] = reference("catalog.Category", _("Category"))
    unit_id: Mapped[int | None] = reference("catalog.Unit", _("Unit"))
    packaging: Mapped[str | None] = text(
        _("Packaging"), help=_("How it is packed, in words: 10 boxes x 20 bags.")
    )
    list_price: Mapped[int | None] = money(
        _("List price"),
        currency_field="currency",
        help=_("What it costs wherever no price list says otherwise."),
    )
    cost: Mapped[int | None] = money(
        _("Cost"), currency_field="currency", help=_("What one costs the company."),
        read="catalog.Product.read_cost", write="catalog.Product.update_cost",
    )  # fmt: skip
    currency: Mapped[str] = currency(_("Currency"), default=company_currency)
    active: Mapped[bool] = boolean(
        _("Active"), default=True, help=_("Off: no longer sold. Records that name it stay.")
    )
    description: Mapped[str | None] = longtext(_("Description"))
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)


class PriceList(CompanyModel):
    """A set of prices: the standard ones, a region's, a partner's."""

    __tablename__ = "catalog_price_list"
    __collection__ = "price-lists"
    __label__ = _("Price list")
    __label_plural__ = _("Price lists")
    __aside__ = ("active", False)
    __find_by__ = ("external_id", "name")
    __search__ = ("name", "external_id")

    name: Mapped[str] = text(_("Name"), unique=True)
    is_default: Mapped[bool] = boolean(
        _("Standard"), help=_("The list that counts where none is named. There is one.")
    )
    parent_id: Mapped[int | None] = reference(
        "catalog.PriceList",
        _("Falls back on"),
        help=_("The list that is asked for what this one has no price of."),
    )
    active: Mapped[bool] = boolean(_("Active"), default=True)
    description: Mapped[str | None] = longtext(_("Description"))
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)


class Price(CompanyModel):
    """What one unit of a product costs on a price list, from one day to another.

    Where several are valid on a day, the one that began last counts.
    """

    __tablename__ = "catalog_price"
    __collection__ = "prices"
    __label__ = _("Price")
    __label_plural__ = _("Prices")
    __find_by__ = ("external_id",)
    __search__ = ("name", "external_id")
    __table_args__ = (
        sa.Index(None, "company_id", "product_id", "currency", "price_list_id", "valid_from"),
    )

    name: Mapped[str] = text(_("Name"), length=300, readonly=True)
    price_list_id: Mapped[int | None] = reference(
        "catalog.PriceList", _("Price list"), help=_("Empty: the standard list.")
    )
    product_id: Mapped[int] = reference("catalog.Product", _("Product"))
    price: Mapped[int] = money(_("Price"), currency_field="currency")
    currency: Mapped[str] = currency(_("Currency"), default=company_currency)
    valid_from: Mapped[dt.date | None] = date(_("Valid from"), help=_("Empty: since ever."))
    valid_to: Mapped[dt.date | None] = date(
        _("Valid to"), help=_("The last day. Empty: until a later price begins.")
    )
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)
