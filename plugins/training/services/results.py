"""Level 4: what a course did to a figure, against people who did not take it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company, today
from plugin_api.effects import Case, Chosen, Effect, Unit, differ, difference, staggered
from plugin_api.errors import NotFound, Refused
from plugin_api.measures import Measure, Ratio
from plugin_api.models import model_of
from plugin_api.money import from_minor
from plugin_api.periods import month_start, months_from
from plugins.training.access import EVALUATE
from plugins.training.models import Course, Enrolment, Session
from plugins.training.rules import kirkpatrick
from plugins.training.services.evaluating import mine
from plugins.training.services.figures import readable
from plugins.training.services.people import reached

SELF = 0.2
"""From this share of people who chose the course by themselves on, they count as self-chosen."""
MOST_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """Which wave of people, and how many months before and after are compared."""

    first: dt.date
    last: dt.date
    months: int


@dataclass(frozen=True, slots=True)
class Person:
    """On which day somebody completed the course, None for never; whether by their own choice."""

    on: dt.date | None
    team: int | None
    own: bool


Figures = Mapping[tuple[int, dt.date], float]


@dataclass(frozen=True, slots=True)
class Result:
    """Level 4: the effect on a figure, in major units, of a month and person; what it cost and
    brought. ``missing`` says in a word why there is nothing to show."""

    asked: Asked
    measure: Measure | Ratio | None
    effect: Effect | None
    cost: Decimal
    benefit: Decimal | None = None
    back: Decimal | None = None
    missing: str = ""


def wave(course: Course, months: int) -> Asked:
    """The three months in which most have completed the course, of those that lie far enough
    back; the latest ones where nobody did. One statement."""
    end = month_start(today(), -months) - dt.timedelta(days=1)
    asked = (
        sa.select(Enrolment.completed_on)
        .where(
            Enrolment.course_id == course.id, Enrolment.state == "completed",
            Enrolment.completed_on <= end, *mine(Enrolment),
        )
    )  # fmt: skip
    by_month: dict[dt.date, int] = {}
    for day in host().session.scalars(asked):
        if day is not None:
            by_month[month_start(day)] = by_month.get(month_start(day), 0) + 1
    first = month_start(end, -2)
    starts = sorted({month_start(month, -back) for month in by_month for back in range(3)})
    starts = [start for start in starts if start <= first]
    if starts:
        first = max(starts, key=lambda start: (_within(by_month, start), start))
    return Asked(first, month_start(first, 3) - dt.timedelta(days=1), months)


def _within(by_month: Mapping[dt.date, int], start: dt.date) -> int:
    return sum(by_month.get(month_start(start, shift), 0) for shift in range(3))


def result(course: Course, asked: Asked) -> Result:
    """Level 4: who completed the course between the days, against people with the same roles who
    never did, month by month before and after. Five statements for any number of people."""
    people = _people(course, asked)
    cost = _cost(course, asked)
    if course.measure is None:
        return Result(asked, None, None, cost, missing="none")
    try:
        kind = host().measures.get(course.measure)
    except NotFound:
        return Result(asked, None, None, cost, missing="off")
    if isinstance(kind, Measure) and kind.snapshot:
        return Result(asked, kind, None, cost, missing="snapshot")
    before, after = (
        months_from(asked.first, -asked.months),
        months_from(month_start(asked.last, 1), asked.months),
    )
    try:
        figures = _figures(kind, (*before, *after))
    except Refused:
        return Result(asked, kind, None, cost, missing="off")
    empty = None if isinstance(kind, Ratio) else 0.0
    cases = [
        Case(
            treated=each.on is not None, cluster=each.team,
            before=[figures.get((id_, month), empty) for month in before],
            after=[figures.get((id_, month), empty) for month in after],
        )
        for id_, each in people.items()
    ]  # fmt: skip
    own = [each.own for each in people.values() if each.on is not None]
    chosen: Chosen = "self" if own and sum(own) / len(own) >= SELF else "rule"
    effect = _by_starts(people, asked, figures, empty, chosen) or difference(cases, chosen=chosen)
    benefit = None
    if effect.estimate is not None and kind.unit == "money":
        # Of a figure that is to fall, what it falls by is brought.
        sign = -1 if kind.direction == "down" else 1
        per_person = sign * Decimal(str(effect.estimate)) * asked.months
        benefit = (per_person * sum(1 for case in cases if case.treated)).quantize(Decimal(1))
    back = None if benefit is None else kirkpatrick.return_on(benefit, cost)
    return Result(asked, kind, effect, cost, benefit, back)


def _by_starts(
    people: Mapping[int, Person], asked: Asked, figures: Figures, empty: float | None,
    chosen: Chosen,
) -> Effect | None:  # fmt: skip
    """The effect where enough people completed the course in different months; else None."""
    span = (asked.last.year - asked.first.year) * 12 + asked.last.month - asked.first.month + 1
    months = months_from(month_start(asked.first, -asked.months), span + 2 * asked.months)
    starts = [None if each.on is None else months.index(month_start(each.on))
              for each in people.values()]  # fmt: skip
    if not differ(starts):
        return None
    return staggered(
        [
            Unit(values=[figures.get((id_, month), empty) for month in months], start=start,
                 cluster=each.team)
            for (id_, each), start in zip(people.items(), starts, strict=True)
        ],
        chosen=chosen,
    )  # fmt: skip


def _people(course: Course, asked: Asked) -> dict[int, Person]:
    """Who took the course between the days, and active people with the same roles who have never
    completed it. Two statements."""
    user: Any = model_of("core.User")
    took = sa.select(
        Enrolment.user_id, Enrolment.completed_on, Enrolment.origin, user.role_id, user.team_id
    ).join(user, user.id == Enrolment.user_id)
    rows = (
        host()
        .session.execute(
            took.where(
                Enrolment.course_id == course.id, Enrolment.state == "completed", *mine(Enrolment)
            )
        )
        .all()
    )
    found: dict[int, Person] = {}
    roles, ever = set(), set()
    for user_id, day, origin, role_id, team_id in rows:
        ever.add(user_id)
        if asked.first <= day <= asked.last:
            found[user_id] = Person(day, team_id, origin == "self")
            roles.add(role_id)
    # Who had completed it before learnt it then: neither side's.
    for user_id, day, *_rest in rows:
        if day < asked.first:
            found.pop(user_id, None)
    others = sa.select(user.id, user.team_id).where(
        user.active, user.role_id.in_(roles - {None}), reached(EVALUATE, user)
    )
    for row in host().session.execute(others.order_by(user.id)):
        if row[0] not in ever:
            found[row[0]] = Person(None, row[1], False)
    return found


def _figures(kind: Measure | Ratio, months: Sequence[dt.date]) -> dict[tuple[int, dt.date], float]:
    """The figure of each person and month, money in major units. One statement, asked with what
    the actor may see."""
    end = month_start(months[-1], 1) - dt.timedelta(days=1)
    points = host().measures.table(kind.key, months[0], end, ("user", "month"))
    found: dict[tuple[int, dt.date], float] = {}
    for point in points:
        user_id, month = point.keys
        if user_id is not None and point.value is not None:
            found[user_id, month] = float(readable(kind, point.value))
    return found


def _cost(course: Course, asked: Asked) -> Decimal:
    """What the wave cost: making the course, its people, its sessions. Two statements."""
    home = current_company().currency
    each = host().session.scalar(
        sa.select(sa.func.sum(Enrolment.cost)).where(
            Enrolment.course_id == course.id, Enrolment.state == "completed",
            Enrolment.completed_on.between(asked.first, asked.last), *mine(Enrolment),
        )
    )  # fmt: skip
    held = host().session.scalar(
        sa.select(sa.func.sum(Session.cost)).where(
            Session.course_id == course.id, Session.state == "held",
            host().local_day(Session.starts_at).between(
                month_start(asked.first, -asked.months), asked.last
            ),
        )
    )  # fmt: skip
    total = int(each or 0) + int(held or 0) + int(course.fixed_cost or 0)
    return from_minor(total, home)
