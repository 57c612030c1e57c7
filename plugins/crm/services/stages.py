"""The company's pipelines and stages, and what is checked when they are set up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Text, gettext
from plugin_api.errors import Rejected
from plugin_api.models import FieldInfo
from plugins.crm.models import Opportunity, Pipeline, Stage
from plugins.crm.services.kept import forget, lasting

Changes = Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A stage as the rules need it."""

    id: int
    pipeline_id: int
    name: str
    position: int
    outcome: str
    probability: Decimal
    needed: tuple[str, ...]
    rot_days: int | None


def steps() -> Mapping[int, Step]:
    """Every stage of the company by id, in the order of its pipeline."""
    return lasting("steps", _read_steps)


def steps_of(pipeline_id: int) -> list[Step]:
    """The stages of a pipeline in order."""
    return [step for step in steps().values() if step.pipeline_id == pipeline_id]


def first(pipeline_id: int, outcome: str) -> Step | None:
    """The first stage of a pipeline in which an opportunity is open, won or lost."""
    return next((step for step in steps_of(pipeline_id) if step.outcome == outcome), None)


def default_pipeline() -> int | None:
    """Id of the pipeline for an opportunity that names none."""
    return lasting("pipeline", _read_default)


def names_in(text: str | None) -> tuple[str, ...]:
    """Field names of a text such as ``amount, contact``."""
    return tuple(dict.fromkeys(re.findall(r"\w+", text or "")))


def field_infos() -> Mapping[str, FieldInfo]:
    """Described fields of an opportunity by their name in views."""
    found: dict[str, FieldInfo] = {}
    for column in Opportunity.__table__.columns:
        info: FieldInfo | None = column.info.get("field")
        if info is not None:
            name = column.name
            found[name.removesuffix("_id") if info.kind == "reference" else name] = info
    return found


def label_of(field: str) -> Text:
    """What a field of an opportunity is called."""
    info = field_infos().get(field)
    return field if info is None else info.label


def check_stage(record: Stage, changes: Changes | None = None) -> None:
    """Refuse a stage that asks for fields which opportunities do not have."""
    forget()
    infos = field_infos()
    unknown = [name for name in names_in(record.required_fields) if name not in infos]
    if unknown:
        raise Rejected(
            "required_fields",
            gettext("Opportunities have no field “%(name)s”.", name=unknown[0]),
        )
    if changes is None:
        return
    if ("outcome" in changes or "pipeline_id" in changes) and _is_used(record):
        raise Rejected(
            "outcome" if "outcome" in changes else "pipeline",
            gettext("There are opportunities in this stage. Move them first."),
        )


def follow_stage(record: Stage, changes: Changes) -> None:
    """Have the opportunities of a stage stall after as many days as it says now."""
    forget()
    if "rot_days" not in changes:
        return
    asked = sa.select(Opportunity).where(
        Opportunity.stage_id == record.id, Opportunity.outcome == "open"
    )
    step = steps()[record.id]
    for opportunity in host().session.scalars(asked):
        opportunity.stalls_on = stalls_on(opportunity, step)


def stalls_on(opportunity: Opportunity, step: Step) -> date | None:
    """The day from which an opportunity counts as stalled in a stage; None: never."""
    if step.rot_days is None or step.outcome != "open" or opportunity.stage_since is None:
        return None
    return opportunity.stage_since + timedelta(days=step.rot_days)


def check_pipeline(record: Pipeline, changes: Changes | None = None) -> None:
    """There is one default pipeline: making another the default takes it from the old one."""
    forget()
    if record.is_default:
        if record.active is False:
            raise Rejected("active", gettext("The default pipeline stays active."))
        with host().session.no_autoflush:
            for other in host().session.scalars(sa.select(Pipeline).where(Pipeline.is_default)):
                if other is not record:
                    other.is_default = False
    elif changes is not None and "is_default" in changes:
        raise Rejected("is_default", gettext("Make another pipeline the default instead."))


def _is_used(record: Stage) -> bool:
    asked = sa.select(Opportunity.id).where(Opportunity.stage_id == record.id).limit(1)
    with host().session.no_autoflush:
        return host().session.scalar(asked) is not None


def _read_steps() -> Mapping[int, Step]:
    rows: Iterable[Stage] = host().session.scalars(
        sa.select(Stage).order_by(Stage.pipeline_id, Stage.position, Stage.id)
    )
    return {
        row.id: Step(
            id=row.id,
            pipeline_id=row.pipeline_id,
            name=row.name,
            position=row.position,
            outcome=row.outcome,
            probability=row.probability,
            needed=names_in(row.required_fields),
            rot_days=row.rot_days,
        )
        for row in rows
    }


def _read_default() -> int | None:
    best = (Pipeline.is_default.desc(), Pipeline.active.desc(), Pipeline.position, Pipeline.id)
    return host().session.scalar(sa.select(Pipeline.id).order_by(*best).limit(1))
