"""Short words for tests of the pools."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa

from plugin_api.host import host
from plugins.crm.models import Account, Lead
from plugins.pools.models import Change, Place, Pool, Rule
from tests.plugins.crm.kit import acting, user

__all__ = [
    "account", "acting", "at", "changes", "held", "lead", "place_of", "pool", "rule", "user",
]  # fmt: skip


def at(month: int, day: int, hour: int = 4) -> dt.datetime:
    """An instant of 2026; noon in Shanghai."""
    return dt.datetime(2026, month, day, hour, tzinfo=dt.UTC)


def pool(**values: Any) -> Pool:
    """A pool that is open to everybody."""
    given = {"name": "Pool", "kind": "account", "open_to_all": True, **values}
    return host().records.create(Pool, given)


def rule(of: Pool, days: int, event: str = "contact", **values: Any) -> Rule:
    """A return rule."""
    given = {"name": f"{event} {days}", "pool_id": of.id, "event": event, "days": days, **values}
    return host().records.create(Rule, given)


def account(name: str = "Blue Mill", owner: str | None = None, **values: Any) -> Account:
    """An account of nobody, or of somebody."""
    who = user(owner) if owner else None
    return host().records.create(Account, {"name": name, "owner_id": who, **values})


def lead(name: str = "Jo Park", owner: str | None = None, **values: Any) -> Lead:
    """A lead of nobody, or of somebody."""
    who = user(owner) if owner else None
    return host().records.create(Lead, {"name": name, "owner_id": who, **values})


def place_of(record: Account | Lead) -> Place:
    """Where a record lies."""
    column = Place.account_id if isinstance(record, Account) else Place.lead_id
    host().session.flush()
    return host().session.scalars(sa.select(Place).where(column == record.id)).one()


def held(record: Account | Lead, name: str, transition: str = "claim", **values: Any) -> Place:
    """A place after somebody took it."""
    place = place_of(record)
    with acting(name):
        host().records.transition(place, transition, values)
    return place


def changes(place: Place) -> list[str]:
    """What happened to a place."""
    asked = sa.select(Change.kind).where(Change.place_id == place.id).order_by(Change.id)
    return list(host().session.scalars(asked))
