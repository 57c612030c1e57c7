"""Boxes beside records of training: what they come to, and where one goes on."""

from __future__ import annotations

import sqlalchemy as sa
from flask import url_for

from plugin_api import host
from plugin_api.context import current_company, gettext, has_permission, today
from plugin_api.models import CompanyModel
from plugin_api.money import from_minor
from plugin_api.panels import Action, Fact, Panel
from plugin_api.periods import period_of
from plugins.training import display
from plugins.training.access import ENROL, EVALUATE, TEACH
from plugins.training.models import (
    Attempt,
    Career,
    Certificate,
    Course,
    Enrolment,
    Quiz,
    Rule,
    Session,
)
from plugins.training.services import criteria

OF = tuple(
    f"training.{name}"
    for name in ("Enrolment", "Quiz", "Certificate", "Attempt", "Course", "Rule", "Career")
)


def for_record(record: CompanyModel) -> list[Panel]:
    """Boxes of a record."""
    if isinstance(record, Course):
        return _course(record)
    if isinstance(record, Career):
        return [_career(record)]
    found: tuple[str, str, str] | None = None
    if isinstance(record, Enrolment):
        found = (gettext("Course"), gettext("Open the course"), "training.learn")
    elif isinstance(record, Quiz) and has_permission(TEACH):
        found = (gettext("How the questions do"), gettext("Item analysis"), "training.items")
    elif isinstance(record, Attempt) and record.handed_in_at is not None:
        found = (gettext("Answers"), gettext("Show the answers"), "training.attempt")
    elif isinstance(record, Certificate):
        found = (gettext("On paper"), gettext("Open as PDF"), "training.certificate")
    elif isinstance(record, Rule) and has_permission(ENROL):
        found = (gettext("Whom it means"), gettext("Show whom and why"), "training.preview")
    if found is None:
        return []
    title, label, endpoint = found
    href = url_for(endpoint, record_id=record.id)
    return [Panel(title=title, facts=(), actions=(Action(label=label, href=href),))]


def _course(course: Course) -> list[Panel]:
    if not has_permission(EVALUATE):
        return []
    href = url_for("training.evaluation", record_id=course.id)
    action = Action(label=gettext("Was it worth it?"), href=href)
    may_read = host().records.may_read
    facts: tuple[Fact, ...] = ()
    if may_read(Course, "budget") and may_read(Enrolment, "cost"):
        facts = _spent(course)
    return [Panel(title=gettext("Cost of this year"), facts=facts, actions=(action,))]


def _spent(course: Course) -> tuple[Fact, ...]:
    """What the fiscal year has cost so far, against the budget. Two statements."""
    company = current_company()
    start, end = period_of("year", today(), company.fiscal_year_start)
    people = host().session.scalar(
        sa.select(sa.func.sum(Enrolment.cost)).where(
            Enrolment.course_id == course.id, Enrolment.state != "cancelled",
            Enrolment.enrolled_on.between(start, end),
        )
    )  # fmt: skip
    held = host().session.scalar(
        sa.select(sa.func.sum(Session.cost)).where(
            Session.course_id == course.id, Session.state != "cancelled",
            host().local_day(Session.starts_at).between(start, end),
        )
    )  # fmt: skip
    spent = int(people or 0) + int(held or 0)
    share = spent / course.budget if course.budget else None
    facts = [
        Fact(
            label=gettext("Spent"), value=display.amount(from_minor(spent, company.currency)),
            share=share,
        )
    ]  # fmt: skip
    if course.budget is not None:
        left = from_minor(course.budget - spent, company.currency)
        facts.append(Fact(label=gettext("Left of the budget"), value=display.amount(left)))
    return tuple(facts)


def _career(career: Career) -> Panel:
    found = criteria.ready([career])[career.id]
    href = url_for("training.career", record_id=career.id)
    facts: tuple[Fact, ...] = ()
    if found.level is not None:
        share = float(found.percent) / 100 if found.percent is not None else None
        facts = (Fact(label=found.level.name, value=display.percent(found.percent), share=share),)
    return Panel(
        title=gettext("Readiness"), facts=facts,
        note="" if facts else gettext("This is the highest level of the ladder."),
        actions=(Action(label=gettext("Criteria and goals"), href=href),),
    )  # fmt: skip
