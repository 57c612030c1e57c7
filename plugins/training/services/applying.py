"""Enrolling by rules and paths: who is meant, who is not enrolled again, and doing it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from plugin_api import host
from plugin_api.conditions import cleaned
from plugin_api.context import SYSTEM, acting_as, current_company, gettext, today
from plugin_api.errors import Rejected
from plugin_api.models import model_of
from plugins.training.models import Certificate, Course, Enrolment, Path, PathStep, Rule
from plugins.training.models.enrolments import OPEN
from plugins.training.services import enrolling, failing, selecting

BATCH = 500


@dataclass(frozen=True, slots=True)
class Planned:
    """Somebody who would be enrolled in a course, until when and why."""

    user_id: int
    person: str
    course_id: int
    course: str
    due_on: dt.date
    reason: str


def check(rule: Rule) -> None:
    """Refuse a rule that cannot be followed. Raises Rejected."""
    if (rule.course_id is None) == (rule.path_id is None):
        raise Rejected("course", gettext("Name a course or a path, one of them."))
    if rule.kind in ("gap", "expiry") and rule.course_id is None:
        raise Rejected("course", gettext("This is about one course: name it."))
    if rule.kind == "gap":
        course = host().session.get(Course, (current_company().id, rule.course_id))
        if course is not None and course.skill_id is None:
            raise Rejected("course", gettext("This course brings no skill."))
    if rule.kind == "measure" and (rule.measure is None or rule.threshold is None):
        missing = "measure" if rule.measure is None else "threshold"
        raise Rejected(missing, gettext("Name the figure and its threshold."))
    if rule.kind == "failed":
        failing.check(rule)
    if rule.products and host().is_enabled("catalog"):
        product = model_of("catalog.Product")
        rule.products = cleaned(product, rule.products, "products")  # type: ignore[arg-type]


def plan(rule: Rule) -> list[Planned]:
    """Who would be enrolled by a rule: whom it means, less who is in the course or was. In a few
    statements, however many people."""
    found = selecting.meant(rule)
    courses = _courses(rule)
    ids = [course_id for course_id, _name, _days in courses]
    last = _last(ids) if rule.kind == "failed" else {}
    held = set() if rule.kind == "failed" else _held(ids, again=rule.kind == "expiry")
    return [
        Planned(
            each.user_id, each.name, course_id, name, today() + dt.timedelta(days=days),
            f"{rule.name}: {each.reason}"[:500],
        )
        for each in found
        for course_id, name, days in courses
        if (each.user_id, course_id) not in held
        and not (each.since and last.get((each.user_id, course_id), dt.date.min) >= each.since)
    ]  # fmt: skip


def _courses(rule: Rule) -> Sequence[tuple[int, str, int]]:
    """The courses of a rule that are offered, and after how many days each is due."""
    if rule.course_id is not None:
        asked = sa.select(Course.id, Course.name).where(Course.id == rule.course_id, Course.active)
        return [(row[0], row[1], rule.due_days) for row in host().session.execute(asked)]
    steps = (
        sa.select(Course.id, Course.name, PathStep.due_days)
        .join(PathStep, PathStep.course_id == Course.id)
        .join(Path, Path.id == PathStep.path_id)
        .where(PathStep.path_id == rule.path_id, Path.active, Course.active)
        .order_by(PathStep.position, PathStep.id)
    )
    return [(row[0], row[1], row[2]) for row in host().session.execute(steps)]


def _held(course_ids: Sequence[int], *, again: bool) -> set[tuple[int, int]]:
    """Who is not enrolled once more: who was in the course ever. For a certificate that expires:
    who is in it, or was since the last certificate."""
    asked = sa.select(Enrolment.user_id, Enrolment.course_id).where(
        Enrolment.course_id.in_(course_ids)
    )
    if again:
        issued = (
            sa.select(
                Certificate.user_id.label("user_id"), Certificate.course_id.label("course_id"),
                sa.func.max(Certificate.enrolment_id).label("enrolment_id"),
            )
            .group_by(Certificate.user_id, Certificate.course_id)
            .subquery()
        )  # fmt: skip
        asked = asked.join(
            issued,
            sa.and_(
                issued.c.user_id == Enrolment.user_id, issued.c.course_id == Enrolment.course_id
            ),
        ).where(Enrolment.id > issued.c.enrolment_id)
    return {(row[0], row[1]) for row in host().session.execute(asked)}


def _last(course_ids: Sequence[int]) -> dict[tuple[int, int], dt.date]:
    """When people were enrolled in courses last; of who is in one at the moment, no day is later.
    One statement."""
    day = sa.func.max(
        sa.case((Enrolment.state.in_(OPEN), dt.date.max), else_=Enrolment.enrolled_on)
    )
    asked = sa.select(Enrolment.user_id, Enrolment.course_id, day).where(
        Enrolment.course_id.in_(course_ids)
    )
    rows = host().session.execute(asked.group_by(Enrolment.user_id, Enrolment.course_id))
    return {(row[0], row[1]): row[2] for row in rows if row[2] is not None}


def apply(rule: Rule) -> int:
    """Enrol whom a rule means; how many. Nobody twice, however often it is done."""
    rows = [
        {"user_id": each.user_id, "course_id": each.course_id, "due_on": each.due_on,
         "reason": each.reason}
        for each in plan(rule)
    ]  # fmt: skip
    with enrolling.by("path" if rule.path_id else "rule", rule.path_id):
        for start in range(0, len(rows), BATCH):
            host().records.create_many(Enrolment, rows[start : start + BATCH])
    return len(rows)


def apply_all() -> int:
    """Every rule in use, as the system; how many were enrolled."""
    with acting_as(current_company(), SYSTEM):
        rules = host().session.scalars(sa.select(Rule).where(Rule.active).order_by(Rule.id)).all()
        return sum(apply(rule) for rule in rules)
