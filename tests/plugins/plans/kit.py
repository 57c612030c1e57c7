"""Short words for tests of plans."""

from __future__ import annotations

import datetime as dt
from typing import Any

from plugin_api.context import clock_at, today
from plugin_api.host import host
from plugins.crm.models import Opportunity
from plugins.plans.models import Dependency, Objective, Step, Strategy
from tests.plugins.crm.kit import acting, user

__all__ = [
    "acting", "at", "days", "fresh", "objective", "step", "strategy", "user", "waits", "win",
]  # fmt: skip


def at(month: int, day: int, hour: int = 4, year: int = 2026) -> dt.datetime:
    """An instant; noon in Shanghai."""
    return dt.datetime(year, month, day, hour, tzinfo=dt.UTC)


def days(number: int) -> dt.date:
    """So many days from today."""
    return today() + dt.timedelta(days=number)


def strategy(**values: Any) -> Strategy:
    """A strategy of the boss that says all that it needs to begin."""
    given = {
        "name": "Sell to hospitals", "owner_id": user("boss"), "measure": "crm.won_amount",
        "hypothesis": "If we train doctors, they order more.", "expected_change": 10,
        "start": today(), "review_on": days(30), **values,
    }  # fmt: skip
    return host().records.create(Strategy, given)


def objective(**values: Any) -> Objective:
    """An objective of Ann's on won amounts, of this month."""
    first = today().replace(day=1)
    last = (first + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)
    given = {
        "name": "More from hospitals", "owner_id": user("ann"), "measure": "crm.won_amount",
        "start": first, "end": last, "goal_amount": 100_000_00, **values,
    }  # fmt: skip
    return host().records.create(Objective, given)


def step(name: str = "Visit ten", of: Objective | None = None, **values: Any) -> Step:
    """A step of Ann's, due in a few days."""
    given = {
        "name": name, "owner_id": user("ann"), "due": days(3),
        "objective_id": None if of is None else of.id, **values,
    }  # fmt: skip
    return host().records.create(Step, given)


def waits(step: Step, before: Step, lag: int = 0) -> Dependency:
    """Have one wait for another."""
    given = {"step_id": step.id, "before_id": before.id, "lag": lag}
    return host().records.create(Dependency, given)


def fresh(record: Any) -> Any:
    """A record as the database has it."""
    host().session.flush()
    host().session.refresh(record)
    return record


def win(amount: int, on: dt.date, name: str = "ann") -> None:
    """A deal of somebody that was won on a day."""
    with clock_at(dt.datetime.combine(on, dt.time(4), dt.UTC)):
        made = host().records.create(
            Opportunity, {"name": f"Deal {amount}", "amount": amount, "owner_id": user(name)}
        )
        host().records.transition(made, "win", {"closed_on": on})
