"""What an opportunity must have before it may enter a stage, whichever way it comes."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from plugin_api.context import gettext
from plugin_api.errors import Invalid, Rejected
from plugins.crm.models import Opportunity
from plugins.crm.services.stages import Step, label_of, steps, steps_of


def needed(step: Step, pipeline: Sequence[Step]) -> dict[str, Step]:
    """Field → the stage that asks for it, of the stage itself and those that it implies.

    A later stage implies the open ones before it, so that none is skipped by jumping; being
    lost implies nothing.
    """
    asked: dict[str, Step] = {}
    for other in pipeline:
        implied = step.outcome != "lost" and other.outcome == "open" and _before(other, step)
        if other.id == step.id or implied:
            for name in other.needed:
                asked.setdefault(name, other)
    return asked


def check(record: Opportunity, step: Step) -> None:
    """Raise Invalid naming every field that is empty, and the stage that asks for it."""
    missing = {
        name: stage
        for name, stage in needed(step, steps_of(step.pipeline_id)).items()
        if is_empty(record, name)
    }
    if not missing:
        return
    raise Invalid(
        gettext(
            "The stage “%(stage)s” needs: %(fields)s.",
            stage=step.name,
            fields=", ".join(str(label_of(name)) for name in missing),
        ),
        errors={name: [_needs(name, stage)] for name, stage in missing.items()},
    )


def keep(record: Opportunity, emptied: Collection[str]) -> None:
    """Refuse to empty a field (a column) that the stage asks for. Raises Rejected."""
    step = steps().get(record.stage_id or 0)
    if step is None or record.outcome == "lost":
        return
    for name, stage in needed(step, steps_of(step.pipeline_id)).items():
        if (name in emptied or f"{name}_id" in emptied) and is_empty(record, name):
            raise Rejected(name, _needs(name, stage))


def is_empty(record: Opportunity, field: str) -> bool:
    """Whether a field, by its name in views, holds nothing."""
    attribute = f"{field}_id" if hasattr(record, f"{field}_id") else field
    return getattr(record, attribute) in (None, "")


def _needs(name: str, stage: Step) -> str:
    return str(
        gettext(
            "“%(field)s” is needed for the stage “%(stage)s”.",
            field=label_of(name),
            stage=stage.name,
        )
    )


def _before(other: Step, step: Step) -> bool:
    return step.outcome == "won" or (other.position, other.id) <= (step.position, step.id)
