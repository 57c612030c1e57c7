"""Everything about a person as one file, for them: JSON, the files, and a page to read it by."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from typing import IO, Any

import sqlalchemy as sa
from flask import render_template
from flask_babel import get_locale

from core.collab.models import Comment, Notification
from core.data import audit
from core.data.audit import AuditEntry
from core.data.checks import state_of
from core.data.fields import column_of, every_field, fields_of
from core.data.query import Ref
from core.files import storage
from core.files.models import Attachment
from core.host import services
from core.identity.models import ApiToken, User
from core.privacy import finding
from core.privacy.finding import Traces
from core.privacy.subjects import label_of
from plugin_api.context import current_company, now
from plugin_api.models import CompanyModel

MOST_CHANGES = 10_000
"""Changes of one record that are told, the newest."""


def write(people: Sequence[CompanyModel], to: IO[bytes]) -> None:
    """Write the file. Whether the actor may have it is for the edge to ask."""
    found = finding.traces(people)
    told: dict[str, Any] = {
        "company": current_company().name,
        "language": str(get_locale() or "en"),
        "made_at": now().isoformat(timespec="seconds"),
        "records": [_record(each) for each in people],
        "named_in_comments": _comments(Comment.id.in_(found.mentions)),
        "kept_for_them": _own(found, people),
        "refers_to_them": [_pointing(each) for each in people if isinstance(each, User)],
    }
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("data.json", json.dumps(told, ensure_ascii=False, indent=2, default=str))
        made.writestr("index.html", render_template("privacy/bundle.html", told=told))
        for attachment in _attachments(people):
            path = storage.path_of(attachment.digest)
            if path.is_file():
                made.write(path, _place(attachment))


def _record(record: CompanyModel) -> dict[str, Any]:
    metas = every_field(type(record))
    values = {name: _plain(value) for name, value in state_of(record).items() if value is not None}
    return {
        "model": record.model_key(),
        "kind": str(type(record).__label__),
        "label": label_of(record),
        "id": record.id,
        "created_at": record.created_at.isoformat(timespec="seconds"),
        "fields": {str(metas[name].label): value for name, value in values.items()},
        "values": values,
        "custom": {n: held for n, held in (record.custom or {}).items() if n not in metas},
        "changes": [
            {"at": entry.at.isoformat(timespec="seconds"), "who": entry.user,
             "action": entry.action, "changes": _changes(entry.changes)}
            for entry in audit.entries_of(type(record), record.id, MOST_CHANGES)
        ],
        "comments": _comments(
            sa.and_(Comment.model == record.model_key(), Comment.record_id == record.id)
        ),
        "files": [
            {"name": each.name, "at": each.created_at.isoformat(timespec="seconds"),
             "size": each.size, "place": _place(each)}
            for each in _attachments([record])
        ],
    }  # fmt: skip


def _changes(changes: audit.Changes) -> dict[str, Any]:
    return {name: [_plain(old), _plain(new)] for name, (old, new) in changes.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Ref):
        return value.label
    return (
        value if value is None or isinstance(value, bool | int | str | list | dict) else str(value)
    )


def _comments(which: sa.ColumnElement[bool]) -> list[dict[str, Any]]:
    asked = (
        sa.select(Comment.created_at, User.name, Comment.text)
        .outerjoin(User, User.id == Comment.author_id)
        .where(which)
        .order_by(Comment.id)
    )
    return [
        {"at": row[0].isoformat(timespec="seconds"), "who": row[1] or "", "text": row[2]}
        for row in services().session.execute(asked)
    ]


def _own(found: Traces, people: Sequence[CompanyModel]) -> list[dict[str, Any]]:
    """How much is kept for them alone, and what their notifications and tokens say."""
    session = services().session
    counts = [
        {"kind": str(model.__label_plural__ or model.__name__), "count": len(ids)}
        for model, ids in found.own.items()
    ]
    ids = [each.id for each in people if isinstance(each, User)]
    told = session.execute(
        sa.select(Notification.at, Notification.kind, Notification.params)
        .where(Notification.user_id.in_(ids)).order_by(Notification.id)
    )  # fmt: skip
    tokens = session.execute(
        sa.select(ApiToken.name, ApiToken.created_at, ApiToken.expires_at)
        .where(ApiToken.user_id.in_(ids)).order_by(ApiToken.id)
    )  # fmt: skip
    return [
        *counts,
        *({"notification": row.kind, "at": row.at, "says": row.params} for row in told),
        *({"token": row.name, "at": row.created_at, "expires": row.expires_at} for row in tokens),
    ]


def _pointing(user: User) -> dict[str, Any]:
    """How many records name a colleague, by kind and field."""
    session, counts = services().session, {}
    for model in services().registry.models.values():
        some: Any = model
        for meta in fields_of(model).values():
            if meta.target == User.model_key() and some.__collection__:
                asked = sa.select(sa.func.count()).select_from(some)
                count = session.scalar(asked.where(column_of(some, meta) == user.id))
                if count:
                    counts[f"{some.__label_plural__}: {meta.label}"] = count
    made = sa.select(sa.func.count()).select_from(AuditEntry).where(AuditEntry.user_id == user.id)
    return {"person": user.name, "records": counts, "changes_made": session.scalar(made) or 0}


def _attachments(people: Sequence[CompanyModel]) -> list[Attachment]:
    which = sa.or_(
        *(
            sa.and_(Attachment.model == each.model_key(), Attachment.record_id == each.id)
            for each in people
        )
    )
    asked = sa.select(Attachment).where(which).order_by(Attachment.id)
    return list(services().session.scalars(asked))


def _place(attachment: Attachment) -> str:
    return f"files/{attachment.id}-{attachment.name.replace('/', '_')}"
