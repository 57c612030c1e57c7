"""A person's own notifications: how many are unread, what they say, that they are read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from core.collab.models import Notification
from core.data import query
from core.host import services
from core.hosting.enabled import enabled_set
from core.jobs import naming
from core.jobs.models import JobRun
from core.jobs.naming import EXPORT
from plugin_api.context import current_actor, current_company, gettext, has_permission, now
from plugin_api.models import CompanyModel

PAGE = 40
MOST_COUNTED = 100
"""Of unread ones; a page says 99+ beyond."""
SENTENCES = ("reminder", "webhook")
"""Kinds whose text is all that is said."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A notification in words. ``href`` is empty when its record is out of the person's sight."""

    id: int
    kind: str
    words: str
    title: str
    thing: str
    excerpt: str
    at: datetime
    unread: bool
    href: str


def unread_count() -> int:
    """How many are unread, counted to :data:`MOST_COUNTED`. One statement, by an index."""
    first = sa.select(Notification.id).where(*_unread()).limit(MOST_COUNTED).subquery()
    asked = sa.select(sa.func.count()).select_from(first)
    return int(services().session.scalar(asked) or 0)


def unread_about(model: type[CompanyModel], record_id: int) -> Any:
    """A column for a select of the record: how many unread ones are about it."""
    asked = sa.select(sa.func.count(Notification.id)).where(
        *_unread(), Notification.model == model.model_key(), Notification.record_id == record_id
    )
    return asked.scalar_subquery()


def latest(*, unread: bool = False, before: int = 0, limit: int = PAGE) -> tuple[list[Notice], int]:
    """The newest ones, and the number from which the next page goes on; 0 when there is none."""
    asked = sa.select(Notification).where(Notification.user_id == current_actor().user_id)
    if unread:
        asked = asked.where(Notification.read_at.is_(None))
    asked = asked.order_by(Notification.at.desc(), Notification.id.desc())
    rows = services().session.scalars(asked.offset(before).limit(limit + 1)).all()
    shown = rows[:limit]
    return _notices(shown), before + limit if len(rows) > limit else 0


def mark_read(
    ids: Collection[int] | None = None,
    about: tuple[type[CompanyModel], int] | None = None,
) -> int:
    """Mark the person's notifications read: those, those about a record, or all. How many."""
    wanted = [*_unread()]
    if ids is not None:
        wanted.append(Notification.id.in_(list(ids)))
    if about is not None:
        wanted += [
            Notification.model == about[0].model_key(), Notification.record_id == about[1]
        ]  # fmt: skip
    changed: Any = services().session.execute(
        sa.update(Notification).where(*wanted).values(read_at=now()),
        execution_options={"synchronize_session": False},
    )
    return int(changed.rowcount)


def _unread() -> tuple[sa.ColumnElement[bool], ...]:
    return Notification.user_id == current_actor().user_id, Notification.read_at.is_(None)


def _notices(rows: Sequence[Notification]) -> list[Notice]:
    wanted: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        wanted[row.model].append(row.record_id)
    titles = {key: _titles(key, ids) for key, ids in wanted.items()}
    return [_notice(row, titles[row.model]) for row in rows]


def _titles(key: str, ids: Sequence[int]) -> Mapping[int, str]:
    """What the records are called that the person may see by now. One statement."""
    if key == JobRun.model_key():
        return naming.mine(ids)
    model = services().registry.models.get(key)
    if (
        model is None
        or not issubclass(model, CompanyModel)
        or model.plugin_id() not in enabled_set(current_company())
        or not has_permission(f"{key}.read")
    ):
        return {}
    some: Any = model
    asked = query.parse_query(model, {"limit": str(len(set(ids))), "fields": model.__title__})
    found = query.run(query.narrowed(asked, some.id.in_(set(ids))))
    return {row["id"]: query.title_of(model, row) for row in found.rows}


def _notice(row: Notification, titles: Mapping[int, str]) -> Notice:
    seen = row.record_id in titles
    host = services()
    model = host.registry.models.get(row.model)
    if row.kind == "job":
        href = f"/core/jobs/{row.record_id}"
    else:
        href = host.record_url(row.model, row.record_id)
    return Notice(
        id=row.id,
        kind=row.kind,
        words=_words(row) if seen else gettext("About a record that you cannot see any more"),
        title=titles.get(row.record_id, ""),
        thing=str(model.__label__) if model is not None and seen else "",
        excerpt=str(row.params.get("text", "")) if seen and row.kind not in SENTENCES else "",
        at=row.at,
        unread=row.read_at is None,
        href=href if seen else "",
    )


def _words(row: Notification) -> str:
    """The sentence of a notification."""
    count, many = row.count, row.count > 1
    who = row.params.get("who") or gettext("The system")
    if row.kind == "job":
        said = _ended(row.params)
    elif row.kind == "mention" and many:
        said = gettext("%(who)s mentioned you, %(count)s times by now", who=who, count=count)
    elif row.kind == "mention":
        said = gettext("%(who)s mentioned you", who=who)
    elif row.kind == "comment" and many:
        said = gettext("%(count)s comments, the last by %(who)s", who=who, count=count)
    elif row.kind == "comment":
        said = gettext("%(who)s commented", who=who)
    elif row.kind in SENTENCES:
        said = row.params["text"]
    elif row.kind == "looked":
        said = gettext(
            "%(who)s looked at everything as you: %(reason)s", who=who, reason=row.params["reason"]
        )
    elif row.kind == "assigned":
        said = gettext("%(who)s made you the owner", who=who)
    else:
        label = transition_label(row.model, str(row.params.get("transition", "")))
        said = gettext("%(who)s chose “%(transition)s”", who=who, transition=label)
    return str(said)


def _ended(params: Mapping[str, Any]) -> str:
    if params.get("state") == "failed":
        return str(gettext("It failed; the page says why"))
    if params.get("job") == EXPORT:
        return str(gettext("The file is ready"))
    return str(gettext("It is done"))


def transition_label(model_key: str, name: str) -> str:
    """What a transition is called; its name when it is gone."""
    workflow = services().registry.workflows.get(model_key)
    found = next((t for t in workflow.transitions if t.name == name), None) if workflow else None
    return str(found.label) if found is not None else name
