"""The head of a record's page: what it is, where it stands, what may be done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from core.access.rules import reaches
from core.data.fields import FieldMeta
from core.host import services
from core.views import cells
from core.views.declared import list_of
from core.views.opening import Opened
from core.views.page import Cell
from core.views.record_page import Move, Step
from plugin_api.context import current_actor, has_permission
from plugin_api.models import CompanyModel
from plugin_api.workflow import Transition, Workflow

FACTS = 5


def steps(
    metas: Mapping[str, FieldMeta], workflow: Workflow | None, values: Mapping[str, Any]
) -> tuple[Step, ...]:
    """The states of the workflow, the record's marked."""
    if workflow is None or workflow.field not in metas:
        return ()
    state = values.get(workflow.field)
    return tuple(
        Step(label=str(c.label), tone=c.tone, current=c.value == state)
        for c in metas[workflow.field].choices
    )


def moves(path: str, workflow: Workflow | None, opened: Opened) -> tuple[Move, ...]:
    """The transitions that the actor may take the record through."""
    return tuple(
        Move(
            name=transition.name,
            label=str(transition.label),
            tone=transition.tone,
            href=f"{path}/transitions/{transition.name}",
            asks=bool(transition.inputs),
        )
        for transition in _open(workflow, opened)
        if transition.button
        and _state(workflow, opened) not in transition.unoffered
        and (transition.offered is None or transition.offered(opened.record))
    )


def _open(workflow: Workflow | None, opened: Opened) -> Sequence[Transition]:
    if workflow is None:
        return ()
    state = _state(workflow, opened)
    return [
        transition
        for transition in workflow.transitions
        if state in transition.from_ and _may(opened, transition.permission)
    ]


def _state(workflow: Workflow | None, opened: Opened) -> str:
    return str(opened.values.get(workflow.field)) if workflow is not None else ""


def _may(opened: Opened, permission: str | None) -> bool:
    """Whether the actor may do with the record what a transition needs."""
    if permission is None:
        return opened.may_update
    return has_permission(permission) and reaches(opened.record, permission, current_actor())


def facts(
    model: type[CompanyModel], metas: Mapping[str, FieldMeta], values: Mapping[str, Any]
) -> tuple[tuple[str, Cell], ...]:
    """What one wants to know at a glance: the columns of the model's list that say something."""
    workflow = services().registry.workflows.get(model.model_key())
    told = {model.__title__, workflow.field if workflow else ""}
    found = []
    for name in list_of(model).columns:
        meta = metas.get(name)
        if meta is None or name in told or meta.kind in ("longtext", "json"):
            continue
        shown = cells.cell(meta, values)
        if shown.text:
            found.append((str(meta.label), shown))
    return tuple(found[:FACTS])
