"""What is completed, refused and followed up when risks and their parts are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Actor, gettext, today
from plugin_api.errors import Rejected
from plugin_api.models import CompanyModel
from plugins.risk.models import (
    Action,
    Appetite,
    Control,
    ControlTest,
    Cover,
    Incident,
    Indicator,
    Response,
    Risk,
    Rule,
    Score,
)
from plugins.risk.services import (
    actions,
    appetite,
    assessing,
    controls,
    indicators,
    register,
    responses,
    subjects,
)
from plugins.risk.services.detecting import rules

Changes = Mapping[str, tuple[Any, Any]]
WRITTEN = (
    "risk.Risk", "risk.Control", "risk.Cover", "risk.ControlTest", "risk.Response", "risk.Action",
    "risk.Rule", "risk.Indicator", "risk.Incident", "risk.Appetite",
)  # fmt: skip


def starting_values(model: str, actor: Actor) -> Mapping[str, Any]:
    """What an empty form starts with."""
    values: dict[str, Any] = {}
    if actor.user_id is not None and model not in ("risk.ControlTest", "risk.Rule"):
        values["owner"] = actor.user_id
    if model in ("risk.ControlTest", "risk.Incident"):
        values["on"] = today()
    elif model == "risk.Risk":
        values |= {"identified_on": today(), "review_on": register.next_review()}
    return values


def before_create(record: CompanyModel) -> None:
    """Complete or refuse a new record."""
    if isinstance(record, Risk):
        register.begin(record)
    elif isinstance(record, ControlTest):
        controls.complete_test(record)
    else:
        _complete(record, ())


def before_update(record: CompanyModel, changes: Changes) -> None:
    """Complete or refuse a change."""
    if isinstance(record, Risk):
        register.change(record, changes)
    else:
        _complete(record, tuple(changes))


def _complete(record: CompanyModel, changes: Sequence[str]) -> None:
    if isinstance(record, Response):
        responses.complete(record, changes)
    elif isinstance(record, Control):
        controls.complete(record, changes)
    elif isinstance(record, Cover):
        controls.check_cover(record, changes)
    elif isinstance(record, Action):
        actions.complete(record, changes)
    elif isinstance(record, Rule):
        rules.check(record)
    elif isinstance(record, Indicator):
        indicators.check(record, changes)
    elif isinstance(record, Incident):
        _check_incident(record)
    elif isinstance(record, Appetite) and (record.loss or 0) < 0:
        raise Rejected("loss", gettext("A loss is not below zero."))


def _check_incident(incident: Incident) -> None:
    register.check_days(incident, "on")
    if incident.on > today():
        raise Rejected("on", gettext("This is in the future."))
    if (incident.loss or 0) < 0:
        raise Rejected("loss", gettext("A loss is not below zero."))
    if incident.near_miss and incident.loss:
        raise Rejected("loss", gettext("What went well in the end has cost nothing."))


def after_create_many(records: Sequence[CompanyModel]) -> None:
    """Keep first scores, take in tests, put actions into plans."""
    first = records[0]
    if isinstance(first, Risk):
        risks = [each for each in records if isinstance(each, Risk)]
        assessing.note([(each, assessing.filled_levels(each)) for each in risks])
    elif isinstance(first, ControlTest):
        controls.take_in([each for each in records if isinstance(each, ControlTest)])
    elif isinstance(first, Action):
        for each in records:
            if isinstance(each, Action):
                actions.plan(each)
    elif isinstance(first, Appetite):
        _redraw(records)


def after_update(record: CompanyModel, changes: Changes) -> None:
    """Keep scores that have changed, and carry on what follows."""
    if isinstance(record, Risk):
        assessing.note([(record, assessing.changed_levels(changes.keys()))])
    elif isinstance(record, Action):
        actions.carry(record, changes)
    elif isinstance(record, Appetite):
        _redraw([record])
    elif record.model_key() == "plans.Step":
        actions.follow(record, changes)


def _redraw(records: Sequence[CompanyModel]) -> None:
    for each in records:
        if isinstance(each, Appetite):
            appetite.redraw(each.category)


def before_delete(record: CompanyModel) -> None:
    """Keep what was assessed."""
    if isinstance(record, Risk):
        scored = sa.select(Score.id).where(Score.risk_id == record.id).limit(1)
        if host().session.scalar(scored) is not None:
            raise Rejected("", gettext("It was assessed, and that is kept. Close it instead."))
        controls.check_shared(record)
    elif isinstance(record, Control):
        controls.check_delete(record)
    elif isinstance(record, Cover):
        controls.check_uncover(record)


def before_delete_many(records: Sequence[CompanyModel]) -> None:
    """Let go of records that risks are about."""
    subjects.let_go(records, Risk)


def pressing(actor: Actor) -> int:
    """How many of the person's own risks wait for a decision or a review."""
    if actor.user_id is None:
        return 0
    mine = sa.select(sa.func.count(Risk.id)).where(Risk.owner_id == actor.user_id)
    return int(host().session.scalar(mine.where(register.waits())) or 0)
