"""Who wants to hear of a record: its owner, who made or discussed it, and whoever says so."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from core.collab.models import Follower
from core.host import add, services
from plugin_api.context import current_actor
from plugin_api.models import CompanyModel


def owner_of(record: CompanyModel) -> int | None:
    """The id of the person whose record it is."""
    found: int | None = getattr(record, record.__owner__) if record.__owner__ else None
    return found


def followers_of(record: CompanyModel) -> set[int]:
    """Ids of everybody who follows it, the owner among them."""
    return following(record, _said(record))


def following(record: CompanyModel, said: Mapping[int, bool]) -> set[int]:
    """The same, by what people have said of it."""
    found = {user_id for user_id, wants in said.items() if wants}
    owner = owner_of(record)
    return found | ({owner} if owner is not None and said.get(owner, True) else set())


def start(records: Sequence[CompanyModel], user_id: int) -> None:
    """Have somebody follow records that are new, of which nobody has said anything yet."""
    _insert([_row(record, user_id) for record in records])


def join(record: CompanyModel, user_ids: Collection[int]) -> None:
    """Have people follow a record, but for those who have said that they do not want to."""
    wanted = set(user_ids) - ({owner_of(record)} if record.__owner__ else set())
    if wanted:
        known = _said(record, wanted)
        _insert([_row(record, user_id) for user_id in sorted(wanted - known.keys())])


def _row(record: CompanyModel, user_id: int) -> dict[str, Any]:
    return {
        "model": record.model_key(), "record_id": record.id, "user_id": user_id, "wants": True,
    }  # fmt: skip


def _insert(rows: Sequence[dict[str, Any]]) -> None:
    add(Follower, rows)


def choose(record: CompanyModel, wants: bool) -> None:
    """What the actor wants from now on."""
    actor, session = current_actor(), services().session
    if actor.user_id is None:
        return
    found = session.scalar(
        sa.select(Follower).where(*of_record(record), Follower.user_id == actor.user_id)
    )
    if found is None:
        found = Follower(
            model=record.model_key(), record_id=record.id, user_id=actor.user_id, wants=wants
        )
        session.add(found)
    found.wants = wants
    session.flush()


def of_record(record: CompanyModel) -> tuple[sa.ColumnElement[bool], ...]:
    """Rows about a record."""
    return Follower.model == record.model_key(), Follower.record_id == record.id


def standing(model: type[CompanyModel], record_id: int) -> tuple[Any, Any]:
    """Columns for a select of the record: how many others follow it by a row of their own, and
    what the actor has said (None: nothing)."""
    here = (Follower.model == model.model_key(), Follower.record_id == record_id)
    mine = Follower.user_id == current_actor().user_id
    count = sa.select(sa.func.count(Follower.id)).where(*here, Follower.wants, ~mine)
    own = sa.select(Follower.wants).where(*here, mine)
    return count.scalar_subquery(), own.scalar_subquery()


def _said(record: CompanyModel, among: Collection[int] | None = None) -> dict[int, bool]:
    session = services().session
    asked = sa.select(Follower.user_id, Follower.wants).where(*of_record(record))
    if among is not None:
        asked = asked.where(Follower.user_id.in_(among))
    with session.no_autoflush:
        return {row.user_id: row.wants for row in session.execute(asked)}
