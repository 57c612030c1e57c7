"""Telling people in time that a promise runs out, and those above them that it has."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext, now, today
from plugin_api.models import model_of
from plugins.service.models import Case, Policy, Queue
from plugins.service.models.words import ACTIVE
from plugins.service.services import levels
from plugins.service.settings import CLOSE_DAYS

MOST = 1000


def watch() -> int:
    """Tell of every case whose time has come, once of each; how many."""
    asked = (
        sa.select(Case)
        .where(Case.state.in_(ACTIVE), Case.alarm_at <= now())
        .order_by(Case.alarm_at, Case.id)
        .limit(MOST)
    )
    cases = list(host().session.scalars(asked))
    above = _above(cases)
    for case in cases:
        due = {bit for at, bit in levels.alarms(case) if at <= now()}
        people = [case.owner_id or above.queue.get(case.queue_id or 0)]
        for bit in due:
            case.told |= bit
        if due & {levels.ANSWER_LATE, levels.SOLUTION_LATE}:
            case.escalated = True
            people.append(
                above.policy.get(case.policy_id or 0)
                or above.manager.get(case.owner_id or 0)
                or above.queue.get(case.queue_id or 0)
            )
        levels.reckon(case)
        told = list(dict.fromkeys(person for person in people if person))
        if told and due:
            host().remind(case, told, _words(max(due, key=_WEIGHT.index)))
    return len(cases)


_WEIGHT = (levels.ANSWER_SOON, levels.SOLUTION_SOON, levels.ANSWER_LATE, levels.SOLUTION_LATE)


def _words(bit: int) -> str:
    return str(
        {
            levels.ANSWER_SOON: gettext("The first answer is due soon."),
            levels.ANSWER_LATE: gettext("The first answer is overdue."),
            levels.SOLUTION_SOON: gettext("The solution is due soon."),
            levels.SOLUTION_LATE: gettext("The solution is overdue."),
        }[bit]
    )


class _Above:
    """Whom to tell besides: by service level, by the owner's team, by queue."""

    def __init__(self) -> None:
        self.policy: dict[int, int | None] = {}
        self.manager: dict[int, int | None] = {}
        self.queue: dict[int, int | None] = {}


def _above(cases: Sequence[Case]) -> _Above:
    """Of some cases; three statements."""
    found = _Above()
    if not cases:
        return found
    user: Any = model_of("core.User")
    team: Any = model_of("core.Team")
    found.policy = _pairs(sa.select(Policy.id, Policy.escalate_to_id))
    found.queue = _pairs(sa.select(Queue.id, Queue.lead_id))
    owners = {case.owner_id for case in cases if case.owner_id is not None}
    led = (
        sa.select(user.id, team.manager_id)
        .join(team, team.id == user.team_id)
        .where(user.id.in_(owners))
    )
    found.manager = _pairs(led)
    return found


def _pairs(asked: sa.Select[int, int | None]) -> dict[int, int | None]:
    return {row[0]: row[1] for row in host().session.execute(asked)}


def close() -> int:
    """Close what has been solved for as long as the company waits; how many."""
    days = host().setting(CLOSE_DAYS)
    if not days:
        return 0
    asked = (
        sa.select(Case)
        .where(Case.state == "solved", Case.solved_on <= today() - dt.timedelta(days=days))
        .order_by(Case.id)
        .limit(MOST)
    )
    found = list(host().session.scalars(asked))
    for case in found:
        host().records.transition(case, "close")
    return len(found)
