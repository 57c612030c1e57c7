"""Criteria of levels: what they ask for, and how ready people are by them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import SYSTEM, acting_as, current_company, gettext, pgettext, today
from plugin_api.errors import Rejected
from plugin_api.periods import month_start, months_between
from plugins.training.models import Career, Criterion, Enrolment, Level, Rating
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


def check(criterion: Criterion) -> None:
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


def levels_of(ladder_ids: Iterable[int]) -> list[Level]:
    """The levels of ladders, from the lowest up. One statement."""
    asked = sa.select(Level).where(Level.ladder_id.in_(set(ladder_ids)))
    with host().session.no_autoflush:
        return list(host().session.scalars(asked.order_by(Level.position, Level.id)))


def ready(careers: Sequence[Career]) -> Mapping[int, Ready]:
    """How ready people are, by the number of the career: a few statements and one for each figure
    that criteria name, however many people. Everybody is judged by the same values, whoever
    looks."""
    with acting_as(current_company(), SYSTEM):
        levels = levels_of(each.ladder_id for each in careers)
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
