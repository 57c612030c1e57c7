"""The two clocks of a case: what is promised, until when, and whether it was kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from plugin_api import host
from plugin_api.conditions import criteria
from plugin_api.context import current_company, now
from plugins.service.models import Case, Policy
from plugins.service.models.words import ACTIVE
from plugins.service.services.hours import Hours, after, spans_of, worked
from plugins.service.services.kept import lasting

ANSWER_SOON, ANSWER_LATE, SOLUTION_SOON, SOLUTION_LATE = 1, 2, 4, 8
LATE = ANSWER_LATE | SOLUTION_LATE
CHECKED = ("priority", "kind", "channel", "account_id", "contact_id", "product_id", "queue_id")
"""Fields with which another service level may hold."""
_HOUR = Decimal(3600)
_MOMENT = dt.timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Level:
    """A service level as rules use it."""

    id: int
    priority: str | None
    condition: str | None
    answer: int | None
    solution: int | None
    hours: str
    warn: int


def in_force() -> Sequence[Level]:
    """The company's service levels, in their order."""
    return lasting("levels", _read)


def _read() -> tuple[Level, ...]:
    asked = sa.select(Policy).where(Policy.active).order_by(Policy.position, Policy.id)
    return tuple(
        Level(
            policy.id, policy.priority, policy.condition, _seconds(policy.answer_minutes),
            _seconds(policy.solution_minutes), hours_of(policy), policy.warn_percent,
        )
        for policy in host().session.scalars(asked)
    )  # fmt: skip


def hours_of(policy: Policy) -> str:
    """When a service level's clocks run, as cases keep it."""
    if policy.clock == "always":
        return ""
    if policy.break_starts and policy.break_ends:
        return f"{policy.starts}-{policy.break_starts},{policy.break_ends}-{policy.ends}"
    return f"{policy.starts}-{policy.ends}"


def _seconds(minutes: int | None) -> int | None:
    return None if minutes is None else minutes * 60


def promise(cases: Iterable[Case]) -> None:
    """Put the service level that holds for each onto it. A statement for each condition."""
    host().session.flush()
    waiting = {case.id: case for case in cases}
    chosen: dict[int, Level] = {}
    for level in in_force():
        some = {
            id_ for id_, case in waiting.items()
            if id_ not in chosen and level.priority in (None, case.priority)
        }  # fmt: skip
        if level.condition and some:
            asked = sa.select(Case.id).where(Case.id.in_(some), criteria(Case, level.condition))
            some = set(host().session.scalars(asked))
        chosen.update(dict.fromkeys(some, level))
    for id_, case in waiting.items():
        _put(case, chosen.get(id_))
        if case.state not in ACTIVE:
            stop(case, case.solved_at or now())
        elif case.state == "waiting":
            stop(case, case.answered_at or now())
        reckon(case)


def _put(case: Case, level: Level | None) -> None:
    if level is None:
        case.policy_id = case.answer_target = case.solution_target = None
        return
    if case.policy_id is not None and case.hours != level.hours and case.ticking_since is not None:
        # What has passed was measured by the hours of before.
        stop(case, now())
        case.ticking_since = now()
    case.policy_id, case.hours, case.warn_percent = level.id, level.hours, level.warn
    case.answer_target, case.solution_target = level.answer, level.solution


def clock_of(case: Case) -> Hours:
    """The working hours by which a case is measured."""
    zone = ZoneInfo(current_company().timezone)
    return Hours(spans_of(case.hours), zone, host().calendar.is_work_day)


def start(case: Case, at: dt.datetime) -> None:
    """Have the clock of the solution run from an instant on."""
    if case.ticking_since is None:
        case.ticking_since = at


def stop(case: Case, at: dt.datetime) -> None:
    """Have it stand still."""
    if case.ticking_since is not None:
        case.used_seconds += worked(case.ticking_since, at, clock_of(case))
        case.ticking_since = None


def used(case: Case, at: dt.datetime) -> int:
    """Seconds that the clock of the solution has run until an instant."""
    if case.ticking_since is None:
        return case.used_seconds
    return case.used_seconds + worked(case.ticking_since, at, clock_of(case))


def reckon(case: Case) -> None:
    """Say when what is due, how it stands, and when somebody is to be told next."""
    hours, moment = clock_of(case), now()
    _answer(case, hours, moment)
    _solution(case, hours, moment)
    ended = case.state not in ACTIVE
    case.alarm_at = None if ended else min((at for at, _bit in alarms(case)), default=None)


def _answer(case: Case, hours: Hours, moment: dt.datetime) -> None:
    if case.answer_target is None or case.opened_at is None:
        case.answer_due, case.answer_standing = None, "none"
        return
    due = case.answer_due = after(case.opened_at, case.answer_target, hours)
    ended = case.answered_at
    late = due is not None and (ended or moment) > due
    if late:
        case.answer_standing = "late"
    else:
        case.answer_standing = "running" if ended is None else "kept"


def _solution(case: Case, hours: Hours, moment: dt.datetime) -> None:
    spent = used(case, moment)
    ended = case.state not in ACTIVE
    case.solution_hours = (
        (Decimal(spent) / _HOUR).quantize(Decimal("0.01"), ROUND_HALF_UP) if ended else None
    )
    if case.solution_target is None:
        case.solution_due, case.solution_standing = None, "none"
        return
    if case.ticking_since is not None:
        left = case.solution_target - case.used_seconds
        if left > 0 or case.solution_due is None:
            case.solution_due = after(case.ticking_since, max(left, 0), hours)
    late = spent > case.solution_target
    if ended:
        case.solution_standing = "late" if late else "kept"
    elif late:
        case.solution_standing = "late"
    elif case.ticking_since is None:
        case.solution_due, case.solution_standing = None, "paused"
    else:
        case.solution_standing = "running"


def alarms(case: Case) -> Iterator[tuple[dt.datetime, int]]:
    """When somebody is to be told of what, as far as they were not told."""
    hours = clock_of(case)
    if case.answer_target is not None and case.answered_at is None and case.opened_at is not None:
        warned = after(case.opened_at, case.answer_target * case.warn_percent // 100, hours)
        yield from _untold(case, (warned, ANSWER_SOON), (case.answer_due, ANSWER_LATE))
    if case.solution_target is not None and case.ticking_since is not None:
        left = case.solution_target * case.warn_percent // 100 - case.used_seconds
        warned = after(case.ticking_since, max(left, 0), hours)
        yield from _untold(case, (warned, SOLUTION_SOON), (case.solution_due, SOLUTION_LATE))


def _untold(
    case: Case, *found: tuple[dt.datetime | None, int]
) -> Iterator[tuple[dt.datetime, int]]:
    for at, bit in found:
        if at is not None and not case.told & bit:
            # What is done at the very moment in which it is due is in time.
            yield (at + _MOMENT if bit & LATE else at), bit
