"""The box beside a custom field: how much it holds, and what changing it would do."""

from __future__ import annotations

from collections.abc import Iterator

from core.custom import changes
from core.custom.models import KINDS, CustomField
from core.views.urls import collection_url, with_query
from plugin_api.context import gettext, has_permission
from plugin_api.panels import Fact, Panel


def panels(field: CustomField) -> list[Panel]:
    """Boxes beside a field."""
    model, held = changes.model_of(field), changes.count(field)
    if model is None:
        return []
    there = with_query(collection_url(model), [(f"{field.name}__isnull", "false")])
    shown = not field.archived and has_permission(f"{field.model}.read")
    fact = Fact(
        label=gettext("Records with a value"), value=str(held), href=there if shown else None
    )
    made = [Panel(title=gettext("What it holds"), facts=(fact,), note=_note(field, held))]
    facts = tuple(_others(field)) if held else ()
    if facts:
        made.append(
            Panel(
                title=gettext("If the type is changed"),
                facts=facts,
                note=gettext("Only a type that every value fits can be chosen."),
            )
        )
    return made


def _note(field: CustomField, held: int) -> str:
    if field.archived:
        return str(
            gettext("It is hidden and its values are kept. Deleting it deletes them for good.")
        )
    if held:
        return str(gettext("Archiving hides it everywhere and keeps the values; it can be undone."))
    return str(gettext("Nothing is lost when it is deleted."))


def _others(field: CustomField) -> Iterator[Fact]:
    """How many values each other type would take."""
    model, old = changes.model_of(field), changes.meta_of(field)
    values = changes.held(model, old)
    if values is None:
        return
    for kind in KINDS:
        if kind.value in (field.kind, "reference") or field.kind == "reference":
            continue
        new = changes.meta_of(field, kind=kind.value)
        found = changes.outcome(old, new, values)
        if found.unfit < found.total:
            words = gettext(
                "%(fit)s of %(total)s values fit", fit=found.total - found.unfit, total=found.total
            )
            yield Fact(label=kind.label, value=words)
