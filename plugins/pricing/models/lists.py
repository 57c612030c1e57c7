"""Whom price lists are for, and what stands on them besides plain prices."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.conditions import HELP
from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import (
    Choice,
    CompanyModel,
    boolean,
    choice,
    currency,
    date,
    decimal,
    integer,
    money,
    percent,
    reference,
    text,
)
from plugins.pricing.models.common import company_currency

KINDS = (
    Choice(value="fixed", label=_("A fixed price")),
    Choice(value="off", label=_("Percent off")),
    Choice(value="less", label=_("Amount off")),
    Choice(value="plus", label=_("Cost plus percent")),
)
BASES = (
    Choice(value="list", label=_("The list price")),
    Choice(value="parent", label=_("The price of the list that it falls back on")),
)
ROUNDINGS = (
    Choice(value="cent", label=_("To the smallest unit of the currency")),
    Choice(value="0.05", label=_("To 0.05")),
    Choice(value="1", label=_("To whole units")),
    Choice(value="10", label=_("To tens")),
    Choice(value=".9", label=_("Ends in .9")),
    Choice(value=".99", label=_("Ends in .99")),
    Choice(value="9", label=_("Ends in 9, without decimals")),
)
ACTIONS = (
    Choice(value="warn", label=_("Warn"), tone="info"),
    Choice(value="release", label=_("Needs a release"), tone="warn"),
    Choice(value="refuse", label=lazy_pgettext("floor", "Refuse"), tone="bad"),
)


class Terms(CompanyModel):
    """Whom a price list is for, from one day to another. Of those that fit the highest priority
    counts. What is left empty fits everybody."""

    __tablename__ = "pricing_terms"
    __collection__ = "terms"
    __label__ = _("Terms of a price list")
    __label_plural__ = _("Terms of price lists")
    __aside__ = ("active", False)
    __find_by__ = ("external_id", "name")
    __search__ = ("name", "external_id")

    name: Mapped[str] = text(lazy_pgettext("thing", "Name"), unique=True)
    price_list_id: Mapped[int] = reference("catalog.PriceList", _("Price list"))
    priority: Mapped[int] = integer(
        _("Priority"), default=0, help=_("Of all that fit the highest counts.")
    )
    grade: Mapped[str | None] = text(
        _("Grade of the account"), length=40, help=_("A, or several: A, B.")
    )
    region: Mapped[str | None] = text(
        _("Region"), length=200, help=_("One, or several with commas between.")
    )
    channel: Mapped[str | None] = text(
        _("Channel"), length=200, help=_("One, or several with commas between.")
    )
    condition: Mapped[str | None] = text(_("Which accounts"), length=1000, help=HELP)
    currency: Mapped[str | None] = currency(_("Only in the currency"))
    valid_from: Mapped[dt.date | None] = date(_("Valid from"), help=_("Empty: since ever."))
    valid_to: Mapped[dt.date | None] = date(_("Valid to"), help=_("The last day."))
    active: Mapped[bool] = boolean(lazy_pgettext("rule", "Active"), default=True)
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)


class Rule(CompanyModel):
    """What a product, or those of a category, cost on a price list: fixed, or by a formula."""

    __tablename__ = "pricing_rule"
    __collection__ = "rules"
    __label__ = _("Price rule")
    __label_plural__ = _("Price rules")
    __find_by__ = ("external_id",)
    __search__ = ("name", "external_id")
    __table_args__ = (
        sa.Index(None, "company_id", "product_id", "price_list_id"),
        sa.Index(None, "company_id", "price_list_id", "category_id"),
    )

    name: Mapped[str] = text(lazy_pgettext("thing", "Name"), length=300, readonly=True)
    price_list_id: Mapped[int | None] = reference(
        "catalog.PriceList", _("Price list"), help=_("Empty: the standard list.")
    )
    product_id: Mapped[int | None] = reference("catalog.Product", _("Product"))
    category_id: Mapped[int | None] = reference(
        "catalog.Category", _("Category"),
        help=_("With all within it. Neither product nor category: everything."),
    )  # fmt: skip
    from_quantity: Mapped[Decimal] = decimal(
        _("From quantity"), minimum=0, default=Decimal(0), help=_("Of one line.")
    )
    kind: Mapped[str] = choice(_("Price by"), KINDS, default="fixed")
    amount: Mapped[int | None] = money(
        _("Amount"), currency_field="currency", help=_("The price, or what is taken off.")
    )
    percent: Mapped[Decimal | None] = percent(
        _("Percent"), scale=4, minimum=0, maximum=10_000,
        help=_("What is taken off, or added to the cost."),
    )  # fmt: skip
    base: Mapped[str] = choice(_("Taken from"), BASES, default="list")
    rounding: Mapped[str] = choice(_("Rounding"), ROUNDINGS, default="cent")
    currency: Mapped[str] = currency(_("Currency"), default=company_currency)
    valid_from: Mapped[dt.date | None] = date(_("Valid from"), help=_("Empty: since ever."))
    valid_to: Mapped[dt.date | None] = date(_("Valid to"), help=_("The last day."))
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)


class Floor(CompanyModel):
    """What a product, or those of a category, are not sold below, and what happens then. The
    nearest to the product counts."""

    __tablename__ = "pricing_floor"
    __collection__ = "floors"
    __label__ = _("Price floor")
    __label_plural__ = _("Price floors")
    __find_by__ = ("external_id",)
    __search__ = ("name", "external_id")

    name: Mapped[str] = text(lazy_pgettext("thing", "Name"), length=300, readonly=True)
    product_id: Mapped[int | None] = reference("catalog.Product", _("Product"))
    category_id: Mapped[int | None] = reference(
        "catalog.Category", _("Category"),
        help=_("With all within it. Neither product nor category: everything."),
    )  # fmt: skip
    price: Mapped[int | None] = money(_("Lowest price"), currency_field="currency")
    margin: Mapped[Decimal | None] = percent(
        _("Lowest margin"), minimum=-1000, maximum=100, help=_("Of the net price, in percent.")
    )
    currency: Mapped[str] = currency(_("Currency"), default=company_currency)
    action: Mapped[str] = choice(_("Below it"), ACTIONS, default="warn")
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)
