"""Whose data is not needed any more, once nothing has happened for long."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from plugin_api.context import lazy_gettext as _
from plugin_api.retention import Retention
from plugins.crm.models import Contact, Lead, Opportunity

OPEN = ("new", "working", "qualified")


def lost_leads(before: dt.datetime) -> sa.ColumnElement[bool]:
    """Disqualified, and not touched since."""
    return sa.and_(Lead.status == "disqualified", Lead.updated_at < before)


def quiet_leads(before: dt.datetime) -> sa.ColumnElement[bool]:
    """Still open, and forgotten."""
    return sa.and_(Lead.status.in_(OPEN), Lead.updated_at < before)


def quiet_contacts(before: dt.datetime) -> sa.ColumnElement[bool]:
    """Neither they nor an opportunity with them was touched since; nothing is open with them."""
    dealt = sa.select(Opportunity.id).where(
        Opportunity.contact_id == Contact.id,
        sa.or_(Opportunity.outcome == "open", Opportunity.updated_at >= before),
    )
    return sa.and_(Contact.updated_at < before, ~dealt.exists())


RULES = (
    Retention(
        id="lost_leads", model="crm.Lead", label=_("Leads that were disqualified"),
        help=_("Counted from the last change of the lead."), due=lost_leads, months=24,
    ),
    Retention(
        id="quiet_leads", model="crm.Lead", label=_("Open leads that nobody follows up"),
        help=_("Counted from the last change of the lead."), due=quiet_leads, months=36,
    ),
    Retention(
        id="quiet_contacts", model="crm.Contact", label=_("Contacts without business"),
        help=_("Counted from the last change of the contact and of all opportunities with them;"
               " never while one is open."), due=quiet_contacts, months=60,
    ),
)  # fmt: skip
