"""Which records have a place in which pool, and what a place says of its record."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.conditions import criteria
from plugin_api.context import gettext, today
from plugin_api.errors import Rejected
from plugin_api.models import CompanyModel
from plugins.pools.models import Place, Pool
from plugins.pools.services import kinds, limits, moving
from plugins.pools.services.kept import kept

Changes = Mapping[str, tuple[Any, Any]]

CHUNK = 500
MATTERS = frozenset(
    {"owner_id", "name", "company_name", "grade", "archived", "status", *kinds.COPIED}
)
"""Fields of a record whose change its place follows."""


def complete(place: Place) -> None:
    """Complete or refuse a place that somebody makes: a record that is put into a pool. Raises
    Rejected."""
    if (place.account_id is None) == (place.lead_id is None):
        raise Rejected("account", gettext("Say which account, or which lead."))
    place.kind = "account" if place.account_id is not None else "lead"
    if moving.pool_of(place).kind != place.kind:
        raise Rejected("pool", gettext("This pool holds others: accounts, or leads."))
    if _find(place.kind, [kinds.record_id(place)]):
        raise Rejected("account" if place.account_id else "lead",
                       gettext("It is in a pool already. Move it instead."))  # fmt: skip
    _fill(place, moving.record_of(place))


def enter(kind: str, ids: Collection[int] | None = None) -> int:
    """Give records without a place one in the first pool that takes them, of some records or of
    all; how many. A statement a pool."""
    model: Any = kinds.model_of(kind)
    entered = 0
    for pool_id, takes, condition in _taking(kind):
        for some in _chunks(ids):
            which = [criteria(model, condition), kinds.in_use(kind)]
            if takes == "free":
                which.append(model.owner_id.is_(None))
            if some is not None:
                which.append(model.id.in_(some))
            column = kinds.column_of(kind)
            known = sa.select(column).where(column.is_not(None))
            asked = sa.select(model).where(*which, model.id.not_in(known)).order_by(model.id)
            found = host().session.scalars(asked).all()
            entered += len(found)
            for record in found:
                place = Place(pool_id=pool_id, kind=kind)
                setattr(place, column.key, record.id)
                _fill(place, record)
                host().session.add(place)
                moving.note(place, "entered", before=None, after=place.owner_id)
            host().session.flush()
    return entered


def follow(record: Any, changes: Changes) -> None:
    """Have a place follow a change of its record, whoever made it."""
    kind = kinds.kind_of(record)
    if not MATTERS & changes.keys() or not _has_pools(kind):
        return
    place = next(iter(_find(kind, [record.id])), None)
    if place is None:
        if record.owner_id is None or "owner_id" in changes:
            enter(kind, [record.id])
        return
    kinds.copy(record, place)
    if place.owner_id != record.owner_id:
        before = place.owner_id
        place.owner_id, place.since = record.owner_id, today()
        place.reason, place.reminded, place.locked = None, None, False
        if before is not None:
            place.former_id = before
        what = "taken_back" if record.owner_id is None else "assigned"
        moving.note(place, what, before=before, after=record.owner_id)
    place.state = _state_of(record)


def check_owner(record: Any, changes: Changes) -> None:
    """Raise Rejected where a change of owner gives somebody more than they may hold."""
    kind, owner_id = kinds.kind_of(record), record.owner_id
    if "owner_id" not in changes or owner_id is None or not _has_pools(kind):
        return
    place = next(iter(_find(kind, [record.id])), None)
    if place is None:
        limits.check(owner_id, kind, None)
    elif place.owner_id != owner_id:
        limits.check(owner_id, kind, moving.pool_of(place))


def check_new(record: Any) -> None:
    """The same for a new record."""
    kind = kinds.kind_of(record)
    if record.owner_id is not None and _has_pools(kind) and kinds.is_used(record):
        limits.check_new(record.owner_id, kind)


def settle(records: Iterable[CompanyModel]) -> None:
    """Give new records their places."""
    by_kind: dict[str, list[int]] = {}
    for record in records:
        by_kind.setdefault(kinds.kind_of(record), []).append(record.id)
    for kind, ids in by_kind.items():
        if _has_pools(kind):
            enter(kind, ids)


def check_pool(pool: Pool, changes: Changes) -> None:
    """Raise Rejected where a pool would come to hold others than it does."""
    if "kind" in changes:
        held = sa.select(Place.id).where(Place.pool_id == pool.id).limit(1)
        if host().session.scalar(held) is not None:
            raise Rejected("kind", gettext("There are records in this pool."))


def _fill(place: Place, record: Any) -> None:
    kinds.copy(record, place)
    place.owner_id, place.state, place.since = record.owner_id, _state_of(record), today()


def _state_of(record: Any) -> str:
    if not kinds.is_used(record):
        return "closed"
    return "free" if record.owner_id is None else "held"


def _find(kind: str, ids: Sequence[int]) -> list[Place]:
    asked = sa.select(Place).where(kinds.column_of(kind).in_(ids))
    return list(host().session.scalars(asked))


def _taking(kind: str) -> list[Any]:
    asked = sa.select(Pool.id, Pool.takes, Pool.condition).where(
        Pool.active, Pool.kind == kind, Pool.takes != "hand"
    )
    found = host().session.execute(asked.order_by(Pool.position, Pool.id))
    return [tuple(row) for row in found]


def _has_pools(kind: str) -> bool:
    asked = sa.select(Pool.id).where(Pool.kind == kind).limit(1)
    return kept(("pools", kind), lambda: host().session.scalar(asked) is not None)


def _chunks(ids: Collection[int] | None) -> Iterable[list[int] | None]:
    if ids is None:
        return [None]
    known = sorted(ids)
    return [known[start : start + CHUNK] for start in range(0, len(known), CHUNK)]
