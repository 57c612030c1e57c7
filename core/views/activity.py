"""What happened to a record: changes, comments and files in one line of time, newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from typing import Any

import sqlalchemy as sa

from core.collab import comments
from core.collab.inbox import transition_label
from core.collab.models import Comment
from core.collab.text import Named, pieces
from core.data import audit
from core.data.audit import AuditEntry, Entry
from core.data.fields import FieldMeta, known_fields
from core.host import services
from core.hosting.enabled import enabled_set
from core.identity.models import User
from core.views import cells
from core.views.record_page import Activity, Change, Chip, Event
from core.views.urls import record_url, with_query
from plugin_api.context import current_actor, current_company, gettext, has_permission
from plugin_api.models import CompanyModel

PAGE = 25
OF_FILES = ("attach", "detach")
SHOWN = ("", "comments", "changes", "files")
COMMENTS, CHANGES, TOLD = 0, 1, 2
"""Which of two things of the same instant stands first; each plugin that tells something has a
number of its own, from the last on."""
LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the line ended: the instant, the kind and the number of its last entry."""

    at: dt.datetime
    rank: int
    id: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.rank}~{self.id}"

    @classmethod
    def read(cls, text: str) -> Place | None:
        """The place that a text says; None for any other text."""
        try:
            at, rank, id_ = text.split("~")
            made = cls(dt.datetime.fromisoformat(at), int(rank), int(id_))
        except ValueError:
            return None
        return made if made.at.tzinfo is not None and 0 <= made.id < 2**63 else None


def activity(
    model: type[CompanyModel],
    values: Mapping[str, Any],
    show: str = "",
    before: str = "",
    *,
    quiet: bool = False,
) -> Activity:
    """A page of the line of a record, whose ``values`` say in what currency it is by now.

    ``show`` narrows it to one kind; ``before`` says where it goes on; ``quiet`` that there are
    no comments.
    """
    path = record_url(model, values["id"])
    tellers = _tellers(model)
    chosen = show if show in SHOWN or show in tellers else ""
    after = Place.read(before)
    lines = []
    if chosen in ("", "comments") and not quiet:
        lines.append(_comments(model, values["id"], after))
    if chosen in ("", "changes", "files"):
        lines.append(_changes(model, values, chosen, after))
    for number, plugin in enumerate(tellers):
        if chosen in ("", plugin):
            lines.append(_told(model, values["id"], plugin, TOLD + number, after))
    found = list(islice(merge(*lines, key=_place), PAGE + 1))
    shown = found[:PAGE]
    more = ""
    if len(found) > PAGE:
        asked = [("show", chosen)] if chosen else []
        more = with_query(path, [*asked, ("before", str(shown[-1][0]))])
    return Activity(
        path=path,
        events=tuple(event for _place, event in shown),
        chips=tuple(
            Chip(
                label=label,
                href=with_query(path, [("show", name)] if name else []),
                current=name == chosen,
            )
            for name, label in _labels(tellers)
        ),
        more_href=more,
        show=chosen,
        goes_on=after is not None,
        may_comment=has_permission(comments.WRITE),
    )


def _labels(tellers: Sequence[str]) -> list[tuple[str, str]]:
    plugins = services().registry.plugins
    return [
        ("", gettext("All")),
        *((name, str(plugins[name].manifest.name)) for name in tellers),
        ("comments", gettext("Comments")),
        ("changes", gettext("Changes")),
        ("files", gettext("Files")),
    ]


def _tellers(model: type[CompanyModel]) -> list[str]:
    """Plugins that have something to tell of the model's records."""
    enabled = enabled_set(current_company())
    return services().dispatcher.answering("record_timeline", enabled, model.model_key())


def _told(
    model: type[CompanyModel], record_id: int, plugin: str, rank: int, after: Place | None
) -> list[tuple[Place, Event]]:
    before = None
    if after is not None:
        before = after.at, after.id if rank == after.rank else LARGEST if rank > after.rank else 0
    found = services().dispatcher.collect(
        "record_timeline",
        frozenset({plugin}),
        model=model.model_key(),
        record_id=record_id,
        before=before,
        limit=PAGE + 1,
    )
    return [
        (
            Place(each.at, rank, each.id),
            Event(
                kind="told", id=each.id, at=each.at, who=str(each.who), what=str(each.what),
                title=str(each.title), href=each.href, text=str(each.text), icon=each.icon,
            ),
        )
        for _plugin, entries in found
        for each in entries
    ]  # fmt: skip


def _place(line: tuple[Place, Event]) -> tuple[float, int, int]:
    """By which two lines are merged: the newest first."""
    place = line[0]
    return -place.at.timestamp(), place.rank, -place.id


def _before(at: Any, id_: Any, rank: int, after: Place | None) -> list[sa.ColumnElement[bool]]:
    """What entries of a kind fulfil that come after a place."""
    if after is None:
        return []
    if rank == after.rank:
        return [(at < after.at) | ((at == after.at) & (id_ < after.id))]
    return [at <= after.at] if rank > after.rank else [at < after.at]


def _comments(
    model: type[CompanyModel], record_id: int, after: Place | None
) -> list[tuple[Place, Event]]:
    asked = (
        sa.select(Comment, User.name)
        .outerjoin(User, User.id == Comment.author_id)
        .where(
            Comment.model == model.model_key(),
            Comment.record_id == record_id,
            *_before(Comment.created_at, Comment.id, COMMENTS, after),
        )
        .order_by(Comment.created_at.desc(), Comment.id.desc())
        .limit(PAGE + 1)
    )
    return [
        (Place(comment.created_at, COMMENTS, comment.id), _said(comment, name or ""))
        for comment, name in services().session.execute(asked)
    ]


def _said(comment: Comment, author: str) -> Event:
    mine = comment.author_id is not None and comment.author_id == current_actor().user_id
    people = [Named(each["id"], each["name"]) for each in comment.mentions]
    known = has_permission("core.User.read")
    return Event(
        kind="comment",
        id=comment.id,
        at=comment.created_at,
        who=author or gettext("The system"),
        what="",
        text=comment.text,
        pieces=tuple(
            (piece.kind, piece.text, _target(piece.text, piece.person, known))
            for piece in pieces(comment.text, people)
        ),
        edited=comment.edited_at,
        may_edit=mine and has_permission(comments.WRITE),
        may_delete=comments.may_delete(comment),
    )


def _target(text: str, person: int, known: bool) -> str:
    """Where a link or a name in a comment leads."""
    if not person:
        return text
    return record_url(User, person) if known else ""


def _changes(
    model: type[CompanyModel], values: Mapping[str, Any], show: str, after: Place | None
) -> list[tuple[Place, Event]]:
    which = _before(AuditEntry.created_at, AuditEntry.id, CHANGES, after)
    if show == "files":
        which.append(AuditEntry.action.in_(OF_FILES))
    elif show == "changes":
        which.append(AuditEntry.action.not_in(OF_FILES))
    entries = audit.entries_of(model, values["id"], PAGE + 1, *which, first=False)
    return [
        (Place(entry.at, CHANGES, entry.id), _changed(model, entry, values)) for entry in entries
    ]


def _changed(model: type[CompanyModel], entry: Entry, values: Mapping[str, Any]) -> Event:
    changes: tuple[Change, ...] = ()
    if entry.action not in ("create", "reveal", "hold", "lift_hold", *OF_FILES):
        changes = tuple(_fields(known_fields(model), entry, values))
    return Event(
        kind="file" if entry.action in OF_FILES else "change",
        id=entry.id,
        at=entry.at,
        who=entry.user or gettext("The system"),
        what=_verb(model, entry),
        changes=changes,
    )


def _verb(model: type[CompanyModel], entry: Entry) -> str:
    if entry.action == "create":
        return str(gettext("created this record"))
    if entry.action == "transition":
        label = transition_label(model.model_key(), entry.transition)
        return str(gettext("chose “%(transition)s”", transition=label))
    if entry.action == "attach":
        return str(gettext("attached “%(name)s”", name=entry.changes["file"][1]))
    if entry.action == "detach":
        return str(gettext("deleted the file “%(name)s”", name=entry.changes["file"][0]))
    if entry.action == "share":
        return str(gettext("shared it with %(name)s", name=entry.changes["shared"][1]))
    if entry.action == "unshare":
        return str(gettext("no longer shares it with %(name)s", name=entry.changes["shared"][0]))
    if entry.action in ("hold", "lift_hold"):
        return str(
            gettext("put it on hold") if entry.action == "hold" else gettext("lifted the hold")
        )
    if entry.action == "reveal":
        name = entry.changes["field"][1]
        meta = known_fields(model).get(name)
        return str(gettext("looked at “%(field)s”", field=meta.label if meta else name))
    return str(gettext("changed"))


def _fields(
    metas: Mapping[str, FieldMeta], entry: Entry, values: Mapping[str, Any]
) -> Iterator[Change]:
    for name, pair in entry.changes.items():
        meta = metas.get(name)
        if meta is None or meta.kind == "json":
            continue
        # An amount is in the currency that the record had then.
        code = meta.currency_field or ""
        codes = entry.changes.get(code, (values.get(code),) * 2)
        old, new = (cells.cell(meta, {code: codes[i], name: pair[i]}).text for i in range(2))
        yield Change(label=str(meta.label), old=old, new=new)
