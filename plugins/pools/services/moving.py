"""Claiming, assigning, giving back: who holds what, one after the other."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask_babel import format_date

from plugin_api import host
from plugin_api.context import current_actor, current_company, gettext, now, today
from plugin_api.errors import Forbidden, NotFound, Rejected
from plugin_api.models import model_of
from plugins.crm.api import Contact
from plugins.pools.models import Change, Place, Pool
from plugins.pools.models.places import LEFT
from plugins.pools.services import days, kinds, limits, reach


def wait(kind: str) -> None:
    """Have others wait who claim or return something of this kind: limits are counted over
    several pools, so that one lock is not enough."""
    host().session.execute(
        sa.select(Pool.id).where(Pool.kind == kind).order_by(Pool.id).with_for_update()
    )


def current(place: Place) -> None:
    """Read a place again: while this one waited, somebody else may have been served."""
    host().session.refresh(place)


def check_claim(place: Place) -> None:
    """Raise Rejected with the reason why the actor may not claim a place now."""
    wait(place.kind)
    current(place)
    me, pool = _me(), pool_of(place)
    if place.state == "closed":
        raise Rejected("", gettext("This is out of use."))
    if place.owner_id == me:
        raise Rejected("", gettext("You hold it already."))
    if place.state == "held":
        raise Rejected("", taken(place))
    if not (pool.claimable and reach.is_member(pool, me)) and not reach.administers(pool.id):
        raise Rejected("", gettext("From this pool, its administrators assign."))
    left = _left_on(place, me)
    if left is not None:
        day = days.claimable_from(left, pool.ban_days)
        if day > today():
            text = gettext(
                "You had it before, until %(left)s: you may claim it again from %(day)s.",
                left=format_date(left, "medium"), day=format_date(day, "medium"),
            )  # fmt: skip
            raise Rejected("", text)
    limits.check(me, place.kind, pool)


def taken(place: Place) -> str:
    """Who has what somebody else wanted, and since when."""
    name = host().title_of("core.User", place.owner_id) if place.owner_id else ""
    since = format_date(place.since or today(), "medium")
    if not name:
        return str(gettext("Somebody has it already, since %(day)s.", day=since))
    return str(gettext("%(name)s has it already, since %(day)s.", name=name, day=since))


def claim(place: Place) -> Any:
    """Give a place to the actor; its record."""
    return hand(place, "claimed", _me())


def check_assign(place: Place, user_id: int | None) -> None:
    """Raise Rejected or Forbidden where the actor may not give a place to somebody."""
    check_administers(place)
    wait(place.kind)
    current(place)
    if user_id is None or user_id == place.owner_id:
        return
    if not reach.is_member(pool_of(place), user_id):
        name = host().title_of("core.User", user_id)
        text = gettext("%(name)s is no member of the pool “%(pool)s”.", name=name,
                       pool=pool_of(place).name)  # fmt: skip
        raise Rejected("owner", text)
    limits.check(user_id, place.kind, pool_of(place))


def check_administers(place: Place) -> None:
    """Raise Forbidden unless the actor decides over what lies in the pool."""
    if not reach.administers(place.pool_id):
        raise Forbidden(gettext("Who administers the pool decides that."))


def hand(
    place: Place, kind: str, to_id: int | None, reason: str | None = None, rule: str | None = None
) -> Any:
    """Have somebody hold a place, or nobody; the record. Writes what happened."""
    before = place.owner_id
    record = record_of(place)
    place.owner_id, place.since = to_id, today()
    place.state = _state(record, to_id)
    place.reason, place.reminded = reason, None
    place.locked, place.locked_until = False, None
    if before is not None:
        place.former_id = before
    note(place, kind, before=before, after=to_id, reason=reason, rule=rule)
    values: dict[str, Any] = {"owner_id": to_id}
    if to_id is None:
        values |= _cleared(record, pool_of(place))
    with reach.with_rights():
        host().records.update(record, values)
        if place.kind == "account":
            _pass_contacts(place, before, to_id)
        if to_id is None and pool_of(place).clears_team:
            _end_shares(record)
    return record


def note(
    place: Place, kind: str, *, before: int | None, after: int | None, **said: str | None
) -> None:
    """Write down what happened to a place; ``said`` may be a reason and a rule."""
    host().session.add(
        Change(
            place=place,
            place_id=place.id,
            pool_id=place.pool_id,
            kind=kind,
            on=today(),
            at=now(),
            from_id=before,
            to_id=after,
            by_id=current_actor().user_id,
            **said,
        )
    )


def pool_of(place: Place) -> Pool:
    """The pool of a place."""
    return pool_by(place.pool_id)


def pool_by(pool_id: int) -> Pool:
    """A pool by its number. Raises NotFound."""
    found = host().session.get(Pool, (current_company().id, pool_id))
    if found is None:
        raise NotFound(gettext("There is no such pool."))
    return found


def record_of(place: Place) -> Any:
    """The record that lies there, as it is now."""
    model: Any = kinds.model_of(place.kind)
    asked = sa.select(model).where(model.id == kinds.record_id(place))
    return host().session.scalars(asked.execution_options(populate_existing=True)).one()


def _me() -> int:
    user_id = current_actor().user_id
    if user_id is None:
        raise Rejected("owner", gettext("Say who shall have it."))
    return user_id


def _state(record: Any, owner_id: int | None) -> str:
    if not kinds.is_used(record):
        return "closed"
    return "free" if owner_id is None else "held"


def _left_on(place: Place, user_id: int) -> Any:
    """The day on which somebody last lost what lies there; None: they never had it."""
    asked = sa.select(sa.func.max(Change.on)).where(
        Change.place_id == place.id, Change.from_id == user_id, Change.kind.in_(LEFT)
    )
    return host().session.scalar(asked)


def _cleared(record: Any, pool: Pool) -> dict[str, Any]:
    """The fields that a pool empties, those that may be empty."""
    columns = type(record).__table__.columns
    names = [name.strip() for name in (pool.clears or "").split(",") if name.strip()]
    found: dict[str, Any] = {}
    for name in names:
        column = columns.get(name, columns.get(f"{name}_id"))
        if column is not None and column.nullable:
            found[column.name] = None
    return found


def _pass_contacts(place: Place, before: int | None, to_id: int | None) -> None:
    """Have the account's contacts follow it: those that were the former owner's, or nobody's."""
    if to_id is None and not pool_of(place).clears_team:
        return
    followed = Contact.owner_id.is_(None) if before is None else Contact.owner_id == before
    asked = sa.select(Contact).where(Contact.account_id == place.account_id, followed)
    for contact in host().session.scalars(asked):
        host().records.update(contact, {"owner_id": to_id})


def _end_shares(record: Any) -> None:
    share: Any = model_of("core.Share")
    asked = sa.select(share).where(share.model == record.model_key(), share.record_id == record.id)
    for each in host().session.scalars(asked).all():
        host().records.delete(each)
