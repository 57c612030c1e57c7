"""Telling people what happened to a record, in the transaction in which it happens.

Nobody is told of what they did themselves, of a record that they may not see, or of a kind
that they have switched off. Several of one kind about one record are one while it is unread.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import sqlalchemy as sa

from core.access.rules import reaches
from core.collab.following import followers_of, owner_of, start
from core.collab.models import Notification
from core.host import services
from core.identity.actors import actor_of, deputies_of
from core.identity.models import User
from plugin_api.context import Text, current_actor, current_company, now
from plugin_api.context import lazy_gettext as _
from plugin_api.models import CompanyModel
from plugin_api.workflow import Transition

KINDS: Mapping[str, Text] = {
    "mention": _("Somebody mentions me in a comment"),
    "comment": _("Somebody comments on a record that I follow"),
    "assigned": _("A record becomes mine"),
    "transition": _("A record that I follow moves on"),
    "reminder": _("A record of mine needs me"),
    "webhook": _("A webhook of the company was switched off"),
    "job": _("An import or export of mine is done"),
}
EXCERPT = 200

_quiet: ContextVar[bool] = ContextVar("quiet", default=False)


@contextmanager
def quietly() -> Iterator[None]:
    """Tell nobody of what is done inside: thousands of imported rows are no news."""
    token = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(token)


def created(records: Sequence[CompanyModel]) -> None:
    """Tell owners of new records of one model that somebody else has made them, who goes on
    following. Few statements, however many there are."""
    if _quiet.get() or not records or not has_page(records[0]):
        return
    actor = current_actor()
    owners = [(owner_of(record), record) for record in records]
    if actor.user_id is not None:
        start([record for owner, record in owners if owner != actor.user_id], actor.user_id)
    deputies = deputies_of(current_company())
    others = [
        (owner, record)
        for person, record in owners
        for owner in (person, deputies.get(person or 0))
        if owner not in (None, actor.user_id)
    ]
    if not others:
        return
    people = {user.id: user for user in _people({owner for owner, _record in others})}
    rows = [
        _row("assigned", record, people[owner].id, {"who": _who()})
        for owner, record in others
        if owner in people
        and "assigned" not in (people[owner].muted or ())
        and _sees(people[owner], record)
    ]
    if rows:
        with services().session.no_autoflush:
            services().session.execute(sa.insert(Notification), rows)


def updated(record: CompanyModel, changes: Mapping[str, tuple[Any, Any]]) -> None:
    """Tell the new owner. ``changes`` are by column."""
    if _quiet.get() or record.__owner__ not in changes or not has_page(record):
        return
    owner = owner_of(record)
    if owner is not None:
        notify("assigned", record, [owner], {})


def transitioned(record: CompanyModel, transition: Transition, old: str, new: str) -> None:
    """Tell who follows the record."""
    if _quiet.get() or not has_page(record):
        return
    params = {"transition": transition.name, "state": new}
    notify("transition", record, followers_of(record), params)


def has_page(record: CompanyModel) -> bool:
    """Whether people can open the record: a part of another one is told of with that."""
    return bool(record.__collection__) and record.__parent__ is None


def notify(
    kind: str, record: CompanyModel, user_ids: Collection[int], params: Mapping[str, Any]
) -> list[int]:
    """Tell those of the people who may know and want to, and who stands in for one of them; the
    ids of all."""
    deputies = deputies_of(current_company())
    wanted = {*user_ids, *(deputies[each] for each in user_ids if each in deputies)}
    told = [user.id for user in _able(record, wanted) if kind not in (user.muted or ())]
    if told:
        _write(kind, record, told, {"who": _who(), **params})
    return told


def _who() -> str:
    """Who does it; empty for the system, which is named in the reader's language."""
    actor = current_actor()
    return "" if actor.is_system else actor.name


def able(record: CompanyModel, user_ids: Collection[int]) -> list[int]:
    """Those of the people who may see the record."""
    return [user.id for user in _able(record, user_ids, also_me=True)]


def _able(record: CompanyModel, user_ids: Collection[int], also_me: bool = False) -> list[User]:
    wanted = set(user_ids) if also_me else set(user_ids) - {current_actor().user_id}
    return [user for user in _people(wanted) if _sees(user, record)] if wanted else []


def _people(user_ids: Iterable[int | None]) -> list[User]:
    """Those of the people who work here. One statement."""
    session = services().session
    asked = sa.select(User).where(User.id.in_({id_ for id_ in user_ids if id_}), User.active)
    with session.no_autoflush:
        return list(session.scalars(asked.order_by(User.id)))


def _sees(user: User, record: CompanyModel) -> bool:
    with services().session.no_autoflush:
        return reaches(record, f"{record.model_key()}.read", actor_of(current_company(), user))


def _write(
    kind: str, record: CompanyModel, user_ids: Collection[int], params: dict[str, Any]
) -> None:
    """Past the unit of work: a hook of another plugin may be about to change the record."""
    session, here = services().session, about(record)
    mine = Notification.user_id.in_(user_ids)
    unread = sa.and_(*here, mine, Notification.kind == kind, Notification.read_at.is_(None))
    with session.no_autoflush:
        known = dict(
            session.execute(sa.select(Notification.user_id, Notification.id).where(unread)).all()
        )
        if known:
            session.execute(
                sa.update(Notification)
                .where(Notification.id.in_(known.values()))
                .values(count=Notification.count + 1, params=params, at=now()),
                execution_options={"synchronize_session": False},
            )
        rows = [_row(kind, record, each, params) for each in user_ids if each not in known]
        if rows:
            session.execute(sa.insert(Notification), rows)


def _row(
    kind: str, record: CompanyModel, user_id: int, params: Mapping[str, Any]
) -> dict[str, Any]:
    actor = current_actor().user_id
    return {
        "user_id": user_id, "kind": kind, "model": record.model_key(), "record_id": record.id,
        "params": dict(params), "count": 1, "at": now(), "created_by": actor, "updated_by": actor,
    }  # fmt: skip


def about(record: CompanyModel) -> tuple[sa.ColumnElement[bool], ...]:
    """Notifications about a record."""
    return (
        Notification.model == record.model_key(),
        Notification.record_id == record.id,
    )
