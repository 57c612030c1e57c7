"""Organisations the company sells to, and the people there."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from plugin_api.context import lazy_gettext as _
from plugin_api.models import (
    Choice,
    CompanyModel,
    boolean,
    choice,
    integer,
    longtext,
    money,
    reference,
    text,
)
from plugins.crm.access import CONTACT_DATA

TYPES = (
    Choice(value="prospect", label=_("Prospect")),
    Choice(value="customer", label=_("Customer"), tone="good"),
    Choice(value="partner", label=_("Partner"), tone="info"),
    Choice(value="competitor", label=_("Competitor"), tone="warn"),
    Choice(value="former", label=_("Former customer")),
    Choice(value="other", label=_("Other")),
)
SIZES = (
    Choice(value="micro", label=_("Micro (up to 9)")),
    Choice(value="small", label=_("Small (10 to 49)")),
    Choice(value="medium", label=_("Medium (50 to 249)")),
    Choice(value="large", label=_("Large (250 to 999)")),
    Choice(value="enterprise", label=_("Enterprise (1,000 and more)")),
)
GRADES = (
    Choice(value="A", label="A", tone="good"),
    Choice(value="B", label="B", tone="info"),
    Choice(value="C", label="C"),
    Choice(value="D", label="D", tone="warn"),
)


class Account(CompanyModel):
    """An organisation: a prospect, a customer, a partner."""

    __tablename__ = "crm_account"
    __collection__ = "accounts"
    __label__ = _("Account")
    __label_plural__ = _("Accounts")
    __find_by__ = ("external_id", "name")
    __search__ = ("name", "external_id", "phone", "email", "city")
    __matched__ = ("name", "phone", "email", "website", "address", "city")
    __owner__ = "owner_id"
    __aside__ = ("archived", True)

    name: Mapped[str] = text(_("Name"), indexed=True)
    type: Mapped[str] = choice(_("Type"), TYPES, default="prospect")
    parent_id: Mapped[int | None] = reference(
        "crm.Account", _("Subsidiary of"), help=_("The account that owns this one.")
    )
    owner_id: Mapped[int | None] = reference("core.User", _("Owner"))
    industry: Mapped[str | None] = text(_("Industry"), length=100, indexed=True)
    grade: Mapped[str | None] = choice(
        _("Grade"), GRADES, help=_("How important the account is, A first.")
    )
    size: Mapped[str | None] = choice(_("Size"), SIZES)
    employees: Mapped[int | None] = integer(_("Employees"), minimum=0)
    annual_revenue: Mapped[int | None] = money(
        _("Annual revenue"), help=_("In the company's currency.")
    )
    founded_year: Mapped[int | None] = integer(_("Founded in"), minimum=0, maximum=9999)
    phone: Mapped[str | None] = text(_("Phone"), length=100, kind="phone", unmask=CONTACT_DATA)
    fax: Mapped[str | None] = text(_("Fax"), length=100, kind="phone", unmask=CONTACT_DATA)
    email: Mapped[str | None] = text(_("E-mail"), kind="email", unmask=CONTACT_DATA)
    website: Mapped[str | None] = text(_("Website"), length=500, kind="url")
    address: Mapped[str | None] = text(_("Address"), length=500)
    city: Mapped[str | None] = text(_("City"), length=100)
    region: Mapped[str | None] = text(_("Region"), length=100)
    postal_code: Mapped[str | None] = text(_("Postal code"), length=40)
    country: Mapped[str | None] = text(_("Country"), length=100, indexed=True)
    source: Mapped[str | None] = text(
        _("Source"), length=100, help=_("How the company came to know of it.")
    )
    description: Mapped[str | None] = longtext(_("Description"))
    archived: Mapped[bool] = boolean(
        _("Archived"), help=_("Out of the way, but still part of the history.")
    )
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)


class Contact(CompanyModel):
    """A person, at an account or on their own."""

    __tablename__ = "crm_contact"
    __collection__ = "contacts"
    __label__ = _("Contact")
    __label_plural__ = _("Contacts")
    __find_by__ = ("external_id", "email", "name")
    __search__ = ("name", "email", "phone", "mobile", "external_id")
    __matched__ = ("name", "email", "mobile", "phone")
    __owner__ = "owner_id"
    __aside__ = ("archived", True)

    name: Mapped[str] = text(_("Name"), indexed=True, personal=True)
    account_id: Mapped[int | None] = reference("crm.Account", _("Account"))
    title: Mapped[str | None] = text(
        _("Title"), help=_("The position: purchasing manager."), personal=True
    )
    department: Mapped[str | None] = text(_("Department"), length=100)
    role: Mapped[str | None] = text(
        _("Role in the purchase"), length=100, help=_("Who decides, advises, uses, pays.")
    )
    reports_to_id: Mapped[int | None] = reference(
        "crm.Contact", _("Reports to"), narrow={"account": "account"}
    )
    owner_id: Mapped[int | None] = reference("core.User", _("Owner"))
    email: Mapped[str | None] = text(
        _("E-mail"), kind="email", indexed=True, personal=True, unmask=CONTACT_DATA
    )
    phone: Mapped[str | None] = text(
        _("Phone"), length=100, kind="phone", personal=True, unmask=CONTACT_DATA
    )
    mobile: Mapped[str | None] = text(
        _("Mobile"), length=100, kind="phone", personal=True, unmask=CONTACT_DATA
    )
    fax: Mapped[str | None] = text(
        _("Fax"), length=100, kind="phone", personal=True, unmask=CONTACT_DATA
    )
    address: Mapped[str | None] = text(_("Address"), length=500, personal=True)
    city: Mapped[str | None] = text(_("City"), length=100, personal=True)
    region: Mapped[str | None] = text(_("Region"), length=100)
    postal_code: Mapped[str | None] = text(_("Postal code"), length=40, personal=True)
    country: Mapped[str | None] = text(_("Country"), length=100)
    do_not_email: Mapped[bool] = boolean(_("No e-mail, please"))
    do_not_call: Mapped[bool] = boolean(_("No calls, please"))
    description: Mapped[str | None] = longtext(_("Description"), personal=True)
    archived: Mapped[bool] = boolean(
        _("Archived"), help=_("Out of the way, but still part of the history.")
    )
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True, personal=True)
