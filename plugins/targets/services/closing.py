"""Closing the days of a cycle: a snapshot of every target, and the targets closed, at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import (
    SYSTEM,
    acting_as,
    current_actor,
    current_company,
    gettext,
    now,
    today,
)
from plugin_api.errors import Rejected
from plugins.targets.models import Closing, Snapshot, Target, TargetCycle
from plugins.targets.models.targets import STATES
from plugins.targets.services import actuals, cycles, kept, reading
from plugins.targets.services.actuals import Outcome

Values = Mapping[str, Any]
AT_ONCE = 500
"""Up to so many targets are closed while one waits; more by a job."""
CHUNK = 5_000
CLOSED_BY = "closed by"
"""Who has asked for a closing that a job does."""


def check(cycle: TargetCycle, values: Values) -> None:
    """Refuse days that are not over, are no end of a period, or are closed already. Raises
    Rejected."""
    to = _to(cycle, values)
    ends = [period.end for period in cycles.periods_of(cycle)]
    before = cycle.closed_to if kept_closing(cycle) else None
    if before is not None and to <= before:
        following = next((end for end in ends if end > before), cycle.end)
        message = gettext(
            "It is closed up to %(day)s already; the next period ends on %(next)s.",
            day=before, next=following,
        )  # fmt: skip
        raise Rejected("closed_to", message)
    if to not in ends:
        days = ", ".join(str(end) for end in ends if before is None or end > before)
        raise Rejected("closed_to", gettext("Its periods end on: %(days)s.", days=days))
    if to >= today():
        raise Rejected("closed_to", gettext("This day is not over yet."))


def begin(cycle: TargetCycle, values: dict[str, Any]) -> Mapping[str, Any] | None:
    """Close at once what is few; what is many by a job, which leaves all open until it is done."""
    to = _to(cycle, values)
    if _number(cycle, to) <= AT_ONCE:
        values["closed_to"] = to
        finish(cycle, values)
        return None
    values.pop("closed_to", None)
    payload = {"cycle": cycle.id, "to": to.isoformat(), "by": current_actor().user_id}
    host().jobs.start("targets.close", payload, about=f"targets.TargetCycle:{cycle.id}")
    return None


def run() -> None:
    """The job: everything in its one transaction, so that whoever kills it leaves all as it was."""
    given = host().jobs.payload()
    cycle = host().session.get(TargetCycle, (current_company().id, int(given["cycle"])))
    if cycle is None:
        return
    to = date.fromisoformat(given["to"])
    if cycle.closed_to is not None and kept_closing(cycle) and to <= cycle.closed_to:
        return
    kept.put(CLOSED_BY, given.get("by"))
    with kept.by_rule():
        host().records.transition(cycle, "finish", {"closed_to": to})
    host().jobs.result(closed=str(to))


def finish(cycle: TargetCycle, values: dict[str, Any]) -> None:
    """Freeze a snapshot of each target that ends by the day, and close it."""
    to = values.pop("closed_to")
    _lock(cycle)
    rows = _open_rows(cycle, to)
    by = kept.kept(CLOSED_BY, lambda: current_actor().user_id)
    first = min([cycle.start, *(row.start for row in rows)])
    closing = Closing(
        name=f"{cycle.name} · {to}"[:300], cycle_id=cycle.id, start=first, end=to, state="closed",
        targets=len(rows), at=now(), by_id=by,
    )  # fmt: skip
    host().session.add(closing)
    host().session.flush()
    with acting_as(current_company(), SYSTEM):
        found = actuals.outcomes(rows, reading.all_teams(), _told)
    frozen = [_snapshot(closing.id, row, found[row.id]) for row in rows]
    for begin_at in range(0, len(frozen), CHUNK):
        host().records.add_rows(Snapshot, frozen[begin_at : begin_at + CHUNK])
    _set_states(_mine(cycle, to), "closed")
    cycle.closed_to, cycle.closed_at, cycle.closed_by_id = to, now(), by
    cycle.state = "closed" if to >= cycle.end else "open"
    kept.forget()


def check_by_rule(cycle: TargetCycle, values: Values) -> None:
    """Only the job makes this move. Raises Rejected."""
    if not kept.is_by_rule():
        raise Rejected("state", gettext("This happens by itself: close the period."))


def check_reopen(cycle: TargetCycle, values: Values) -> None:
    """Reopening needs a reason, and something that is closed. Raises Rejected."""
    if not values.get("reopen_reason"):
        raise Rejected("reopen_reason", gettext("Say why."))
    if kept_closing(cycle) is None:
        raise Rejected("state", gettext("Nothing of it is closed."))


def reopen(cycle: TargetCycle, values: dict[str, Any]) -> None:
    """Open what was closed last; its snapshot stays, and the targets are as they were before."""
    _lock(cycle)
    closing = kept_closing(cycle)
    assert closing is not None
    closing.state, closing.reason = "reopened", values.pop("reopen_reason")
    closing.reopened_at, closing.reopened_by_id = now(), current_actor().user_id
    host().session.flush()
    for state in STATES:
        were = sa.select(Snapshot.target_id).where(
            Snapshot.closing_id == closing.id, Snapshot.was == state.value
        )
        _set_states((Target.id.in_(were), Target.state == "closed"), state.value)
    before = kept_closing(cycle)
    cycle.closed_to = None if before is None else before.end
    cycle.state, cycle.closed_at, cycle.closed_by_id = "open", None, None
    if before is not None:
        cycle.closed_at, cycle.closed_by_id = before.at, before.by_id
    kept.forget()


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """A target at its closing and by now, in units that people read."""

    target_id: int
    name: str
    measure: str
    quota: Decimal
    actual: Decimal | None
    attainment: Decimal | None
    by_now: Decimal | None
    was: str

    @property
    def difference(self) -> Decimal:
        """What came, or went, after the closing."""
        return (self.by_now or Decimal(0)) - (self.actual or Decimal(0))


def differences(closing: Closing, *where: sa.ColumnElement[bool]) -> list[Difference]:
    """What each target of a closing came to then and comes to by now, those that differ most
    first. Figures as they are, whoever may see them."""
    asked = sa.select(
        Snapshot.target_id, Snapshot.name, Snapshot.measure, Snapshot.quota, Snapshot.actual,
        Snapshot.attainment, Snapshot.was,
    ).where(Snapshot.closing_id == closing.id, *where)  # fmt: skip
    held = host().session.execute(asked.order_by(Snapshot.name, Snapshot.id)).all()
    with acting_as(current_company(), SYSTEM):
        rows = actuals.rows_of(row.target_id for row in held)
        found = actuals.outcomes(rows, reading.all_teams())
    made = [
        Difference(by_now=found[row.target_id].actual, **row._mapping)
        for row in held
        if row.target_id in found
    ]
    return sorted(made, key=lambda each: -abs(each.difference))


def kept_closing(cycle: TargetCycle) -> Closing | None:
    """The closing that holds, of which nothing was reopened: the latest."""
    asked = (
        sa.select(Closing)
        .where(Closing.cycle_id == cycle.id, Closing.state == "closed")
        .order_by(Closing.end.desc(), Closing.id.desc())
        .limit(1)
    )
    return host().session.scalar(asked)


def _to(cycle: TargetCycle, values: Values) -> date:
    return values.get("closed_to") or cycle.end


def _lock(cycle: TargetCycle) -> None:
    """Whoever makes a target in the cycle meanwhile waits, and so does another closing."""
    host().session.execute(
        sa.select(TargetCycle.id).where(TargetCycle.id == cycle.id).with_for_update()
    )


def _mine(cycle: TargetCycle, to: date) -> tuple[sa.ColumnElement[bool], ...]:
    """Targets of the cycle, or of none within its days, that end by a day and are not closed."""
    of_none = sa.and_(Target.cycle_id.is_(None), Target.start >= cycle.start)
    return (
        sa.or_(Target.cycle_id == cycle.id, of_none),
        Target.end <= to,
        Target.state != "closed",
    )


def _number(cycle: TargetCycle, to: date) -> int:
    asked = sa.select(sa.func.count()).select_from(Target).where(*_mine(cycle, to))
    return host().session.scalar(asked) or 0


def _open_rows(cycle: TargetCycle, to: date) -> Sequence[Any]:
    asked = reading.target_columns(*_mine(cycle, to)).with_for_update()
    return host().session.execute(asked).all()


def _told(done: int, total: int) -> None:
    host().jobs.progress(done, total, gettext("Targets read"))


def _snapshot(closing_id: int, row: Any, found: Outcome) -> dict[str, Any]:
    return {
        "name": row.name, "closing_id": closing_id, "target_id": row.id, "measure": row.measure,
        "level": row.level, "team_id": row.team_id, "user_id": row.user_id,
        "owner_id": row.owner_id, "start": row.start, "end": row.end, "revision": row.revision,
        "value": found.value, "quota": found.quota, "original": row.original,
        "actual": found.actual, "attainment": found.attainment, "weight": row.weight,
        "was": row.state,
    }  # fmt: skip


def _set_states(where: Sequence[sa.ColumnElement[bool]], state: str) -> None:
    """Set the state of many targets in one statement; the closing is what tells of it."""
    session = host().session
    session.execute(
        sa.update(Target)
        .where(*where)
        .values(state=state, version=Target.version + 1, updated_at=now())
        .execution_options(synchronize_session=False)
    )
    for held in list(session.identity_map.values()):
        if isinstance(held, Target):
            session.expire(held)
