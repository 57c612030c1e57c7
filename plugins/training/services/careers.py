"""Careers: where people stand on a ladder, how ready they are for the next level, and steps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import (
    SYSTEM,
    acting_as,
    current_actor,
    current_company,
    gettext,
    pgettext,
    today,
)
from plugin_api.errors import Forbidden, Rejected
from plugin_api.periods import month_start, months_between
from plugins.training.models import (
    Career,
    CareerChange,
    Criterion,
    Enrolment,
    Ladder,
    Level,
    Rating,
)
from plugins.training.rules.readiness import Met, readiness
from plugins.training.services import figures, kept


@dataclass(frozen=True, slots=True)
class Judged:
    """A criterion for somebody."""

    criterion: Criterion
    met: Met


@dataclass(frozen=True, slots=True)
class Ready:
    """How ready somebody is for the level that they aim at; no level where they stand on top."""

    level: Level | None
    judged: tuple[Judged, ...]

    @property
    def percent(self) -> Decimal | None:
        """Of 100; None without criteria."""
        return readiness([each.met for each in self.judged])


def check_criterion(criterion: Criterion) -> None:
    """Refuse a criterion that cannot be read, and name it. Raises Rejected."""
    wanted = {"skill": "skill_id", "measure": "measure", "course": "course_id"}
    field = wanted.get(criterion.kind)
    if field is not None and getattr(criterion, field) is None:
        raise Rejected(field.removesuffix("_id"), gettext("Say which."))
    if criterion.kind != "course" and criterion.at_least is None:
        raise Rejected("at_least", pgettext("career", "Say how much."))
    if criterion.kind == "skill" and not 1 <= (criterion.at_least or 0) <= 5:
        raise Rejected("at_least", gettext("Levels of skills go from 1 to 5."))
    criterion.name = said(criterion)[:300]


def said(criterion: Criterion) -> str:
    """A criterion in words, in the reader's language."""
    least = f"{(criterion.at_least or Decimal(0)).normalize():,f}"
    if criterion.kind == "skill":
        return f"{kept.skills().get(criterion.skill_id or 0, '')} ≥ {least}"
    if criterion.kind == "course":
        course = kept.courses().get(criterion.course_id or 0)
        return course.name if course else ""
    if criterion.kind == "measure":
        measure = figures.measure_of(criterion.measure)
        return f"{measure.label if measure else criterion.measure or ''} ≥ {least}"
    return str(gettext("%(months)s months on the level before", months=least))


def complete(career: Career) -> None:
    """Name a career by its ladder, and refuse levels of another ladder, and days to come."""
    with host().session.no_autoflush:
        ladder = host().session.get(Ladder, (current_company().id, career.ladder_id))
    career.name = ladder.name if ladder else ""
    check(career)


def check(career: Career) -> None:
    """Refuse levels of another ladder, a target below, a day to come, being one's own mentor."""
    levels = {each.id: each for each in _levels([career.ladder_id])}
    for field, level_id in (("level", career.level_id), ("target", career.target_id)):
        if level_id is not None and level_id not in levels:
            raise Rejected(field, gettext("This level belongs to another ladder."))
    target = levels.get(career.target_id or 0)
    if target is not None and target.position <= levels[career.level_id].position:
        raise Rejected("target", gettext("This level is not above the one reached."))
    if career.since > today():
        raise Rejected("since", gettext("This day is yet to come."))
    if career.mentor_id is not None and career.mentor_id == career.user_id:
        raise Rejected("mentor", gettext("Nobody is their own mentor."))


def _levels(ladder_ids: Iterable[int]) -> list[Level]:
    asked = sa.select(Level).where(Level.ladder_id.in_(set(ladder_ids)))
    with host().session.no_autoflush:
        return list(host().session.scalars(asked.order_by(Level.position, Level.id)))


def ready(careers: Sequence[Career]) -> Mapping[int, Ready]:
    """How ready people are, by the number of the career: a few statements and one for each figure
    that criteria name, however many people. Everybody is judged by the same values, whoever
    looks."""
    with acting_as(current_company(), SYSTEM):
        levels = _levels(each.ladder_id for each in careers)
        targets = {each.id: _target(each, levels) for each in careers}
        ids = {level.id for level in targets.values() if level is not None}
        asked = sa.select(Criterion).where(Criterion.level_id.in_(ids)).order_by(Criterion.id)
        criteria: dict[int, list[Criterion]] = {}
        for each in host().session.scalars(asked):
            criteria.setdefault(each.level_id, []).append(each)
        have = _Have([each.user_id for each in careers], [*chain(*criteria.values())])
    made = {}
    for career in careers:
        level = targets[career.id]
        found = criteria.get(level.id, []) if level is not None else []
        made[career.id] = Ready(
            level, tuple(Judged(each, have.met(career, each)) for each in found)
        )
    return made


def _target(career: Career, levels: Sequence[Level]) -> Level | None:
    own = [each for each in levels if each.ladder_id == career.ladder_id]
    here = next((each for each in own if each.id == career.level_id), None)
    if career.target_id is not None:
        return next((each for each in own if each.id == career.target_id), None)
    above = [each for each in own if here is not None and each.position > here.position]
    return above[0] if above else None


class _Have:
    """What people have of what criteria ask for."""

    def __init__(self, user_ids: Sequence[int], criteria: Sequence[Criterion]) -> None:
        self.user_ids = sorted(set(user_ids))
        skills = {each.skill_id for each in criteria if each.kind == "skill"}
        courses = {each.course_id for each in criteria if each.kind == "course"}
        self.levels = self._levels(skills) if skills else {}
        self.courses = self._courses(courses) if courses else set[tuple[int, int]]()
        self.figures = {
            (each.measure, each.months): figures.of_people(
                each.measure,
                month_start(today(), -each.months),
                month_start(today()) - dt.timedelta(days=1),
                self.user_ids,
            )
            for each in criteria
            if each.kind == "measure"
        }

    def _levels(self, skills: set[int | None]) -> dict[tuple[int, int], int]:
        rows = host().session.execute(
            sa.select(Rating.user_id, Rating.skill_id, Rating.level).where(
                Rating.user_id.in_(self.user_ids), Rating.skill_id.in_(skills), Rating.current,
                Rating.source != "self",
            )
        )  # fmt: skip
        return {(row[0], row[1]): row[2] for row in rows}

    def _courses(self, courses: set[int | None]) -> set[tuple[int, int]]:
        rows = host().session.execute(
            sa.select(Enrolment.user_id, Enrolment.course_id).where(
                Enrolment.user_id.in_(self.user_ids), Enrolment.course_id.in_(courses),
                Enrolment.state == "completed",
            )
        )  # fmt: skip
        return {(row[0], row[1]) for row in rows}

    def met(self, career: Career, criterion: Criterion) -> Met:
        need = criterion.at_least or Decimal(0)
        if criterion.kind == "skill":
            level = self.levels.get((career.user_id, criterion.skill_id or 0))
            return Met(None if level is None else Decimal(level), need)
        if criterion.kind == "course":
            done = (career.user_id, criterion.course_id or 0) in self.courses
            return Met(Decimal(int(done)), Decimal(1))
        if criterion.kind == "months":
            return Met(Decimal(months_between(career.since, today())), need)
        found = self.figures[criterion.measure, criterion.months]
        return Met(None if found is None else found.get(career.user_id), need)


def check_promote(career: Career, values: Mapping[str, Any]) -> None:
    """Nobody promotes themselves; who is not ready is promoted for a reason that is written."""
    if career.user_id == current_actor().user_id:
        raise Forbidden(gettext("Nobody promotes themselves."))
    found = ready([career])[career.id]
    if found.level is None:
        raise Rejected("", gettext("There is no level above."))
    if (found.percent is None or found.percent < 100) and not values.get("reason"):
        words = gettext("Not all criteria are met: say why all the same.")
        raise Rejected("reason", words)


def promote(career: Career, values: dict[str, Any]) -> None:
    """Put somebody on the level that they aim at, and keep the step."""
    found = ready([career])[career.id]
    assert found.level is not None
    reason = values.pop("reason", None)
    add_step(career, found.level, career.level_id, found.percent, reason)
    career.level_id, career.since, career.target_id = found.level.id, today(), None
    career.reason = reason


def add_step(
    career: Career, to: Level, from_id: int | None, percent: Decimal | None, reason: str | None
) -> None:
    """Keep a step of somebody."""
    host().session.add(
        CareerChange(
            name=to.name, career_id=career.id, from_id=from_id, to_id=to.id, on=today(),
            readiness=percent, reason=reason, by_id=current_actor().user_id,
        )
    )  # fmt: skip


def begun(career: Career) -> None:
    """Keep where somebody began."""
    to = host().session.get_one(Level, (career.company_id, career.level_id))
    add_step(career, to, None, None, career.reason)
    host().session.flush()


def steps(career_id: int) -> list[CareerChange]:
    """What is kept of somebody's steps, the latest first."""
    asked = sa.select(CareerChange).where(CareerChange.career_id == career_id)
    order = asked.order_by(CareerChange.on.desc(), CareerChange.id.desc())
    return list(host().session.scalars(order))
