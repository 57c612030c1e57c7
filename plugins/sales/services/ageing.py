"""Who owes how much, and for how long."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import today
from plugins.crm.api import Account
from plugins.sales.measures.receivables import age_of
from plugins.sales.models import Receipt, Receivable
from plugins.sales.services.plans import AGES

BUCKETS = len(AGES) + 1


@dataclass(slots=True)
class Owing:
    """What an account owes by bucket, and what credit it has; minor units of the company's
    currency."""

    account_id: int | None
    name: str
    buckets: list[int] = field(default_factory=lambda: [0] * BUCKETS)
    credit: int = 0

    @property
    def total(self) -> int:
        """All that is open."""
        return sum(self.buckets)

    @property
    def overdue(self) -> int:
        """What should have been paid by yesterday."""
        return sum(self.buckets[1:])


def owing(account_id: int | None = None) -> list[Owing]:
    """What accounts owe, within what the actor may see: the sum of all, then each, who is the most
    overdue first. Two statements."""
    visible = host().records.visible
    age = age_of(Receivable.due_on)
    open_ = (
        sa.select(
            Receivable.account_id, Account.name, age.label("age"),
            sa.func.sum(Receivable.open_company),
        )
        .outerjoin(Account, Account.id == Receivable.account_id)
        .where(Receivable.open > 0, visible(Receivable))
        .group_by(Receivable.account_id, Account.name, age)
    )  # fmt: skip
    credit = (
        sa.select(Receipt.account_id, Account.name, sa.func.sum(Receipt.unallocated_company))
        .join(Account, Account.id == Receipt.account_id)
        .where(Receipt.unallocated > 0, visible(Receipt))
        .group_by(Receipt.account_id, Account.name)
    )
    if account_id is not None:
        open_ = open_.where(Receivable.account_id == account_id)
        credit = credit.where(Receipt.account_id == account_id)
    whole, found = Owing(None, ""), dict[Any, Owing]()
    for id_, name, bucket, amount in host().session.execute(open_):
        one = found.setdefault(id_, Owing(id_, name or ""))
        for each in (whole, one):
            each.buckets[int(bucket)] += int(amount or 0)
    for id_, name, amount in host().session.execute(credit):
        one = found.setdefault(id_, Owing(id_, name or ""))
        for each in (whole, one):
            each.credit += int(amount or 0)
    ranked = sorted(found.values(), key=lambda one: (-one.overdue, -one.total, one.name))
    return [whole, *ranked]


def late(most: int, *where: Any) -> list[Receivable]:
    """What should have been paid by yesterday, the oldest first."""
    asked = (
        sa.select(Receivable)
        .where(
            Receivable.open > 0, Receivable.due_on < today(),
            host().records.visible(Receivable), *where,
        )
        .order_by(Receivable.due_on, Receivable.id)
        .limit(most)
    )  # fmt: skip
    return list(host().session.scalars(asked))


def period_of(bucket: int) -> dict[str, str]:
    """What a list of receivables is asked for one bucket; what has no day yet is in none."""
    day = today()
    if bucket == 0:
        return {"due_on__gte": day.isoformat()}
    asked = {"due_on__lte": (day - dt.timedelta(days=AGES[bucket - 1] + 1)).isoformat()}
    if bucket < len(AGES):
        asked["due_on__gte"] = (day - dt.timedelta(days=AGES[bucket])).isoformat()
    return asked
