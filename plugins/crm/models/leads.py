"""People and organisations who may be interested, before it is known whether they are."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.context import lazy_gettext as _
from plugin_api.models import (
    Choice,
    CompanyModel,
    boolean,
    choice,
    date,
    integer,
    longtext,
    money,
    reference,
    text,
)
from plugins.crm.access import CONTACT_DATA

STATUSES = (
    Choice(value="new", label=_("New"), tone="info"),
    Choice(value="working", label=_("Working")),
    Choice(value="qualified", label=_("Qualified"), tone="warn"),
    Choice(value="converted", label=_("Converted"), tone="good"),
    Choice(value="disqualified", label=_("Disqualified"), tone="bad"),
)


def new() -> str:
    """How a lead starts; one that was followed elsewhere may be entered further on."""
    return "new"


class Lead(CompanyModel):
    """Somebody who may become a customer."""

    __tablename__ = "crm_lead"
    __collection__ = "leads"
    __label__ = _("Lead")
    __label_plural__ = _("Leads")
    __find_by__ = ("external_id", "email", "name")
    __search__ = ("name", "company_name", "email", "phone", "mobile", "external_id")
    __matched__ = ("name", "company_name", "email", "mobile", "phone", "website")
    __owner__ = "owner_id"
    __aside__ = ("archived", True)
    __table_args__ = (
        sa.Index(None, "company_id", "status", "created_on"),
        sa.Index(None, "company_id", "created_on"),
    )

    name: Mapped[str | None] = text(
        _("Name"), help=_("The person. Empty: taken from what else is known."), personal=True
    )
    company_name: Mapped[str | None] = text(_("Company"), indexed=True)
    title: Mapped[str | None] = text(
        _("Title"), help=_("The position: purchasing manager."), personal=True
    )
    status: Mapped[str] = choice(_("Status"), STATUSES, default=new)
    owner_id: Mapped[int | None] = reference("core.User", _("Owner"))
    source: Mapped[str | None] = text(_("Source"), length=100, indexed=True)
    campaign: Mapped[str | None] = text(_("Campaign"))
    score: Mapped[int | None] = integer(_("Score"), help=_("How promising, the more the better."))
    email: Mapped[str | None] = text(
        _("E-mail"), kind="email", indexed=True, personal=True, unmask=CONTACT_DATA
    )
    phone: Mapped[str | None] = text(
        _("Phone"), length=100, kind="phone", personal=True, unmask=CONTACT_DATA
    )
    mobile: Mapped[str | None] = text(
        _("Mobile"), length=100, kind="phone", personal=True, unmask=CONTACT_DATA
    )
    website: Mapped[str | None] = text(_("Website"), length=500, kind="url")
    industry: Mapped[str | None] = text(_("Industry"), length=100)
    employees: Mapped[int | None] = integer(_("Employees"), minimum=0)
    annual_revenue: Mapped[int | None] = money(
        _("Annual revenue"), help=_("In the company's currency.")
    )
    address: Mapped[str | None] = text(_("Address"), length=500, personal=True)
    city: Mapped[str | None] = text(_("City"), length=100, personal=True)
    region: Mapped[str | None] = text(_("Region"), length=100)
    postal_code: Mapped[str | None] = text(_("Postal code"), length=40, personal=True)
    country: Mapped[str | None] = text(_("Country"), length=100)
    product_id: Mapped[int | None] = reference("catalog.Product", _("Product"))
    do_not_email: Mapped[bool] = boolean(_("No e-mail, please"))
    do_not_call: Mapped[bool] = boolean(_("No calls, please"))
    description: Mapped[str | None] = longtext(_("Description"), personal=True)
    disqualify_reason: Mapped[str | None] = text(_("Why disqualified"), length=500)
    created_on: Mapped[dt.date | None] = date(_("Created on"))
    converted_on: Mapped[dt.date | None] = date(_("Converted on"))
    account_id: Mapped[int | None] = reference(
        "crm.Account", _("Account"), help=_("What became of it. Empty: found by name, or made.")
    )
    contact_id: Mapped[int | None] = reference("crm.Contact", _("Contact"))
    opportunity_id: Mapped[int | None] = reference("crm.Opportunity", _("Opportunity"))
    archived: Mapped[bool] = boolean(
        _("Archived"), help=_("Out of the way, and counted nowhere any more.")
    )
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True, personal=True)
