"""Rows of a bulk request that are records already, told by a field that is there only once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import sqlalchemy as sa

from core.access.rules import scope_criteria
from core.api.faults import Faults
from core.api.problems import Problem
from core.api.writing import require_same
from core.data.fields import FieldMeta, column_of, fields_of
from core.data.parse import parse_json
from core.data.shapes import shape_of
from core.extensions import db
from plugin_api.context import current_actor, gettext
from plugin_api.errors import Conflict, Refused
from plugin_api.models import CompanyModel

MATCH = "match"


def matching_fields(model: type[CompanyModel]) -> list[FieldMeta]:
    """Fields that tell records of a model apart, each by itself, and that the actor may set."""
    alone = {group[0] for group in shape_of(model).unique if len(group) == 1}
    return [
        meta
        for meta in fields_of(model).values()
        if meta.attribute in alone and not (meta.masked or meta.readonly)
    ]


def matched(
    model: type[CompanyModel], name: Any, rows: Sequence[Mapping[str, Any]], faults: Faults
) -> list[CompanyModel | None]:
    """The record that each row is about by its value in a field; None for a new one. One statement.

    Records that the caller may not read are not found: to make them once more is refused as it is
    without this. A row's ``version`` must be that of its record. Raises Problem 422 for another
    field.
    """
    known = {meta.name: meta for meta in matching_fields(model)}
    meta = known.get(name) if isinstance(name, str) else None
    if meta is None:
        message = gettext("No field that is there only once; there are: %(names)s.",
                          names=", ".join(known) or "–")  # fmt: skip
        raise Problem(422, gettext("Nothing was changed."), errors={MATCH: [message]})
    values = _values(meta, rows, faults)
    found = _found(model, meta, {value for value in values if value is not None})
    records = [found.get(value) for value in values]
    for i, (row, record) in enumerate(zip(rows, records, strict=True)):
        with faults.at(f"create.{i}"):
            if record is not None:
                require_same(record.id, row)
            if "version" in row and (record is None or record.version != row["version"]):
                raise Conflict(gettext("The record has changed since you read it."))
    return records


def _values(meta: FieldMeta, rows: Sequence[Mapping[str, Any]], faults: Faults) -> list[Any]:
    """What each row holds in the field; None where that is at fault."""
    values: list[Any] = []
    seen: set[Any] = set()
    for i, row in enumerate(rows):
        place, value = f"create.{i}", None
        # What is wrong with it is told where the other fields are looked at.
        with suppress(Refused):
            value = parse_json(meta, row.get(meta.name))
        if value is None and row.get(meta.name) in (None, ""):
            faults.add(place, {meta.name: [gettext("A value is needed.")]})
        elif value in seen:
            faults.add(place, {meta.name: [gettext("The record is named twice.")]})
        if value is not None:
            seen.add(value)
        values.append(value)
    return values


def _found(model: Any, meta: FieldMeta, values: set[Any]) -> dict[Any, CompanyModel]:
    if not values:
        return {}
    column = column_of(model, meta)
    asked = sa.select(column, model).where(
        column.in_(values), scope_criteria(model, "read", current_actor())
    )
    return {row[0]: row[1] for row in db.session.execute(asked)}
