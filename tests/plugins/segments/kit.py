"""Short words for tests of segments."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa

from plugin_api.host import host
from plugins.crm.models import Account, Opportunity
from plugins.segments.models import GradeChange, Grading, Override, Standing
from tests.plugins.crm.kit import acting, user

__all__ = [
    "account", "acting", "at", "changes", "grade", "grading", "override", "standing", "user", "won",
]  # fmt: skip


def at(month: int, day: int, year: int = 2026) -> dt.datetime:
    """Noon in Shanghai."""
    return dt.datetime(year, month, day, 4, tzinfo=dt.UTC)


def account(name: str = "Blue Mill", owner: str | None = None, **values: Any) -> Account:
    """An account of nobody, or of somebody."""
    who = user(owner) if owner else None
    return host().records.create(Account, {"name": name, "owner_id": who, **values})


def won(of: Account, amount: float, on: dt.date = dt.date(2026, 6, 1), **values: Any) -> None:
    """Something sold to an account."""
    given = {
        "account_id": of.id, "outcome": "won", "amount": round(amount * 100), "created_on": on,
        "closed_on": on, "owner_id": of.owner_id, **values,
    }  # fmt: skip
    host().records.create(Opportunity, given)


def grading(**values: Any) -> Grading:
    """A grading by what was won in a year."""
    given = {"name": "By revenue", "measure": "crm.won_amount", **values}
    return host().records.create(Grading, given)


def grade(of: Account) -> str | None:
    """The grade of an account, as the database has it."""
    host().session.flush()
    return host().session.scalar(sa.select(Account.grade).where(Account.id == of.id))


def standing(of: Account) -> Standing:
    """Where an account stands."""
    asked = sa.select(Standing).where(Standing.account_id == of.id)
    return host().session.scalars(asked).one()


def changes(of: Account) -> list[tuple[str | None, str | None, str]]:
    """The grades that an account came to: from, to, why."""
    asked = sa.select(GradeChange.from_grade, GradeChange.to_grade, GradeChange.kind)
    found = asked.where(GradeChange.account_id == of.id).order_by(GradeChange.id)
    return [tuple(row) for row in host().session.execute(found)]


def override(of: Account, to: str, until: dt.date, who: str = "ann", **values: Any) -> Override:
    """Somebody asks for another grade."""
    given = {"account_id": of.id, "grade": to, "until": until, "reason": "A pilot", **values}
    with acting(who):
        return host().records.create(Override, given)
