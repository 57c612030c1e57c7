"""Where people leave traces besides their own records."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from core.api.models import IdempotencyKey
from core.collab.models import Comment, Draft, Notification
from core.data.audit import AuditEntry
from core.data.fields import own_fields
from core.data.importing.models import ImportedRow, ImportRun, SavedMap
from core.files.models import Attachment
from core.host import services
from core.identity.models import Login, User
from core.jobs.models import ACTIVE, JobRun
from core.privacy.subjects import needles
from core.views.urls import collection_url
from plugin_api.models import CompanyModel

_WORDS: Sequence[tuple[Any, tuple[str, ...]]] = (
    (JobRun, ("payload", "result", "error", "progress_text")),
    (ImportRun, ("messages", "file_name", "map")),
    (SavedMap, ("name", "map", "columns")),
    (Notification, ("params",)),
)
"""Rows that stay, and their columns in which people may be named."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Traces:
    """Ids of rows by what is to become of them."""

    comments: Sequence[int]
    """About the records; they go."""
    mentions: Sequence[int]
    """Comments elsewhere that name a colleague; the name goes."""
    files: Sequence[int]
    entries: Sequence[int]
    """Of the audit trail, about the records and the comments; the values go."""
    imported: Sequence[int]
    imports: Sequence[int]
    """Imports with such rows, whose kept files go."""
    own: Mapping[Any, Sequence[int]]
    """Rows that belong to a colleague alone: they go."""
    words: Mapping[Any, Sequence[int]]
    """Rows that name a person; the words go."""


def traces(people: Sequence[CompanyModel]) -> Traces:
    """What there is about people besides their records. A few statements for each record."""
    texts = needles(people)
    comments = _ids(Comment, _about(Comment, people))
    mentions = [id_ for id_ in _mentions(people) if id_ not in set(comments)]
    colleagues = [record.id for record in people if isinstance(record, User)]
    entries = sa.or_(
        _about(AuditEntry, people),
        sa.and_(AuditEntry.model == Login.model_key(), AuditEntry.record_id.in_(colleagues)),
        sa.and_(
            AuditEntry.model == Comment.model_key(),
            AuditEntry.record_id.in_([*comments, *mentions]),
        ),
    )
    imported = _ids(
        ImportedRow,
        sa.or_(
            sa.false(),
            *(
                sa.and_(
                    ImportedRow.record_id == record.id,
                    ImportedRow.run_id.in_(
                        sa.select(ImportRun.id).where(ImportRun.collection == collection_of(record))
                    ),
                )
                for record in people
            ),
        ),
    )
    runs = sa.select(ImportedRow.run_id).where(ImportedRow.id.in_(imported))
    own = _own(people)
    for model, which in (
        (Draft, _says(Draft, ("values",), [*texts, *map(_address, people)])),
        (IdempotencyKey, _says(IdempotencyKey, ("body", "location"), texts)),
    ):
        own[model] = sorted({*own.get(model, ()), *_ids(model, which)})
    return Traces(
        comments=comments,
        mentions=mentions,
        files=_ids(Attachment, _about(Attachment, people)),
        entries=_ids(AuditEntry, entries),
        imported=imported,
        imports=_ids(ImportRun, ImportRun.id.in_(runs)),
        own={model: ids for model, ids in own.items() if ids},
        words={
            model: ids
            for model, columns in _WORDS
            if (ids := _ids(model, _says(model, columns, texts)))
        },
    )


def columns_of(model: Any) -> tuple[str, ...]:
    """The columns of a model in which people may be named."""
    return next(columns for each, columns in _WORDS if each is model)


def collection_of(record: CompanyModel) -> str:
    """As imports name it."""
    return f"{record.plugin_id()}.{record.__collection__}"


def _address(record: CompanyModel) -> str:
    return f"{collection_url(type(record))}/{record.id}"


def _ids(model: Any, which: sa.ColumnElement[bool]) -> list[int]:
    asked = sa.select(model.id).where(which).order_by(model.id)
    return list(services().session.scalars(asked))


def _about(model: Any, people: Iterable[CompanyModel]) -> sa.ColumnElement[bool]:
    return sa.or_(
        *(
            sa.and_(model.model == record.model_key(), model.record_id == record.id)
            for record in people
        )
    )


def _mentions(people: Iterable[CompanyModel]) -> list[int]:
    found: list[int] = []
    for user in people:
        if isinstance(user, User):
            asked = sa.select(Comment.id, Comment.mentions).where(
                _says(Comment, ("mentions",), [user.name])
            )
            found += [
                id_
                for id_, named in services().session.execute(asked)
                if any(each["id"] == user.id for each in named)
            ]
    return sorted(set(found))


def _own(people: Iterable[CompanyModel]) -> dict[Any, Sequence[int]]:
    """What the host keeps for a colleague alone; what plugins count for them stays."""
    found: dict[Any, Sequence[int]] = {}
    ids = [record.id for record in people if isinstance(record, User)]
    for model in services().registry.models.values() if ids else ():
        some: Any = model
        if model.plugin_id() != "core" or not issubclass(model, CompanyModel):
            continue
        for meta in own_fields(model).values():
            if meta.target == User.model_key() and meta.on_delete == "cascade":
                which = getattr(some, meta.attribute).in_(ids)
                if some is JobRun:
                    which = sa.and_(which, JobRun.state.not_in(ACTIVE))
                found[some] = _ids(some, which)
    return found


def _says(model: Any, columns: Sequence[str], texts: Sequence[str]) -> sa.ColumnElement[bool]:
    on_sqlite = services().engine.dialect.name == "sqlite"
    conditions = []
    for name in columns:
        column = getattr(model, name)
        is_json = isinstance(column.type, sa.JSON)
        for text in texts:
            # As the database holds it: SQLite keeps the JSON as it was written, in ASCII.
            held = json.dumps(text, ensure_ascii=on_sqlite)[1:-1] if is_json else text
            conditions.append(sa.cast(column, sa.Text()).contains(held, autoescape=True))
    return sa.or_(sa.false(), *conditions)
