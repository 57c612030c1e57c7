"""Many records in one request, all of it or nothing.

``{"create": [{…}], "update": [{"id": 1, "version": 3, …}], "delete": [{"id": 2, "version": 1}]}``

With ``"match": "<field>"`` a row of ``create`` changes the record that has its value in that field,
if there is one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, Response

from core.access.rules import scope_criteria
from core.api import wire
from core.api.collection import model_at
from core.api.faults import Faults
from core.api.idempotency import Answer, once
from core.api.matching import MATCH, matched
from core.api.problems import Problem
from core.api.values import typed
from core.api.writing import CARRIED
from core.data.records import RowsRefused
from core.extensions import db
from core.host import services
from plugin_api.context import current_actor, gettext
from plugin_api.duplicates import Duplicate
from plugin_api.errors import Conflict
from plugin_api.models import CompanyModel

bulk = Blueprint("bulk", __name__)

KINDS = ("create", "update", "delete")
MOST = 1000
"""Records in one request."""


@bulk.post("/<plugin>/<collection>/bulk")
def change(plugin: str, collection: str) -> Response:
    """Create, change and delete up to a thousand records of a collection."""
    model = model_at(plugin, collection)

    def act() -> Answer:
        sent = wire.body()
        match = sent.pop(MATCH, None)
        asked = _asked(sent)
        with wire.asking():
            return Answer(_done(model, asked, match))

    return once(act)


def _asked(sent: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Lists of objects by kind. Raises Problem 422 for any other shape."""
    errors: dict[str, list[Any]] = {}
    for kind, rows in sent.items():
        if kind not in KINDS:
            errors[kind] = [gettext("There is no such field.")]
        elif not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            errors[kind] = [gettext("Send a list of objects.")]
    if not errors and sum(map(len, sent.values())) > MOST:
        message = gettext("At most %(most)s records in one request.", most=MOST)
        errors = {kind: [message] for kind in sent}
    if errors:
        raise Problem(422, gettext("Nothing was changed."), errors=errors)
    return {kind: sent.get(kind, []) for kind in KINDS}


def _done(
    model: type[CompanyModel], asked: Mapping[str, Sequence[dict[str, Any]]], match: Any
) -> dict[str, Any]:
    faults, rows = Faults(), asked["create"]
    known = [None] * len(rows) if match is None else matched(model, match, rows, faults)
    changed = _found(model, asked["update"], "update", faults)
    deleted = _found(model, asked["delete"], "delete", faults)
    _once_each(asked, {i: record.id for i, record in enumerate(known) if record}, faults)
    # A version is looked at where rows are matched, and means nothing elsewhere.
    looked_at = () if match is None else ("version",)
    new = {
        i: _typed(model, _without(rows[i], looked_at), f"create.{i}", faults)
        for i, record in enumerate(known)
        if record is None
    }
    # What is changed, and with what: records that were matched, then those that were named.
    changes = [(f"create.{i}", rows[i], record) for i, record in enumerate(known)]
    changes += [(f"update.{i}", asked["update"][i], record) for i, record in enumerate(changed)]
    values = [
        (place, record, _typed(model, row, place, faults, record))
        for place, row, record in changes
        if record is not None
    ]
    for i, row in enumerate(asked["delete"]):
        message = gettext("There is no such field.")
        faults.add(f"delete.{i}", {name: [message] for name in row if name not in CARRIED})
    faults.check()
    records = services().records
    made = _created(model, new, faults)
    # The first refusal ends it: what stands half changed in the session goes with it.
    for place, record, found in values:
        _do(faults, place, partial(records.update, record, found))
    going = [record for record in deleted if record is not None]
    if going:
        for i, refused in records.delete_many(going).items():
            with faults.at(f"delete.{i}"):
                raise refused
        faults.check()
    db.session.flush()
    return {
        "create": [
            _which(record or made[i]) | ({} if match is None else {"created": record is None})
            for i, record in enumerate(known)
        ],
        "update": [_which(record) for record in changed if record is not None],
        "delete": [{"id": row["id"]} for row in asked["delete"]],
    }


def _do(faults: Faults, place: str, act: Callable[[], object]) -> None:
    with faults.at(place):
        act()
    faults.check()


def _created(
    model: type[CompanyModel], rows: Mapping[int, dict[str, Any]], faults: Faults
) -> dict[int, CompanyModel]:
    """New records, by the position of what was sent for each."""
    made: list[CompanyModel] = []
    places = list(rows)
    try:
        if rows:
            made = services().records.create_many(model, list(rows.values()))
    except RowsRefused as refused:
        for i, messages in refused.rows.items():
            place, status = f"create.{places[i]}", 409 if i in refused.duplicates else 422
            faults.add(place, messages, status)
        for i, found in refused.duplicates.items():
            faults.duplicates[f"create.{places[i]}"] = _placed(found, places)
    faults.check()
    return dict(zip(places, made, strict=True))


def _placed(found: Duplicate, places: Sequence[int]) -> Duplicate:
    matches = [
        each if each.place is None else replace(each, place=places[each.place])
        for each in found.matches
    ]
    return Duplicate(found.message, matches, may_save=found.may_save)


def _found(
    model: type[CompanyModel], rows: Sequence[dict[str, Any]], kind: str, faults: Faults
) -> list[CompanyModel | None]:
    """The records that are named, each as it was read; None where that is at fault."""
    known = _loaded(model, rows, kind)
    found: list[CompanyModel | None] = []
    for i, row in enumerate(rows):
        record = None
        with faults.at(f"{kind}.{i}"):
            record_id, version = _number(row, "id"), _number(row, "version")
            record = known.get(record_id) or services().records.get(model, record_id, kind)
            if record.version != version:
                raise Conflict(gettext("The record has changed since you read it."))
        found.append(record)
    return found


def _loaded(model: Any, rows: Sequence[dict[str, Any]], action: str) -> dict[int, CompanyModel]:
    """Those of the records that the caller may do it with, in one statement."""
    ids = {row["id"] for row in rows if type(row.get("id")) is int and 0 < row["id"] <= wire.MAX_ID}
    if not ids:
        return {}
    rules = scope_criteria(model, action, current_actor())
    asked = sa.select(model).where(model.id.in_(sorted(ids)), rules)
    return {record.id: record for record in db.session.scalars(asked)}


def _number(row: Mapping[str, Any], name: str) -> int:
    value = row.get(name)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= wire.MAX_ID:
        return value
    message = gettext("Send a whole number.")
    raise Problem(422, message, errors={name: [message]})


def _once_each(
    asked: Mapping[str, Sequence[dict[str, Any]]], known: Mapping[int, int], faults: Faults
) -> None:
    """``known`` are numbers of records that rows to create have matched."""
    seen: set[Any] = set(known.values())
    for kind in ("update", "delete"):
        for i, row in enumerate(asked[kind]):
            key = row.get("id")
            if isinstance(key, int) and key in seen:
                faults.add(f"{kind}.{i}", {"id": [gettext("The record is named twice.")]})
            elif isinstance(key, int):
                seen.add(key)


def _typed(
    model: type[CompanyModel],
    row: Mapping[str, Any],
    place: str,
    faults: Faults,
    known: CompanyModel | None = None,
) -> dict[str, Any]:
    sent = row if known is None else _without(row, CARRIED)
    values, errors = typed(model, sent, known=known)
    faults.add(place, errors)
    return values


def _without(row: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    """A row without some of its fields."""
    return {name: value for name, value in row.items() if name not in names}


def _which(record: CompanyModel) -> dict[str, int]:
    return {"id": record.id, "version": record.version}
