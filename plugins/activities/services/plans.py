"""Planning all activities of a template at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_actor, gettext
from plugin_api.errors import Rejected
from plugins.activities.models import Activity, Plan, PlanStep
from plugins.activities.services import days, subjects


def usable(key: str) -> Sequence[Plan]:
    """Plans for records of a model."""
    asked = sa.select(Plan).where(
        Plan.archived.is_(False), sa.or_(Plan.about_model.is_(None), Plan.about_model == key)
    )
    return host().session.scalars(asked.order_by(Plan.name)).all()


def steps_of(plan: Plan) -> Sequence[PlanStep]:
    """The steps of a plan in their order."""
    asked = sa.select(PlanStep).where(PlanStep.plan_id == plan.id)
    return host().session.scalars(asked.order_by(PlanStep.day, PlanStep.id)).all()


def dated(steps: Sequence[PlanStep], first: dt.date) -> list[tuple[PlanStep, dt.date]]:
    """Each step with its day, when the plan begins on ``first``."""
    worked = host().calendar.is_work_day
    return [
        (step, days.nth_day(first, step.day, worked if step.work_days else None)) for step in steps
    ]


def apply(
    plan: Plan, about: subjects.Ref, first: dt.date, owner_id: int | None = None
) -> list[Activity]:
    """Plan all steps for a record. Raises Rejected, also for days after the last there is."""
    steps = steps_of(plan)
    if not steps:
        raise Rejected("plan", gettext("This plan has no steps yet."))
    if plan.about_model is not None and plan.about_model != about[0]:
        raise Rejected("plan", gettext("This plan is for records of another kind."))
    try:
        planned = dated(steps, first)
    except OverflowError:
        raise Rejected("first", gettext("This is too early or too late.")) from None
    rows: list[dict[str, Any]] = [
        {
            "subject": step.subject,
            "kind": step.kind_id,
            "due": day,
            "priority": step.priority,
            "details": step.details,
            "about_model": about[0],
            "about_id": about[1],
            "owner": owner_id or current_actor().user_id,
        }
        for step, day in planned
    ]
    return host().records.create_many(Activity, rows)
