"""Many records in one request, all of it or nothing.

``{"create": [{…}], "update": [{"id": 1, "version": 3, …}], "delete": [{"id": 2, "version": 1}]}``
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, Response
from sqlalchemy.orm.exc import StaleDataError

from core.access.rules import scope_criteria
from core.api import wire
from core.api.collection import model_at
from core.api.idempotency import Answer, once
from core.api.problems import Problem, told_of
from core.api.values import typed
from core.api.writing import CARRIED
from core.data.records import RowsRefused
from core.extensions import db
from core.host import services
from plugin_api.context import current_actor, gettext
from plugin_api.duplicates import Duplicate
from plugin_api.errors import Conflict, Refused
from plugin_api.models import CompanyModel

bulk = Blueprint("bulk", __name__)

KINDS = ("create", "update", "delete")
MOST = 1000
"""Records in one request."""


@dataclass
class Faults:
    """What is wrong, by place: ``update.3.name`` is the name of the fourth change."""

    errors: dict[str, list[Any]] = field(default_factory=dict)
    statuses: set[int] = field(default_factory=set)
    duplicates: dict[str, Duplicate] = field(default_factory=dict)

    def add(self, place: str, errors: Mapping[str, Sequence[Any]], status: int = 422) -> None:
        for name, messages in errors.items():
            self.errors.setdefault(f"{place}.{name}" if name else place, []).extend(messages)
            self.statuses.add(status)

    def check(self) -> None:
        """Raise Problem when there is any; its status is theirs if they share one, else 422."""
        if self.errors:
            status = next(iter(self.statuses)) if len(self.statuses) == 1 else 422
            told = told_of(self.duplicates) if self.duplicates else {}
            raise Problem(status, gettext("Nothing was changed."), errors=self.errors, **told)

    @contextmanager
    def at(self, place: str) -> Iterator[None]:
        """Note what is refused inside."""
        try:
            yield
        except StaleDataError:
            message = gettext("The record has changed since you read it.")
            self.add(place, {"version": [message]}, 409)
        except Refused as refused:
            where = "version" if isinstance(refused, Conflict) else ""
            if isinstance(refused, Duplicate):
                self.duplicates[place] = refused
            self.add(place, refused.errors or {where: [refused.message]}, refused.status)


@bulk.post("/<plugin>/<collection>/bulk")
def change(plugin: str, collection: str) -> Response:
    """Create, change and delete up to a thousand records of a collection."""
    model = model_at(plugin, collection)

    def act() -> Answer:
        asked = _asked(wire.body())
        with wire.asking():
            return Answer(_done(model, asked))

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
    model: type[CompanyModel], asked: Mapping[str, Sequence[dict[str, Any]]]
) -> dict[str, Any]:
    faults = Faults()
    changed = _found(model, asked["update"], "update", faults)
    deleted = _found(model, asked["delete"], "delete", faults)
    _once_each(asked, faults)
    new = [_typed(model, row, f"create.{i}", faults) for i, row in enumerate(asked["create"])]
    values = [
        {} if record is None else _typed(model, row, f"update.{i}", faults, record)
        for i, (row, record) in enumerate(zip(asked["update"], changed, strict=True))
    ]
    for i, row in enumerate(asked["delete"]):
        message = gettext("There is no such field.")
        faults.add(f"delete.{i}", {name: [message] for name in row if name not in CARRIED})
    faults.check()
    records = services().records
    made = _created(model, new, faults)
    # The first refusal ends it: what stands half changed in the session goes with it.
    for i, (record, found) in enumerate(zip(changed, values, strict=True)):
        if record is not None:
            _do(faults, f"update.{i}", partial(records.update, record, found))
    going = [record for record in deleted if record is not None]
    if going:
        for i, refused in records.delete_many(going).items():
            with faults.at(f"delete.{i}"):
                raise refused
        faults.check()
    db.session.flush()
    return {
        "create": [_which(record) for record in made],
        "update": [_which(record) for record in changed if record is not None],
        "delete": [{"id": row["id"]} for row in asked["delete"]],
    }


def _do(faults: Faults, place: str, act: Callable[[], object]) -> None:
    with faults.at(place):
        act()
    faults.check()


def _created(
    model: type[CompanyModel], rows: list[dict[str, Any]], faults: Faults
) -> list[CompanyModel]:
    made: list[CompanyModel] = []
    try:
        if rows:
            made = services().records.create_many(model, rows)
    except RowsRefused as refused:
        for i, messages in refused.rows.items():
            faults.add(f"create.{i}", messages, 409 if i in refused.duplicates else 422)
        faults.duplicates |= {f"create.{i}": each for i, each in refused.duplicates.items()}
    faults.check()
    return made


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


def _once_each(asked: Mapping[str, Sequence[dict[str, Any]]], faults: Faults) -> None:
    seen: set[Any] = set()
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
    carried = CARRIED if known is not None else ()
    sent = {name: value for name, value in row.items() if name not in carried}
    values, errors = typed(model, sent, known=known)
    faults.add(place, errors)
    return values


def _which(record: CompanyModel) -> dict[str, int]:
    return {"id": record.id, "version": record.version}
