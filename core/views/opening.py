"""A record and everything its page must know of it, read in one statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.elements import False_, True_

from core.access.models import Share
from core.access.rules import is_shareable, scope_criteria
from core.collab import following, inbox
from core.collab.models import Comment
from core.data.fields import SYSTEM, fields_of, value_of
from core.data.numbers import LARGEST
from core.data.query import Ref
from core.data.query.labels import Label, label_of
from core.files.models import Attachment
from core.host import services
from plugin_api.context import current_actor, gettext
from plugin_api.errors import NotFound
from plugin_api.models import CompanyModel


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """A record as it is shown. ``values`` are by view name, references as Refs."""

    record: CompanyModel
    values: Mapping[str, Any]
    may_update: bool
    may_delete: bool
    followers: int
    """Who follows it, the actor left out."""
    follows: bool
    unread: int
    """Notifications of the actor about it."""
    comments: int
    files: int
    shares: int
    """With how many people and teams it is shared."""


def open_record(model: type[CompanyModel], record_id: int) -> Opened:
    """The record, if the actor may see it. Raises NotFound."""
    if not 0 < record_id <= LARGEST:
        raise NotFound(gettext("There is no such record."))
    some: Any = model
    others, said = following.standing(model, record_id)
    labels = {
        name: label
        for name, meta in fields_of(model).items()
        if meta.kind == "reference" and (label := label_of(model, meta)) is not None
    }
    shares = [_counted(Share, model, record_id).label("_shares")] if is_shareable(model) else []
    rights = {action: _right(model, action) for action in ("update", "delete")}
    columns = [
        some,
        others.label("_others"),
        said.label("_said"),
        inbox.unread_about(model, record_id).label("_unread"),
        _counted(Comment, model, record_id).label("_comments"),
        _counted(Attachment, model, record_id).label("_files"),
        *shares,
        *(label.column.label(f"_label_{name}") for name, label in labels.items()),
        *(r.label(f"_{action}") for action, r in rights.items() if not isinstance(r, bool)),
    ]
    statement = sa.select(*columns).select_from(some)
    for label in labels.values():
        statement = statement.outerjoin(label.entity, label.on)
    reached = scope_criteria(model, "read", current_actor())
    row = services().session.execute(statement.where(some.id == record_id, reached)).first()
    if row is None:
        raise NotFound(gettext("There is no such record."))
    record: CompanyModel = row[0]
    held = row._mapping
    owner = following.owner_of(record)
    wants = held["_said"]
    is_mine = owner is not None and owner == current_actor().user_id
    return Opened(
        record=record,
        values=_values(record, held, labels),
        may_update=_granted(rights["update"], held, "_update"),
        may_delete=_granted(rights["delete"], held, "_delete"),
        followers=held["_others"] + (owner is not None and not is_mine),
        follows=is_mine if wants is None else bool(wants),
        unread=held["_unread"],
        comments=held["_comments"],
        files=held["_files"],
        shares=held["_shares"] if shares else 0,
    )


def _counted(rows: Any, model: type[CompanyModel], record_id: int) -> Any:
    """A column for a select of the record: how many such rows are about it."""
    here = (rows.model == model.model_key(), rows.record_id == record_id)
    return sa.select(sa.func.count(rows.id)).where(*here).scalar_subquery()


def _right(model: type[CompanyModel], action: str) -> bool | sa.ColumnElement[bool]:
    """Whether the actor may do it with every record or with none, else what decides."""
    found = scope_criteria(model, action, current_actor())
    if isinstance(found, True_ | False_):
        return isinstance(found, True_)
    return found


def _granted(right: bool | sa.ColumnElement[bool], held: Mapping[Any, Any], name: str) -> bool:
    return right if isinstance(right, bool) else bool(held[name])


def _values(
    record: CompanyModel, held: Mapping[Any, Any], labels: Mapping[str, Label]
) -> dict[str, Any]:
    made: dict[str, Any] = {name: getattr(record, name) for name in SYSTEM}
    for name, meta in fields_of(type(record)).items():
        value = value_of(record, meta)
        if meta.kind == "reference" and value is not None:
            label = labels.get(name)
            known = label.ref(value, held[f"_label_{name}"]) if label is not None else None
            value = known or Ref(value, f"#{value}")
        made[name] = value
    return made
