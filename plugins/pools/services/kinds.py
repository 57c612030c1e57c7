"""Accounts and leads, as pools know them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from plugin_api.models import CompanyModel
from plugins.crm.api import Account, Lead, Opportunity
from plugins.pools.models import Place

MODELS: dict[str, type[CompanyModel]] = {"account": Account, "lead": Lead}
OPEN_LEADS = ("new", "working", "qualified")
COPIED = ("industry", "city", "region", "country", "source")


def kind_of(record: CompanyModel) -> str:
    """The kind of a record."""
    return "account" if isinstance(record, Account) else "lead"


def model_of(kind: str) -> Any:
    """The model of a kind."""
    return MODELS[kind]


def column_of(kind: str) -> Any:
    """The reference of a place to records of a kind."""
    return Place.account_id if kind == "account" else Place.lead_id


def record_id(place: Place) -> int:
    """The record that lies there."""
    return (place.account_id if place.kind == "account" else place.lead_id) or 0


def in_use(kind: str) -> sa.ColumnElement[bool]:
    """Records that are worked with: accounts that are not archived, leads that are open."""
    if kind == "account":
        return Account.archived.is_(False)
    return sa.and_(Lead.status.in_(OPEN_LEADS), Lead.archived.is_(False))


def is_used(record: Any) -> bool:
    """The same of a record at hand."""
    if isinstance(record, Account):
        return not record.archived
    return record.status in OPEN_LEADS and not record.archived


def was_won(account_id: Any) -> sa.ColumnElement[bool]:
    """Something was won at the account."""
    return (
        sa.select(Opportunity.id)
        .where(Opportunity.account_id == account_id, Opportunity.outcome == "won")
        .exists()
    )


def title(record: Any) -> str:
    """What a place is called. Of a lead: the organisation and the person."""
    if isinstance(record, Account):
        return str(record.name)
    parts = [record.company_name, record.name]
    said = " · ".join(dict.fromkeys(part for part in parts if part))
    return said[:200] or f"#{record.id}"


def copy(record: Any, place: Place) -> None:
    """Have a place say what its record says."""
    place.name = title(record)
    place.grade = getattr(record, "grade", None)
    for field in COPIED:
        setattr(place, field, getattr(record, field))
