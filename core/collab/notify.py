"""Telling people what happened to a record, in the transaction in which it happens.

Nobody is told of what they did themselves, of a record that they may not see, or of a kind
that they have switched off. Several of one kind about one record are one while it is unread.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import sqlalchemy as sa

from core.access.rules import beyond
from core.collab.following import following, owner_of, start
from core.collab.models import Follower, Notification
from core.host import add, services
from core.identity.actors import actor_of, deputies_of
from core.identity.known import Known, known
from core.tenancy import prepared
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
    for user in known({owner for owner, _record in others}):
        if "assigned" in user.muted:
            continue
        theirs = [record for owner, record in others if owner == user.id]
        with services().session.no_autoflush:
            gone = set(_unseen(user, theirs))
        seen = [record for i, record in enumerate(theirs) if i not in gone]
        add(Notification, [_row("assigned", each, user.id, {"who": _who()}) for each in seen])


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
    kind, params = "transition", {"transition": transition.name, "state": new}
    followers, unread = _heard(record, kind)
    told = _wanting(kind, record, followers)
    if told:
        _tell(kind, record, told, {"who": _who(), **params}, unread)


def has_page(record: CompanyModel) -> bool:
    """Whether people can open the record: a part of another one is told of with that."""
    return bool(record.__collection__) and record.__parent__ is None


def notify(
    kind: str, record: CompanyModel, user_ids: Collection[int], params: Mapping[str, Any]
) -> list[int]:
    """Tell those of the people who may know and want to, and who stands in for one of them; the
    ids of all."""
    told = _wanting(kind, record, user_ids)
    if told:
        _write(kind, record, told, {"who": _who(), **params})
    return told


def _wanting(kind: str, record: CompanyModel, user_ids: Collection[int]) -> list[int]:
    """Those of the people, and who stands in for them, who may know and want to."""
    deputies = deputies_of(current_company())
    wanted = {*user_ids, *(deputies[each] for each in user_ids if each in deputies)}
    return [user.id for user in _able(record, wanted) if kind not in user.muted]


def _who() -> str:
    """Who does it; empty for the system, which is named in the reader's language."""
    actor = current_actor()
    return "" if actor.is_system else actor.name


def able(record: CompanyModel, user_ids: Collection[int]) -> list[int]:
    """Those of the people who may see the record."""
    return [user.id for user in _able(record, user_ids, also_me=True)]


def _able(record: CompanyModel, user_ids: Collection[int], also_me: bool = False) -> list[Known]:
    wanted = set(user_ids) if also_me else set(user_ids) - {current_actor().user_id}
    return [user for user in known(wanted) if _sees(user, record)] if wanted else []


def _sees(user: Known, record: CompanyModel) -> bool:
    with services().session.no_autoflush:
        return not _unseen(user, [record])


def _unseen(user: Known, records: Sequence[CompanyModel]) -> list[int]:
    """Positions of records of one model that somebody may not see."""
    permission = f"{records[0].model_key()}.read"
    return beyond(records, permission, actor_of(current_company(), user))


def _heard(record: CompanyModel, kind: str) -> tuple[set[int], dict[int, int]]:
    """Who follows a record, and who has an unread notification of the kind about it, with its id.
    One statement."""

    def build() -> sa.CompoundSelect[Any]:
        model: sa.BindParameter[str] = sa.bindparam("model")
        id_ = sa.bindparam("id", type_=sa.BigInteger())
        number = sa.cast(sa.null(), sa.BigInteger())
        said = sa.select(Follower.user_id, Follower.wants, number).where(
            Follower.model == model, Follower.record_id == id_
        )
        told = sa.select(Notification.user_id, sa.cast(sa.null(), sa.Boolean()), Notification.id)
        told = told.where(
            Notification.model == model, Notification.record_id == id_,
            Notification.kind == sa.bindparam("kind"), Notification.read_at.is_(None),
        )  # fmt: skip
        return sa.union_all(said, told)

    session = services().session
    given = {"model": record.model_key(), "id": record.id, "kind": kind}
    with session.no_autoflush:
        rows = prepared.asked(session, "heard", given, build)
    said = {row[0]: row[1] for row in rows if row[1] is not None}
    return following(record, said), {row[0]: row[2] for row in rows if row[2] is not None}


def _write(
    kind: str, record: CompanyModel, user_ids: Collection[int], params: dict[str, Any]
) -> None:
    session, here = services().session, about(record)
    mine = Notification.user_id.in_(user_ids)
    unread = sa.and_(*here, mine, Notification.kind == kind, Notification.read_at.is_(None))
    asked = sa.select(Notification.user_id, Notification.id).where(unread)
    with session.no_autoflush:
        rows = session.execute(asked).all()
    _tell(kind, record, user_ids, params, {row[0]: row[1] for row in rows})


def _tell(
    kind: str,
    record: CompanyModel,
    user_ids: Collection[int],
    params: dict[str, Any],
    unread: Mapping[int, int],
) -> None:
    """Past the unit of work: a hook of another plugin may be about to change the record.
    ``unread`` are notifications by person that tell of it once more."""
    session = services().session
    again = [unread[each] for each in user_ids if each in unread]
    with session.no_autoflush:
        if again:
            session.execute(
                sa.update(Notification)
                .where(Notification.id.in_(again))
                .values(count=Notification.count + 1, params=params, at=now()),
                execution_options={"synchronize_session": False},
            )
        add(Notification, [_row(kind, record, e, params) for e in user_ids if e not in unread])


def _row(
    kind: str, record: CompanyModel, user_id: int, params: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "user_id": user_id, "kind": kind, "model": record.model_key(), "record_id": record.id,
        "params": dict(params), "count": 1, "at": now(),
    }  # fmt: skip


def about(record: CompanyModel) -> tuple[sa.ColumnElement[bool], ...]:
    """Notifications about a record."""
    return (
        Notification.model == record.model_key(),
        Notification.record_id == record.id,
    )
