"""Short words for tests of pay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from core.identity import service
from plugin_api.context import acting_as, clock_at, current_company
from plugin_api.host import host
from plugins.crm.models import Account, Opportunity
from plugins.incentives.models import (
    Component,
    Entry,
    Participant,
    Plan,
    Statement,
    Step,
    Version,
)
from tests.plugins.crm.kit import user

TIERS = ((0, 5), (100_000, 7), (200_000, 10))
WON = "crm.won_amount"


@contextmanager
def on(day: str) -> Iterator[None]:
    """Noon of a day in China."""
    with clock_at(dt.datetime.fromisoformat(f"{day}T12:00+08:00")):
        yield


@contextmanager
def acting(name: str, slug: str = "acme") -> Iterator[None]:
    """Work as somebody inside a transaction of the system."""
    found = service.find_user(f"{name}@{slug}.example")
    with acting_as(current_company(), service.actor_for(found)):
        yield


def plan(name: str = "Commission", **given: Any) -> Plan:
    return host().records.create(Plan, {"name": name, **given})


def version(
    of: Plan,
    start: str = "2025-01-01",
    *,
    rule: str = "marginal",
    steps: Sequence[tuple[Any, Any]] = TIERS,
    publish: bool = True,
    part: dict[str, Any] | None = None,
    **given: Any,
) -> Version:
    """A version with one component on what was won."""
    records = host().records
    made = records.create(
        Version, {"plan_id": of.id, "valid_from": dt.date.fromisoformat(start), **given}
    )
    component = records.create(
        Component,
        {"plan_version_id": made.id, "name": "Sales", "measure": WON, "rule": rule, **(part or {})},
    )
    for at, rate in steps if rule != "flat" else ():
        records.create(
            Step,
            {"component_id": component.id, "start": Decimal(str(at)), "rate": Decimal(str(rate))},
        )
    if publish:
        records.transition(made, "publish")
    return made


def takes_part(of: Plan, name: str = "ann", start: str = "2025-01-01", **given: Any) -> Participant:
    values = {"plan_id": of.id, "user_id": user(name), "starts_on": dt.date.fromisoformat(start)}
    return host().records.create(Participant, {**values, **given})


def won(amount: str | int, day: str, name: str = "ann", currency: str = "CNY") -> Opportunity:
    """A deal that was won on a day; ``amount`` in yuan."""
    account = host().records.create(Account, {"name": f"Harbour {day} {amount} {name}"})
    deal = host().records.create(
        Opportunity,
        {"name": "Deal", "account_id": account.id, "owner_id": user(name),
         "amount": int(Decimal(str(amount)) * 100), "currency": currency},
    )  # fmt: skip
    with on(day):
        host().records.transition(deal, "win")
    return deal


def entries(name: str = "ann") -> list[tuple[str, str, int]]:
    """What was entered for somebody: month, kind, amount in fen."""
    asked = sa.select(Entry.start, Entry.kind, Entry.amount).where(Entry.user_id == user(name))
    found = host().session.execute(asked.order_by(Entry.id))
    return [(f"{row[0]:%m}", row[1], row[2]) for row in found]


def sums(name: str = "ann") -> dict[str, int]:
    """What the statements of somebody come to by month, in fen."""
    asked = sa.select(Statement.start, Statement.amount).where(Statement.user_id == user(name))
    return {f"{row[0]:%m}": row[1] for row in host().session.execute(asked)}
