"""Reading the factors of all accounts, and keeping their health of the month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import today
from plugin_api.models import model_of
from plugins.crm.api import Account, Contact
from plugins.segments.models import Factor, Health
from plugins.segments.models.grades import usual_measure
from plugins.segments.services import figures
from plugins.segments.services.health_rules import Part, points, score

HALF = 182
FALLING = -10
"""So many points less than a month before, and an account is falling."""
CHUNK = 500

Values = Mapping[int, Decimal]


def factors() -> list[Factor]:
    """Those in use whose plugin is on."""
    asked = sa.select(Factor).where(Factor.active, Factor.weight > 0).order_by(Factor.weight.desc())
    return [each for each in host().session.scalars(asked) if READ[each.kind][0]()]


def _contact() -> Values:
    """Without any contact it counts from the day on which the account was made."""
    from plugins.activities.api import last_of

    last = last_of("crm.Account", today())
    since = sa.type_coerce(
        sa.func.coalesce(last.c.day, host().local_day(Account.created_at)), sa.Date()
    )
    asked = sa.select(Account.id, since).outerjoin(last, last.c.record_id == Account.id)
    return {row[0]: Decimal((today() - row[1]).days) for row in host().session.execute(asked)}


def _overdue() -> Values:
    """How long the oldest sum is overdue; 0 for who owes nothing, nothing for who never did."""
    due: Any = model_of("sales.Receivable")
    late = sa.func.min(sa.case((sa.and_(due.open > 0, due.due_on < today()), due.due_on)))
    asked = (
        sa.select(due.account_id, sa.type_coerce(late, sa.Date()))
        .where(due.account_id.is_not(None), due.status != "planned")
        .group_by(due.account_id)
    )
    return {
        row[0]: Decimal((today() - row[1]).days if row[1] is not None else 0)
        for row in host().session.execute(asked)
    }


def _trend() -> Values:
    """The last half-year against the one before, in percent; from nothing to something is +100."""
    key = usual_measure()
    now = figures.by_account(key, HALF)
    before = figures.by_account(key, HALF, today() - dt.timedelta(days=HALF))
    found: dict[int, Decimal] = {}
    for id_ in now.keys() | before.keys():
        new, old = now.get(id_, Decimal(0)), before.get(id_, Decimal(0))
        if old > 0:
            found[id_] = ((new - old) / old * 100).quantize(Decimal("0.1"))
        elif new > 0:
            found[id_] = Decimal(100)
    return found


def _cases() -> Values:
    case: Any = model_of("service.Case")
    urgent = sa.and_(case.priority == "critical", case.state.not_in(("solved", "closed")))
    asked = (
        sa.select(case.account_id, sa.func.coalesce(sa.func.sum(sa.case((urgent, 1), else_=0)), 0))
        .where(case.account_id.is_not(None))
        .group_by(case.account_id)
    )
    return {row[0]: Decimal(row[1]) for row in host().session.execute(asked)}


def _breadth() -> Values:
    asked = (
        sa.select(Account.id, sa.func.count(Contact.id))
        .outerjoin(Contact, sa.and_(Contact.account_id == Account.id, Contact.archived.is_(False)))
        .group_by(Account.id)
    )
    return {row[0]: Decimal(row[1]) for row in host().session.execute(asked)}


def _on(plugin: str) -> Callable[[], bool]:
    return lambda: host().is_enabled(plugin)


READ: Mapping[str, tuple[Callable[[], bool], Callable[[], Values]]] = {
    "contact": (_on("activities"), _contact),
    "overdue": (_on("sales"), _overdue),
    "trend": (_on("crm"), _trend),
    "cases": (_on("service"), _cases),
    "breadth": (_on("crm"), _breadth),
}
"""Factor → whether it can be known here, and the values of all accounts: a statement or two."""


def refresh() -> int:
    """Keep the health of this month of every account in use; how many were written. A statement or
    two a factor, and one for each that differs."""
    used = factors()
    read = {each.kind: READ[each.kind][1]() for each in used}
    ids = list(host().session.scalars(sa.select(Account.id).where(Account.archived.is_(False))))
    month = today().replace(day=1)
    before = _scores((month - dt.timedelta(days=1)).replace(day=1))
    wanted: dict[int, tuple[int, int, dict[str, Any]]] = {}
    for id_ in ids:
        parts = [
            Part(each.kind, value, points(value, Decimal(each.none_at), Decimal(each.full_at)),
                 each.weight)
            for each in used
            if (value := read[each.kind].get(id_)) is not None
        ]  # fmt: skip
        found = score(parts)
        if found is not None:
            said = {part.kind: [float(part.value), part.points, part.weight] for part in parts}
            wanted[id_] = found, found - before.get(id_, found), said
    return _keep(month, wanted)


def _scores(month: dt.date) -> Mapping[int, int]:
    asked = sa.select(Health.account_id, Health.score).where(Health.month == month)
    return {row[0]: row[1] for row in host().session.execute(asked)}


def _keep(month: dt.date, wanted: Mapping[int, tuple[int, int, dict[str, Any]]]) -> int:
    here: Any = Health
    asked = sa.select(here.account_id, here.score, here.change, here.parts)
    held = {
        row[0]: tuple(row[1:]) for row in host().session.execute(asked.where(here.month == month))
    }
    names = ("score", "change", "parts")
    fresh = [
        {"account_id": id_, "month": month, **dict(zip(names, want, strict=True))}
        for id_, want in wanted.items()
        if id_ not in held
    ]
    host().records.add_rows(Health, fresh)
    changed = [id_ for id_, want in wanted.items() if held.get(id_, want) != want]
    for start in range(0, len(changed), CHUNK):
        part = changed[start : start + CHUNK]
        which = sa.select(Health).where(Health.month == month, Health.account_id.in_(part))
        for row in host().session.scalars(which):
            for name, value in zip(names, wanted[row.account_id], strict=True):
                setattr(row, name, value)
    return len(fresh) + len(changed)
