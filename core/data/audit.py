"""Who changed what, and when: written in the transaction of the change, never altered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.access.rules import behalf_of
from core.data import masks
from core.data.fields import FieldMeta, hidden_of, known_fields, knows
from core.data.query import Ref
from core.host import add, services
from core.identity.standing import behind
from plugin_api.context import current_actor, current_company, gettext
from plugin_api.context import lazy_gettext as _
from plugin_api.models import JSON, Base, CompanyModel, model_of

_DELETED = sa.text("action = 'delete'")
Changes = Mapping[str, tuple[Any, Any]]
"""View name of a field → (old, new)."""


class AuditEntry(CompanyModel):
    """A change of a record. ``created_at`` says when; ``user_id`` is None for the system."""

    __tablename__ = "core_audit_entry"
    __label__ = _("Change")
    __label_plural__ = _("Changes")
    __title__ = "title"
    __append_only__ = True
    __table_args__ = (
        sa.Index(None, "company_id", "model", "record_id", "id"),
        sa.Index(
            "ix_core_audit_entry_deleted", "company_id", "model", "created_at", "id",
            sqlite_where=_DELETED, postgresql_where=_DELETED,
        ),
    )  # fmt: skip

    user_id: Mapped[int | None] = mapped_column(sa.BigInteger())
    for_user_id: Mapped[int | None] = mapped_column(sa.BigInteger())
    """The absent person as whose deputy somebody did it."""
    behind_id: Mapped[int | None] = mapped_column(sa.BigInteger())
    """The administrator who did it while looking as the person."""
    model: Mapped[str] = mapped_column(sa.String(100))
    record_id: Mapped[int] = mapped_column(sa.BigInteger())
    action: Mapped[str] = mapped_column(sa.String(20))
    """create, update, delete, transition; attach or detach for a file of the record, share or
    unshare for whom it is shared with; reveal when somebody looked at a masked value; what
    happened to a login, see :mod:`core.identity.noting`."""
    transition: Mapped[str] = mapped_column(sa.String(60), default="")
    changes: Mapped[dict[str, Any]] = mapped_column(JSON)
    """View name → [old, new]; exact numbers and times as text, references as ids."""
    title: Mapped[str] = mapped_column(sa.String(300), default="")
    """What the record was called then: it names what is deleted by now."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A change as it is read. ``user`` is empty for the system, and says for whom a deputy did
    it; references are Refs."""

    id: int
    at: dt.datetime
    user: str
    model: str
    record_id: int
    action: str
    transition: str
    changes: Changes
    title: str


def write(
    action: str, changed: Sequence[tuple[CompanyModel, Changes]], *, transition: str = ""
) -> None:
    """Note changes of records that have their ids."""
    if changed:
        said = [
            {name: [_plain(old), _plain(new)] for name, (old, new) in changes.items()}
            for _record, changes in changed
        ]
        _write(action, [record for record, _changes in changed], said, transition)
        _tell(action, changed, transition)


def write_new(records: Sequence[CompanyModel], states: Sequence[Mapping[str, Any]]) -> None:
    """Note new records of one model, with what each holds by view name. Programs that listen are
    told by :func:`tell_new`, once the records are there."""
    said = [
        {name: [None, _plain(value)] for name, value in state.items() if value is not None}
        for state in states
    ]
    _write("create", records, said)


def tell_new(records: Sequence[CompanyModel]) -> None:
    """Have programs told of new records of one model."""
    _tell("create", [(record, {}) for record in records])


def _write(
    action: str, records: Sequence[CompanyModel], said: Sequence[Any], transition: str = ""
) -> None:
    actor, admin = current_actor(), behind()
    same = {
        "user_id": actor.user_id, "behind_id": admin.user_id if admin else None, "action": action,
        "transition": transition,
    }  # fmt: skip
    rows = [
        {
            "for_user_id": behalf_of(record, actor) if actor.stands_for else None,
            "model": record.model_key(),
            "record_id": record.id,
            "changes": changes,
            "title": title_of(record)[:300],
        }
        for record, changes in zip(records, said, strict=True)
    ]
    add(AuditEntry, rows, same)


def _tell(
    action: str, changed: Sequence[tuple[CompanyModel, Changes]], transition: str = ""
) -> None:
    """Have programs told that listen to the company, if any ever did. What is deleted was told
    while it was there."""
    if not current_company().webhooks_revision or action == "delete":
        return
    from core.webhooks.events import tell  # it needs records, which need this

    records: dict[type[CompanyModel], list[CompanyModel]] = {}
    for record, _changes in changed:
        records.setdefault(type(record), []).append(record)
    names = {} if action == "create" else {record.id: c.keys() for record, c in changed}
    for found in records.values():
        tell(action, found, changed=names, transition=transition)


def title_of(record: Base) -> str:
    """What a record calls itself."""
    title = getattr(record, record.__title__, None)
    return "" if title is None else str(title)


def entries_of(
    model: type[CompanyModel],
    record_id: int,
    limit: int = 50,
    *which: sa.ColumnElement[bool],
    first: bool = True,
) -> list[Entry]:
    """The newest changes of a record, newest first. At most two statements.

    ``which`` are further conditions on :class:`AuditEntry`. Without ``first`` it is not told
    what a record was made with.
    Whether the actor may see the record is for the caller to ask.
    """
    person: Any = model_of("core.User")
    rows = (
        services()
        .session.execute(
            sa.select(AuditEntry, person.name)
            .outerjoin(person, person.id == AuditEntry.user_id)
            .where(AuditEntry.model == model.model_key(), AuditEntry.record_id == record_id, *which)
            .order_by(AuditEntry.created_at.desc(), AuditEntry.id.desc())
            .limit(limit)
        )
        .all()
    )
    return as_read([(row[0], row[1] or "") for row in rows], first=first)


def as_read(rows: Sequence[tuple[AuditEntry, str]], *, first: bool = True) -> list[Entry]:
    """Changes of records of whatever models, each with who made it. Two statements at most."""
    metas = {key: _fields(key) for key in {entry.model for entry, _user in rows}}
    others = _others(rows)
    held = [_held(entry) if first or entry.action != "create" else {} for entry, _user in rows]
    labels = _labels(
        (metas[entry.model], changes) for (entry, _user), changes in zip(rows, held, strict=True)
    )
    return [
        Entry(
            id=entry.id,
            at=entry.created_at,
            user=_who(user, others.get(entry.for_user_id or 0), others.get(entry.behind_id or 0)),
            model=entry.model,
            record_id=entry.record_id,
            action=entry.action,
            transition=entry.transition,
            changes={
                key: tuple(_typed(metas[entry.model].get(key), value, labels) for value in pair)
                for key, pair in changes.items()
            },
            title=entry.title,
        )
        for (entry, user), changes in zip(rows, held, strict=True)
    ]


def _others(rows: Iterable[tuple[AuditEntry, str]]) -> Mapping[int, str]:
    """Names of those for whom deputies did something, and of administrators who did it while
    looking as somebody; a statement if there are any."""
    ids = {id_ for entry, _user in rows for id_ in (entry.for_user_id, entry.behind_id)} - {None}
    person: Any = model_of("core.User")
    asked = sa.select(person.id, person.name).where(person.id.in_(sorted(ids)))  # type: ignore[type-var]
    return {row[0]: row[1] for row in services().session.execute(asked)} if ids else {}


def _who(user: str, absent: str | None, admin: str | None) -> str:
    said = user
    if absent is not None:
        said = str(gettext("%(name)s for %(absent)s", name=said, absent=absent))
    if admin is not None:
        said = str(gettext("%(admin)s as %(person)s", admin=admin, person=said))
    return said


def _fields(model_key: str) -> Mapping[str, FieldMeta]:
    model = services().registry.models.get(model_key)
    return known_fields(model) if model is not None else {}


def _held(entry: AuditEntry) -> Mapping[str, Any]:
    """The changes without those of fields that the actor may not read."""
    model = services().registry.models.get(entry.model)
    gone = hidden_of(model) if model is not None else frozenset()
    return {name: pair for name, pair in entry.changes.items() if name not in gone}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


def _typed(meta: FieldMeta | None, value: Any, labels: Mapping[tuple[str, int], str]) -> Any:
    """The value as the record held it; a field that is gone keeps what is stored."""
    if meta is None or value is None:
        return value
    if meta.masked:
        return masks.value(meta.kind, value)
    if meta.kind == "reference":
        return Ref(value, labels.get((meta.target or "", value), f"#{value}"))
    if isinstance(value, str):
        if meta.kind in ("decimal", "percent"):
            return Decimal(value)
        if meta.kind == "date":
            return dt.date.fromisoformat(value)
        if meta.kind == "instant":
            return dt.datetime.fromisoformat(value)
    return value


def _labels(
    changes: Iterable[tuple[Mapping[str, FieldMeta], Mapping[str, Any]]],
) -> dict[tuple[str, int], str]:
    """(model key, id) → title of every record that the changes refer to. One statement."""
    wanted: dict[str, set[int]] = {}
    for metas, each in changes:
        for name, pair in each.items():
            target = metas[name].target if name in metas else None
            if target is not None and knows(target):
                wanted.setdefault(target, set()).update(id_ for id_ in pair if id_ is not None)
    parts = []
    for target, ids in wanted.items():
        if ids:
            model: Any = model_of(target)
            parts.append(
                sa.select(
                    sa.literal(target).label("model"),
                    model.id.label("id"),
                    sa.cast(getattr(model, model.__title__), sa.String()).label("title"),
                ).where(model.id.in_(sorted(ids)))
            )
    if not parts:
        return {}
    found = (sa.union_all(*parts) if len(parts) > 1 else parts[0]).subquery()
    return {
        (row.model, row.id): row.title
        for row in services().session.execute(sa.select(found))
        if row.title
    }
