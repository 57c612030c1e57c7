"""Sharing single records with people and teams."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace

import sqlalchemy as sa

from core.access.models import LEVELS, Share
from core.access.rules import is_shareable, reaches
from core.data import audit
from core.host import services
from core.identity.models import Team, User
from plugin_api.context import current_actor, gettext, has_permission, today
from plugin_api.errors import Forbidden, NotFound, Rejected
from plugin_api.models import CompanyModel

SHARE = "core.share_records"


@dataclass(frozen=True, kw_only=True, slots=True)
class Shared:
    """With whom a record is shared. ``until`` is the last day, None: until it is revoked."""

    id: int
    user_id: int | None
    team_id: int | None
    name: str
    level: str
    until: dt.date | None
    by: str
    over: bool


def shares_of(record: CompanyModel) -> list[Shared]:
    """The shares of a record, people first, those that are over among them. One statement."""
    maker = sa.orm.aliased(User)
    asked = (
        sa.select(Share, User.name, Team.name, maker.name)
        .outerjoin(User, User.id == Share.user_id)
        .outerjoin(Team, Team.id == Share.team_id)
        .outerjoin(maker, maker.id == Share.created_by)
        .where(Share.model == record.model_key(), Share.record_id == record.id)
        .order_by(Share.team_id.is_not(None), User.name, Team.name)
    )
    return [
        Shared(
            id=share.id, user_id=share.user_id, team_id=share.team_id, name=person or team or "",
            level=share.level, until=share.until, by=by or "",
            over=share.until is not None and share.until < today(),
        )
        for share, person, team, by in services().session.execute(asked)
    ]  # fmt: skip


def may_share(record: CompanyModel) -> bool:
    """Whether the actor may share the record: who may change it, by themselves and not because
    somebody shares it with them or is away."""
    actor = current_actor()
    if not is_shareable(type(record)) or not has_permission(SHARE):
        return False
    alone = replace(actor, shared=frozenset(), stands_for={})
    return reaches(record, f"{record.model_key()}.update", alone)


def share(
    record: CompanyModel,
    *,
    user_id: int | None = None,
    team_id: int | None = None,
    level: str = "read",
    until: dt.date | None = None,
) -> None:
    """Share a record with a person or a team; once more changes how. Raises Forbidden, Rejected."""
    _require(record)
    if (user_id is None) == (team_id is None):
        raise Rejected("with", gettext("Choose a person or a team."))
    if level not in {choice.value for choice in LEVELS}:
        raise Rejected("level", gettext("Choose what they may do."))
    if until is not None and until < today():
        raise Rejected("until", gettext("This day is over."))
    session = services().session
    whom: type[User | Team] = User if team_id is None else Team
    name = session.scalar(sa.select(whom.name).where(whom.id == (user_id or team_id)))
    if name is None:
        raise Rejected("with", gettext("Choose a person or a team."))
    here = (Share.model == record.model_key(), Share.record_id == record.id)
    same = Share.team_id == team_id if user_id is None else Share.user_id == user_id
    held = session.scalar(sa.select(Share).where(*here, same))
    values = {"level": level, "until": until}
    if held is None:
        key = {"model": record.model_key(), "record_id": record.id}
        services().records.create(Share, {**key, "user": user_id, "team": team_id, **values})
    else:
        services().records.update(held, values)
    audit.write("share", [(record, {"shared": (None, f"{name} ({level})")})])


def let_read(record: CompanyModel, user_ids: Collection[int], until: dt.date) -> None:
    """Have code share a record with people, whoever acts; those who have it shared keep that,
    for longer if need be."""
    if not is_shareable(type(record)) or not user_ids:
        return
    session, key = services().session, record.model_key()
    here = (Share.model == key, Share.record_id == record.id, Share.user_id.in_(user_ids))
    held = {each.user_id: each for each in session.scalars(sa.select(Share).where(*here))}
    for share in held.values():
        if share.until is not None and share.until < until:
            services().records.update(share, {"until": until})
    services().records.create_many(
        Share,
        [
            {"model": key, "record_id": record.id, "user": id_, "level": "read", "until": until}
            for id_ in sorted(set(user_ids) - held.keys())
        ],
    )


def revoke(record: CompanyModel, share_id: int) -> None:
    """Take a share back. Raises Forbidden, NotFound."""
    _require(record)
    found = next((each for each in shares_of(record) if each.id == share_id), None)
    if found is None:
        raise NotFound(gettext("There is no such share."))
    held = services().session.scalars(sa.select(Share).where(Share.id == share_id)).one()
    services().records.delete(held)
    audit.write("unshare", [(record, {"shared": (f"{found.name} ({found.level})", None)})])


def through(record: CompanyModel, user_id: int, team_ids: Collection[int]) -> Shared | None:
    """The widest share that reaches a person, if any."""
    found = [
        each
        for each in shares_of(record)
        if not each.over and (each.user_id == user_id or each.team_id in team_ids)
    ]
    return max(found, key=lambda each: each.level == "edit", default=None)


def _require(record: CompanyModel) -> None:
    if not may_share(record):
        raise Forbidden(gettext("Who may change a record by themselves shares it."))
