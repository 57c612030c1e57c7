"""What is completed, refused and followed up when plans are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Actor, gettext, today
from plugin_api.errors import Rejected
from plugin_api.models import CompanyModel
from plugins.plans.models import (
    Dependency,
    Link,
    Objective,
    Report,
    Step,
    Strategy,
    TemplateStep,
)
from plugins.plans.models.steps import OPEN
from plugins.plans.services import objectives, reports, steps, strategies, subjects, templates
from plugins.plans.services.kept import forget

Changes = Mapping[str, tuple[Any, Any]]
WRITTEN = (
    "plans.Strategy", "plans.Link", "plans.Objective", "plans.Step", "plans.Dependency",
    "plans.TemplateStep", "plans.Report",
)  # fmt: skip
"""Models whose records are completed or checked when they are written."""


def starting_values(model: str, actor: Actor) -> Mapping[str, Any]:
    """What an empty form starts with."""
    values: dict[str, Any] = {}
    if actor.user_id is not None:
        values["owner"] = actor.user_id
    if model == "plans.Step":
        values["due"] = today()
    elif model in ("plans.Strategy", "plans.Report"):
        values["start"] = today()
    return values


def before_create(record: CompanyModel) -> None:
    """Complete or refuse a new record."""
    _complete(record, ())


def before_update(record: CompanyModel, changes: Changes) -> None:
    """Complete or refuse a change."""
    if isinstance(record, Strategy):
        strategies.check_change(record, changes)
    elif isinstance(record, Report):
        reports.check_change(record, changes)
    _complete(record, tuple(changes))


def _complete(record: CompanyModel, changes: Sequence[str]) -> None:
    if isinstance(record, Step):
        steps.complete(record, changes)
    elif isinstance(record, Objective):
        steps.check_days(record, "start", "end")
        objectives.complete(record, changes)
    elif isinstance(record, Strategy):
        strategies.complete(record)
    elif isinstance(record, Link):
        strategies.complete_link(record)
    elif isinstance(record, Dependency):
        steps.check_dependency(record)
    elif isinstance(record, TemplateStep):
        templates.check(record)
    elif isinstance(record, Report) and record.state == "draft":
        reports.complete(record)


def after_create_many(records: Sequence[CompanyModel]) -> None:
    """Count what new steps carry."""
    objectives.recount({each.objective_id for each in records if isinstance(each, Step)})


def after_update(record: CompanyModel, changes: Changes) -> None:
    """Count what a changed step carries, and plan the next of a series."""
    if isinstance(record, Objective):
        forget()
    if not isinstance(record, Step):
        return
    if steps.COUNTED & changes.keys():
        before = changes.get("objective_id", (None, None))[0]
        objectives.recount({record.objective_id, before})
    if "state" in changes and record.state in steps.CLOSED:
        steps.go_on(record)


def before_delete(record: CompanyModel) -> None:
    """Keep what was decided."""
    if isinstance(record, Strategy):
        if record.state != "draft":
            raise Rejected("", gettext("It has begun. End it instead."))
    elif isinstance(record, Report):
        if record.state != "draft":
            raise Rejected("", gettext("It is submitted. It stays."))
    elif isinstance(record, Step):
        objectives.recount({record.objective_id}, without=record.id)


def before_delete_many(records: Sequence[CompanyModel]) -> None:
    """Let go of records that plans are about."""
    subjects.let_go(records, Step, Link)


def pressing(actor: Actor) -> int:
    """How many of the person's own steps are due or over."""
    if actor.user_id is None:
        return 0
    asked = sa.select(sa.func.count(Step.id)).where(
        Step.owner_id == actor.user_id, Step.state.in_(OPEN), Step.due <= today()
    )
    return int(host().session.scalar(asked) or 0)
