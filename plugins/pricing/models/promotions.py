"""Promotions, what they are about, codes that open them, and what was claimed of them."""

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

STATES = (
    Choice(value="draft", label=_("Draft")),
    Choice(value="running", label=lazy_pgettext("promotion", "Running"), tone="good"),
    Choice(value="stopped", label=lazy_pgettext("promotion", "Stopped")),
)
KINDS = (
    Choice(value="percent", label=_("Percent off")),
    Choice(value="amount", label=_("Amount off")),
    Choice(value="gift", label=_("Buy some, get some free")),
    Choice(value="bundle", label=_("A price for a bundle")),
)
BASES = (
    Choice(value="running", label=_("What is left after promotions before it")),
    Choice(value="list", label=_("The price before all promotions")),
)
COUNTS = (
    Choice(value="all", label=_("All lines together")),
    Choice(value="line", label=_("Each line by itself")),
)


class Promotion(CompanyModel):
    """What is taken off, or given, for a time. Promotions are applied in the order of their
    positions, each once a document; of an exclusion group only the first that applies."""

    __tablename__ = "pricing_promotion"
    __collection__ = "promotions"
    __label__ = _("Promotion")
    __label_plural__ = _("Promotions")
    __find_by__ = ("external_id", "name")
    __search__ = ("name", "external_id")

    name: Mapped[str] = text(lazy_pgettext("thing", "Name"), unique=True)
    state: Mapped[str] = choice(_("State"), STATES, readonly=True, default="draft")
    kind: Mapped[str] = choice(_("Gives"), KINDS, default="percent")
    percent: Mapped[Decimal | None] = percent(_("Percent"), scale=4, minimum=0, maximum=100)
    amount: Mapped[int | None] = money(
        _("Amount"), currency_field="currency", help=_("What is taken off, or the bundle's price.")
    )
    buy_quantity: Mapped[Decimal | None] = decimal(_("Buy so many"), minimum=0)
    gift_quantity: Mapped[Decimal | None] = decimal(_("Get so many"), minimum=0)
    gift_product_id: Mapped[int | None] = reference(
        "catalog.Product", _("Of the product"), help=_("Empty: of the one that is bought.")
    )
    most_times: Mapped[int | None] = integer(
        _("At most so often"), minimum=1, help=_("In one document. Empty: as often as it fits.")
    )
    counts: Mapped[str] = choice(lazy_pgettext("promotion", "Counts"), COUNTS, default="all")
    least_amount: Mapped[int | None] = money(
        _("From the amount"), currency_field="currency", help=_("Before promotions.")
    )
    least_quantity: Mapped[Decimal | None] = decimal(_("From the quantity"), minimum=0)
    most_quantity: Mapped[Decimal | None] = decimal(_("Up to the quantity"), minimum=0)
    currency: Mapped[str | None] = currency(_("Currency"), default=None)
    position: Mapped[int] = integer(
        _("Position"), default=0, help=_("The lowest is applied first.")
    )
    base: Mapped[str] = choice(_("Taken from"), BASES, default="running")
    group: Mapped[str | None] = text(
        _("Exclusion group"), length=100, help=_("Of one group only the first that fits applies.")
    )
    coupon_needed: Mapped[bool] = boolean(_("Only with a coupon"))
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
    valid_from: Mapped[dt.date | None] = date(_("Valid from"), help=_("Empty: since ever."))
    valid_to: Mapped[dt.date | None] = date(_("Valid to"), help=_("The last day."))
    budget: Mapped[int | None] = money(_("Budget"), help=_("In the company's currency."))
    claim_cap: Mapped[int | None] = integer(_("At most so many orders"), minimum=1)
    account_cap: Mapped[int | None] = integer(_("At most so many orders an account"), minimum=1)
    spent: Mapped[int] = money(_("Spent"), readonly=True, default=0)
    claims: Mapped[int] = integer(_("Orders with it"), readonly=True, default=0)
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)


class PromotionItem(CompanyModel):
    """A product or category that a promotion is about; without any it is about everything. Of a
    bundle these are the parts."""

    __tablename__ = "pricing_promotion_item"
    __collection__ = "promotion-items"
    __label__ = _("Product of a promotion")
    __label_plural__ = _("Products of promotions")
    __title__ = "id"
    __find_by__ = ("external_id",)
    __search__ = ()
    __parent__ = "promotion_id"

    promotion_id: Mapped[int] = reference("pricing.Promotion", _("Promotion"), on_delete="cascade")
    product_id: Mapped[int | None] = reference("catalog.Product", _("Product"))
    category_id: Mapped[int | None] = reference("catalog.Category", _("Category"))
    quantity: Mapped[Decimal] = decimal(_("Quantity in a bundle"), minimum=0, default=Decimal(1))
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)


class Coupon(CompanyModel):
    """A code that opens a promotion, so many times."""

    __tablename__ = "pricing_coupon"
    __collection__ = "coupons"
    __label__ = _("Coupon")
    __label_plural__ = _("Coupons")
    __title__ = "code"
    __find_by__ = ("code",)
    __search__ = ("code",)

    promotion_id: Mapped[int] = reference("pricing.Promotion", _("Promotion"), on_delete="cascade")
    code: Mapped[str] = text(_("Code"), length=60, unique=True)
    most_uses: Mapped[int | None] = integer(
        _("At most so many orders"), minimum=1, default=1, help=_("Empty: any number.")
    )
    uses: Mapped[int] = integer(_("Orders with it"), readonly=True, default=0)
    valid_to: Mapped[dt.date | None] = date(_("Valid to"), help=_("The last day."))


class Claim(CompanyModel):
    """What a confirmed order takes of a promotion, by its number; given back when cancelled."""

    __tablename__ = "pricing_claim"
    __collection__ = "claims"
    __label__ = _("Claim of a promotion")
    __label_plural__ = _("Claims of promotions")
    __title__ = "document"
    __find_by__ = ()
    __search__ = ("document",)
    __actions__ = ("read", "export")
    __table_args__ = (
        sa.UniqueConstraint("company_id", "promotion_id", "document"),
        sa.Index(None, "company_id", "document"),
    )

    promotion_id: Mapped[int] = reference("pricing.Promotion", _("Promotion"), readonly=True)
    coupon_id: Mapped[int | None] = reference("pricing.Coupon", _("Coupon"), readonly=True)
    document: Mapped[str] = text(_("Document number"), length=100, readonly=True)
    amount: Mapped[int] = money(_("Amount"), readonly=True, help=_("In the company's currency."))
    on: Mapped[dt.date] = date(_("Day"), readonly=True, indexed=True)
    released_on: Mapped[dt.date | None] = date(_("Given back on"), readonly=True)
