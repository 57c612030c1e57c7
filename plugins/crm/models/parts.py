"""What an opportunity is made of, and who is credited with it."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import Mapped

from plugin_api.context import lazy_gettext as _
from plugin_api.models import (
    CompanyModel,
    boolean,
    currency,
    decimal,
    integer,
    money,
    percent,
    reference,
    text,
)
from plugins.crm.models.opportunities import company_currency


class OpportunityLine(CompanyModel):
    """A product of an opportunity. With lines, the opportunity's amount is their sum."""

    __tablename__ = "crm_opportunity_line"
    __collection__ = "opportunity-lines"
    __label__ = _("Opportunity line")
    __label_plural__ = _("Opportunity lines")
    __title__ = "id"
    __find_by__ = ("external_id",)
    __search__ = ("description", "external_id")
    __parent__ = "opportunity_id"

    opportunity_id: Mapped[int] = reference(
        "crm.Opportunity", _("Opportunity"), on_delete="cascade"
    )
    position: Mapped[int] = integer(_("Position"), default=0)
    product_id: Mapped[int | None] = reference("catalog.Product", _("Product"))
    description: Mapped[str | None] = text(_("Description"), length=500)
    quantity: Mapped[Decimal] = decimal(_("Quantity"), default=Decimal(1))
    price: Mapped[int | None] = money(
        _("Unit price"),
        currency_field="currency",
        help=_("Empty: the product's list price."),
    )
    discount: Mapped[Decimal] = percent(_("Discount"), minimum=0, maximum=100, default=Decimal(0))
    amount: Mapped[int | None] = money(_("Amount"), currency_field="currency", readonly=True)
    currency: Mapped[str] = currency(_("Currency"), default=company_currency)
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)


class OpportunityCredit(CompanyModel):
    """Somebody's share of an opportunity.

    The shares of an opportunity always add up to 100 %: what is not given to others stays, as
    a row of its own, with the owner. ``amount`` is the share of the amount in the company's
    currency, in whole minor units that add up to it.
    """

    __tablename__ = "crm_opportunity_credit"
    __collection__ = "opportunity-credits"
    __label__ = _("Credit")
    __label_plural__ = _("Credits")
    __title__ = "id"
    __find_by__ = ("external_id",)
    __search__ = ()
    __owner__ = "user_id"
    __parent__ = "opportunity_id"

    opportunity_id: Mapped[int] = reference(
        "crm.Opportunity", _("Opportunity"), on_delete="cascade"
    )
    user_id: Mapped[int | None] = reference("core.User", _("Person"))
    share: Mapped[Decimal] = percent(_("Share"), scale=4, minimum=0, maximum=100)
    amount: Mapped[int | None] = money(_("Credited amount"), readonly=True)
    is_rest: Mapped[bool] = boolean(
        _("The rest"), readonly=True, help=_("What is left for the owner; kept by itself.")
    )
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)
