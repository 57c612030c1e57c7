"""Which fields of a record may be changed outside of its form."""

from __future__ import annotations

from core.data.fields import fields_of
from core.host import services
from plugin_api.context import has_permission
from plugin_api.models import Base


def guarded(model: type[Base]) -> frozenset[str]:
    """Fields, by view name, that only a transition changes."""
    workflow = services().registry.workflows.get(model.model_key())
    if workflow is None:
        return frozenset()
    moved = {workflow.field, *workflow.guards}
    return frozenset(
        name for name, meta in fields_of(model).items() if {name, meta.attribute} & moved
    )


def later(model: type[Base]) -> frozenset[str]:
    """Fields, by view name, of which a new record's form says nothing: transitions fill them."""
    workflow = services().registry.workflows.get(model.model_key())
    if workflow is None:
        return frozenset()
    waiting = set(workflow.guards) - set(workflow.given)
    return frozenset(
        name
        for name, meta in fields_of(model).items()
        if {name, meta.attribute} & waiting and (not meta.required or meta.has_default)
    )


def editable(model: type[Base]) -> frozenset[str]:
    """Fields that the actor may change in a list, if the record is one they may change."""
    key = model.model_key()
    if "update" not in model.__actions__ or not has_permission(f"{key}.update"):
        return frozenset()
    return frozenset(
        name for name, meta in fields_of(model).items() if not meta.readonly and meta.kind != "json"
    ) - guarded(model)
