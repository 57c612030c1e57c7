"""Whether entries, statements and payouts say the same, to the cent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company
from plugins.incentives.models import Entry, Payout, Plan, Statement
from plugins.incentives.services import paying

MOST = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Sums:
    """A plan in minor units: its entries, its statements, and how far those are."""

    plan_id: int
    name: str
    entries: int
    statements: int
    open: int
    approved: int
    paid: int

    @property
    def differs(self) -> int:
        """What the statements say more than the entries: 0."""
        return self.statements - self.entries


@dataclass(frozen=True, kw_only=True, slots=True)
class Paid:
    """A payout: what it says, and what its statements come to."""

    payout: Payout
    statements: int

    @property
    def differs(self) -> int:
        """What the payout says more than its statements: 0."""
        return self.payout.amount - self.statements


@dataclass(frozen=True, slots=True)
class Odd:
    """A statement that does not say what its entries come to."""

    statement_id: int
    name: str
    says: int
    entries: int


def plans() -> list[Sums]:
    """Each plan's sums, as far as the actor may see entries and statements."""
    entered = _by_plan(sa.select(Entry.plan_id, sa.func.sum(Entry.amount)), Entry)
    stated: dict[int, dict[str, int]] = {}
    asked = sa.select(Statement.plan_id, Statement.state, sa.func.sum(Statement.amount)).where(
        host().records.visible(Statement)
    )
    for plan_id, state, amount in host().session.execute(
        asked.group_by(Statement.plan_id, Statement.state)
    ):
        stated.setdefault(plan_id, {})[state] = int(amount)
    ids = sorted(entered.keys() | stated.keys())
    names = host().session.execute(sa.select(Plan.id, Plan.name).where(Plan.id.in_(ids)))
    known = {row[0]: row[1] for row in names}
    return [
        Sums(
            plan_id=id_, name=known.get(id_, f"#{id_}"), entries=entered.get(id_, 0),
            statements=sum(stated.get(id_, {}).values()),
            **{state: stated.get(id_, {}).get(state, 0) for state in ("open", "approved", "paid")},
        )
        for id_ in ids
    ]  # fmt: skip


def payouts() -> list[Paid]:
    """The newest payouts beside their statements."""
    sums = sa.select(Statement.payout_id, sa.func.sum(Statement.amount)).where(
        Statement.payout_id.is_not(None)
    )
    found = host().session.execute(
        sums.where(host().records.visible(Statement)).group_by(Statement.payout_id)
    )
    held = {row[0]: int(row[1]) for row in found}
    asked = sa.select(Payout).where(host().records.visible(Payout))
    newest = host().session.scalars(asked.order_by(Payout.id.desc()).limit(MOST))
    return [Paid(payout=each, statements=held.get(each.id, 0)) for each in newest]


@dataclass(frozen=True, kw_only=True, slots=True)
class Foreign:
    """What is paid in another currency: statements in minor units of the company's currency, and
    of the other; ``wrong`` of them do not come to their amount at the rate that they name."""

    currency: str
    number: int
    amount: int
    paid: int
    wrong: int


def foreign() -> list[Foreign]:
    """Statements whose amount in another currency is kept, by that. One statement."""
    asked = sa.select(
        Statement.pay_currency, Statement.amount, Statement.pay_amount, Statement.pay_rate
    ).where(Statement.pay_amount.is_not(None), host().records.visible(Statement))
    own = current_company().currency
    found: dict[str, list[tuple[int, int, bool]]] = {}
    rows: Sequence[Any] = host().session.execute(asked).all()
    for code, amount, paid, rate in rows:
        is_right = paid == paying.converted(amount, own, code, rate)
        found.setdefault(code, []).append((amount, paid, is_right))
    return [
        Foreign(
            currency=code, number=len(some), amount=sum(each[0] for each in some),
            paid=sum(each[1] for each in some), wrong=sum(not each[2] for each in some),
        )
        for code, some in sorted(found.items())
    ]  # fmt: skip


def odd() -> list[Odd]:
    """Statements whose entries come to something else: none."""
    sums = (
        sa.select(Entry.statement_id, sa.func.sum(Entry.amount).label("amount"))
        .group_by(Entry.statement_id)
        .subquery()
    )
    entries = sa.func.coalesce(sums.c.amount, 0)
    asked = (
        sa.select(Statement.id, Statement.name, Statement.amount, entries)
        .outerjoin(sums, sums.c.statement_id == Statement.id)
        .where(Statement.amount != entries, host().records.visible(Statement))
        .order_by(Statement.id)
        .limit(MOST)
    )
    return [Odd(row[0], row[1], row[2], int(row[3])) for row in host().session.execute(asked)]


def _by_plan(asked: Any, model: Any) -> dict[int, int]:
    found = host().session.execute(
        asked.where(host().records.visible(model)).group_by(model.plan_id)
    )
    return {row[0]: int(row[1]) for row in found}
