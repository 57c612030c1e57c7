"""Leads: what they are called, and what becomes of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_actor, gettext, today
from plugin_api.errors import Rejected
from plugin_api.models import CompanyModel
from plugins.crm.models import Account, Contact, Lead, Opportunity
from plugins.crm.services import names

SHARED = ("phone", "website", "address", "city", "region", "postal_code", "country")


def complete(lead: Lead) -> None:
    """Complete or refuse a new lead. Raises Rejected."""
    lead.name = lead.name or names.of_lead(lead)
    if "created_on" not in sa.inspect(lead).dict:
        lead.created_on = today()
    if lead.status == "converted" and lead.converted_on is None:
        lead.converted_on = today()


def change(lead: Lead) -> None:
    """Complete or refuse a change."""
    lead.name = lead.name or names.of_lead(lead)


def convert(lead: Lead) -> Opportunity:
    """Make an account, a contact and an opportunity of a lead, all in one transaction.

    An account of the same name, and a contact of the same address or name there, are used
    instead of being doubled. Raises Rejected when the account is somebody else's.
    """
    owner_id = lead.owner_id or current_actor().user_id
    account = _account(lead, owner_id)
    contact = _contact(lead, account, owner_id)
    opportunity = host().records.create(
        Opportunity,
        {
            "account_id": account.id,
            "contact_id": contact.id,
            "product_id": lead.product_id,
            "owner_id": owner_id,
            "source": lead.source,
            "description": lead.description,
        },
    )
    lead.account_id, lead.contact_id = account.id, contact.id
    lead.opportunity_id = opportunity.id
    lead.status, lead.converted_on = "converted", lead.converted_on or today()
    return opportunity


def check_return(lead: Lead) -> None:
    """Refuse to take up a converted lead again while its opportunity is there."""
    if lead.opportunity_id is not None:
        raise Rejected(
            "", gettext("Delete the opportunity that was made of it first, if it was a mistake.")
        )


def take_up(lead: Lead) -> None:
    """Work on a disqualified lead again, or on one whose opportunity is gone."""
    lead.status = "working"
    lead.converted_on = lead.disqualify_reason = None


def let_go(records: Sequence[CompanyModel]) -> None:
    """Have no lead refer to records of one model that are about to be deleted. One statement."""
    key = {Account: "account_id", Contact: "contact_id", Opportunity: "opportunity_id"}
    attribute = key[type(records[0])]
    column: Any = getattr(Lead, attribute)
    here = column.in_([record.id for record in records])
    for lead in host().session.scalars(sa.select(Lead).where(here)):
        setattr(lead, attribute, None)


def _account(lead: Lead, owner_id: int | None) -> Account:
    session = host().session
    if lead.account_id is not None:
        return host().records.get(Account, lead.account_id)
    name = lead.company_name or lead.name or names.of_lead(lead)
    found = (
        session.scalars(sa.select(Account).where(Account.name == name).order_by(Account.id)).first()
        or session.scalars(
            sa.select(Account)
            .where(sa.func.lower(Account.name) == name.lower())
            .order_by(Account.id)
        ).first()
    )
    if found is None:
        values = {field: getattr(lead, field) for field in SHARED}
        return host().records.create(
            Account,
            {
                **values,
                "name": name,
                "owner_id": owner_id,
                "industry": lead.industry,
                "employees": lead.employees,
                "annual_revenue": lead.annual_revenue,
                "source": lead.source,
            },
        )
    if not host().records.may(found, "read"):
        owner = host().title_of("core.User", found.owner_id) if found.owner_id else ""
        raise Rejected(
            "account",
            gettext("“%(name)s” is an account already, of %(owner)s.", name=name, owner=owner)
            if owner
            else gettext("“%(name)s” is an account already, which you may not see.", name=name),
        )
    return found


def _contact(lead: Lead, account: Account, owner_id: int | None) -> Contact:
    session = host().session
    if lead.contact_id is not None:
        return host().records.get(Contact, lead.contact_id)
    there = sa.select(Contact).where(Contact.account_id == account.id).order_by(Contact.id)
    found = None
    if lead.email:
        same = sa.func.lower(Contact.email) == lead.email.lower()
        found = session.scalars(there.where(same)).first()
    found = found or session.scalars(there.where(Contact.name == lead.name)).first()
    if found is not None and host().records.may(found, "read"):
        return found
    return host().records.create(
        Contact,
        {
            "name": lead.name,
            "account_id": account.id,
            "owner_id": owner_id,
            "title": lead.title,
            "email": lead.email,
            "phone": lead.phone,
            "mobile": lead.mobile,
            "city": lead.city,
            "region": lead.region,
            "country": lead.country,
            "do_not_email": lead.do_not_email,
            "do_not_call": lead.do_not_call,
        },
    )
