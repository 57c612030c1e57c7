"""The history of a record in words, from the audit trail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from core.data.audit import Entry
from core.data.fields import FieldMeta
from core.views import cells
from core.views.record_page import Change, Event
from plugin_api.context import gettext
from plugin_api.workflow import Workflow


def timeline(
    entries: Iterable[Entry], metas: Mapping[str, FieldMeta], workflow: Workflow | None
) -> tuple[Event, ...]:
    """Who did what, newest first."""
    return tuple(
        Event(
            at=entry.at,
            who=entry.user or gettext("The system"),
            what=_verb(entry, workflow),
            changes=tuple(_changes(entry, metas)) if entry.action != "create" else (),
        )
        for entry in entries
    )


def _verb(entry: Entry, workflow: Workflow | None) -> str:
    if entry.action == "create":
        return str(gettext("created this record"))
    if entry.action == "transition":
        label = next(
            (str(t.label) for t in workflow.transitions if t.name == entry.transition), ""
        ) if workflow else ""
        return str(gettext("chose “%(transition)s”", transition=label or entry.transition))
    return str(gettext("changed"))


def _changes(entry: Entry, metas: Mapping[str, FieldMeta]) -> Iterable[Change]:
    for name, (old, new) in entry.changes.items():
        meta = metas.get(name)
        if meta is not None and meta.kind != "json":
            yield Change(label=str(meta.label), old=_text(meta, old), new=_text(meta, new))


def _text(meta: FieldMeta, value: Any) -> str:
    return cells.cell(meta, {meta.name: value}).text
