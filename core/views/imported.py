"""What came of an import, or would come of it, in a few lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from core.data.audit import AuditEntry, as_read
from core.data.fields import fields_of
from core.data.importing.models import ImportedRow
from core.data.importing.reverting import BACK
from core.extensions import db
from core.views import trail
from core.views.record_page import Change
from plugin_api.context import gettext, pgettext
from plugin_api.models import CompanyModel

FEW_LINES = 3
MOST_PLANNED = 200
"""Records of which it is shown what an import would do to them."""


def counts(found: Any, *, planned: bool = False) -> Sequence[tuple[str, int, str]]:
    """Label, number and tone of each count of a report or a run; those that are 0 left out."""
    created = gettext("To create") if planned else pgettext("import", "Created")
    updated = gettext("To update") if planned else gettext("Updated")
    told = (
        (created, found.created, "good"),
        (updated, found.updated, "info"),
        (gettext("Unchanged"), found.unchanged, "neutral"),
        (gettext("Left out"), found.skipped, "neutral"),
        (gettext("Wrong"), found.errors, "bad"),
    )
    return [each for each in told if each[1]] or [(gettext("Rows"), found.rows, "neutral")]


def taken_back(kept: Mapping[str, Any]) -> Sequence[tuple[str, int, str]]:
    """The same of what taking an import back has done; none before that."""
    found: Mapping[str, int] = kept.get(BACK, {})
    told = (
        ("deleted", gettext("Deleted"), "neutral"),
        ("restored", gettext("Set back"), "neutral"),
        ("gone", gettext("Gone already"), "neutral"),
        ("left", gettext("Left alone"), "warn"),
    )
    return [(label, found[name], tone) for name, label, tone in told if found.get(name)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """What is wrong in the same way with one row or many. ``lines`` names the first of them."""

    lines: str
    count: int
    column: str
    value: str
    reason: str


def faults(model: type[CompanyModel], found: Iterable[Mapping[str, Any]]) -> list[Fault]:
    """Errors of rows, those that say the same together, in the order of the file. A field that
    no column fills is called what forms call it."""
    labels = {name: str(meta.label) for name, meta in fields_of(model).items()}
    groups: dict[tuple[str, str, str], list[int]] = {}
    for each in found:
        key = (
            each["column"] or labels.get(each["field"], each["field"]),
            each["value"],
            each["reason"],
        )
        groups.setdefault(key, []).append(each["line"])
    return [
        Fault(
            lines=", ".join(map(str, lines[:FEW_LINES])) + (" …" if lines[FEW_LINES:] else ""),
            count=len(lines),
            column=column,
            value=value,
            reason=reason,
        )
        for (column, value, reason), lines in groups.items()
    ]


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """What an import would do to a record: what it holds before and after, by field."""

    title: str
    is_new: bool
    changes: Sequence[Change]


def planned(model: type[CompanyModel], run_id: int, began: dt.datetime) -> list[Planned]:
    """What a dry run that began at a time has done so far, changes of records before new ones; to
    be asked before it is undone. Four statements, and those of its trail."""
    asked = (
        sa.select(ImportedRow.record_id, ImportedRow.action)
        .where(ImportedRow.run_id == run_id)
        .order_by(ImportedRow.action.desc(), ImportedRow.id)
        .limit(MOST_PLANNED)
    )
    actions = {row.record_id: row.action for row in db.session.execute(asked)}
    entries = db.session.scalars(
        sa.select(AuditEntry)
        .where(
            AuditEntry.model == model.model_key(),
            AuditEntry.record_id.in_(actions),
            AuditEntry.created_at >= began,
        )
        .order_by(AuditEntry.id)
    )
    rows: dict[int, list[trail.TrailRow]] = {}
    for row in trail.rows(as_read([(entry, "") for entry in entries])):
        rows.setdefault(row.record_id, []).append(row)
    return [
        Planned(
            title=found[-1].title,
            is_new=action == "created",
            changes=[change for row in found for change in row.changes],
        )
        for record_id, action in actions.items()
        if (found := rows.get(record_id))
    ]
