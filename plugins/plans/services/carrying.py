"""What was not done in its week or month goes on to the next, and late steps go to managers."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from flask_babel import format_date

from plugin_api import host, teams
from plugin_api.context import current_actor, gettext, ngettext, today
from plugin_api.errors import Refused, Rejected
from plugins.plans.models import CarryOver, Step
from plugins.plans.models.steps import OPEN
from plugins.plans.services import days, people
from plugins.plans.settings import CARRY, ESCALATE, PERIOD

MOST = 20_000


def period() -> str:
    """By what the company plans: ``week`` or ``month``."""
    return str(host().setting(PERIOD))


def carry(step: Step, values: dict[str, Any]) -> None:
    """Have a step go on in the next period. Its first due day stays as it was."""
    kind = period()
    due = days.next_one(kind, step.due, today())
    _first, periods = days.carried(kind, step.due, due)
    moved = due - step.due
    host().session.add(
        CarryOver(
            step_id=step.id, owner_id=step.owner_id, on=today(), from_due=step.due, to_due=due,
            periods=max(periods, 1), by_id=current_actor().user_id, reason=values.get("reason"),
        )
    )  # fmt: skip
    if step.start is not None:
        step.start += moved
    step.due = due
    step.carried += 1


def check_carry(step: Step, values: Mapping[str, Any]) -> None:
    """Raise Rejected for what is too far off to be carried."""
    if step.due.year > days.LAST_YEAR:
        raise Rejected("due", gettext("This is too early or too late."))


def carry_all() -> int:
    """Carry over what was not done when its period ended; how many steps."""
    if not host().setting(CARRY):
        return 0
    first, _last = days.period_of(period(), today())
    asked = sa.select(Step).where(Step.state.in_(OPEN), Step.due < first)
    found = host().session.scalars(asked.order_by(Step.id).limit(MOST)).all()
    carried = 0
    for number, step in enumerate(found):
        host().jobs.progress(number, len(found))
        try:
            with host().session.begin_nested():
                host().records.transition(step, "carry")
        except Refused:
            # One that somebody else has to agree to holds up no other.
            continue
        carried += 1
    return carried


def late_since(step: Any) -> dt.date:
    """From which day on a step is late: the first that it was promised for."""
    promised: dt.date = step.promised or step.due
    return promised


def escalate() -> int:
    """Tell managers of steps that are late by as many working days as the company says, once a
    step; how many steps. One notification a manager, about the one that is longest late."""
    limit = int(host().setting(ESCALATE))
    if not limit:
        return 0
    asked = (
        sa.select(Step)
        .where(
            Step.state.in_(OPEN), Step.escalated_on.is_(None), Step.owner_id.is_not(None),
            Step.promised <= today() - dt.timedelta(days=limit),
        )
        .order_by(Step.promised, Step.id)
        .limit(MOST)
    )  # fmt: skip
    leaders, is_work_day = teams.managers(), host().calendar.is_work_day
    late: dict[int, list[Step]] = defaultdict(list)
    for step in host().session.scalars(asked):
        if days.work_days_over(late_since(step), today(), is_work_day) < limit:
            continue
        leader = leaders.get(step.owner_id or 0)
        if leader is not None:
            late[leader].append(step)
    names = people.names_of([step.owner_id for found in late.values() for step in found])
    for leader, found in late.items():
        first = found[0]
        text = gettext(
            "Late since %(day)s, of %(name)s.",
            day=format_date(late_since(first), "medium"), name=names.get(first.owner_id or 0, ""),
        )  # fmt: skip
        if len(found) > 1:
            others = ngettext("%(num)d more is late.", "%(num)d more are late.", len(found) - 1)
            text = f"{text} {others}"
        host().remind(first, [leader], text)
    ids = [step.id for found in late.values() for step in found]
    _mark(ids)
    return len(ids)


def _mark(ids: list[int]) -> None:
    if ids:
        host().session.execute(
            sa.update(Step).where(Step.id.in_(ids)).values(escalated_on=today()),
            execution_options={"synchronize_session": False},
        )


def tell_owners() -> int:
    """Tell owners of steps on the first day that they are over; how many people. One
    notification a person."""
    asked = (
        sa.select(Step)
        .where(Step.state.in_(OPEN), Step.due == today() - dt.timedelta(days=1))
        .order_by(Step.owner_id, Step.id)
        .limit(MOST)
    )
    mine: dict[int, list[Step]] = defaultdict(list)
    for step in host().session.scalars(asked):
        if step.owner_id is not None:
            mine[step.owner_id].append(step)
    for owner, found in mine.items():
        text = ngettext(
            "%(num)d step was due yesterday.", "%(num)d steps were due yesterday.", len(found)
        )
        host().remind(found[0], [owner], text)
    return len(mine)
