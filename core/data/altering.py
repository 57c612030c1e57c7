"""Changing records: one, or many of one model together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from typing import Any

from core.data import audit, masks, references, saving, uniqueness, workflow
from core.data.checks import accept, difference, recheck, refuse, state_of, whole
from core.data.fields import put
from core.data.shapes import shape_of
from core.starting import without_collecting
from plugin_api.context import current_company
from plugin_api.models import CompanyModel

Values = Mapping[str, Any]
Told = list[tuple[CompanyModel, Mapping[str, tuple[Any, Any]]]]


def is_plain(model: type[CompanyModel], values: Values) -> bool:
    """Whether nothing in ``values`` has to be seen beside other records: no currency that amounts
    depend on, no owner, no whole, no reference, nothing unique, no field of the company's own."""
    shape = shape_of(model)
    metas = [shape.by_key[name] for name in values if name in shape.by_key]
    names = {meta.attribute for meta in metas}
    apart = {model.__owner__, model.__parent__} & names
    return (
        len(metas) == len(values)
        and not apart
        and not shape.currencies & {meta.name for meta in metas}
        and not any(meta.target or meta.custom is not None for meta in metas)
        and not uniqueness.touches(model, names)
    )


def one(record: CompanyModel, values: Values, version: int | None = None) -> None:
    """See :meth:`core.data.records.Records.update`."""
    saving.look([record])
    with ExitStack() as stack:
        old = _prepared(record, values, stack, version)
        if old is None:
            return
        changes = saving.check_and_flush(record, old)
    saving.note(record, "update", changes)
    saving.call("after_update", record, changes=saving.by_attribute(type(record), changes))
    saving.follow_up(record)


def many(changes: Sequence[tuple[CompanyModel, Values]]) -> None:
    """As :meth:`core.data.records.Records.update` for each, with one flush: all or none."""
    if changes:
        saving.look([record for record, _values in changes])
    with without_collecting(), ExitStack() as stack:
        told: Told = []
        before = []
        for record, values in changes:
            found = _prepared(record, values, stack)
            if found is not None:
                before.append((record, found))
        if not before:
            return
        model = type(before[0][0])
        for record, old in before:
            refuse(recheck(record, old))
            told.append((record, difference(old, state_of(record))))
        saving.flush(model)
        audit.write("update", told)
        for record, altered in told:
            saving.mark(record)
            saving.call("after_update", record, changes=saving.by_attribute(model, altered))
            saving.follow_up(record)


def _prepared(
    record: CompanyModel, values: Values, stack: ExitStack, version: int | None = None
) -> dict[str, Any] | None:
    """Put values on a record after all checks; what it held, or None for no change."""
    model = type(record)
    saving.allow_for(record, f"{model.model_key()}.update")
    saving.check_version(record, version)
    old = saving.stored_state(record)
    values = masks.without_untouched(shape_of(model).by_key, values, old)
    rest, errors = workflow.locked(record, values)
    taken, faults = accept(model, rest)
    for name in shape_of(model).currencies & taken.keys():
        taken[name] = taken[name] or current_company().currency
    new = {**state_of(record), **taken}
    changes = difference(old, new)
    refuse(errors | faults | references.faults(model, [(new, changes)])[0])
    if not changes:
        return None
    attributes = saving.by_attribute(model, changes)
    if model.__owner__ in attributes:
        saving.allow_to_hand_on(record)
    stack.enter_context(saving.changing(record, attributes))
    for name, (_old, value) in changes.items():
        put(record, shape_of(model).metas[name], value)
    if model.__parent__ in attributes:
        # A part that is moved must be within reach where it goes, too.
        saving.allow_for(record, f"{model.model_key()}.update")
    with whole(record):
        saving.call_before("before_update", record, changes=attributes)
    return old
