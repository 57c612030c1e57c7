"""Grades that somebody sets otherwise: asked for, approved by another, up to a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_actor, gettext, now, today
from plugin_api.errors import Forbidden, Rejected
from plugins.crm.api import Account
from plugins.segments.models import Override, Standing
from plugins.segments.services import writing

LONGEST = 366
"""Days: who still wants it then asks again."""

_by_code: ContextVar[bool] = ContextVar("an override is moved on by code", default=False)


def check_by_code(override: Override, values: Mapping[str, Any]) -> None:
    """Raise Forbidden for a person who tries what happens by itself."""
    if not _by_code.get():
        raise Forbidden(gettext("This happens by itself."))


@contextmanager
def _code() -> Iterator[None]:
    token = _by_code.set(True)
    try:
        yield
    finally:
        _by_code.reset(token)


def ask(override: Override) -> None:
    """Complete a request. Raises Rejected."""
    override.asked_by_id = current_actor().user_id
    check(override)


def check(override: Override) -> None:
    """Raise Rejected for a day that is past or too far away."""
    if override.state != "asked":
        raise Rejected("", gettext("It is decided: what was asked for stays as it is."))
    # What has to be there is asked for once all of it is complete.
    until: dt.date | None = override.until
    if until is None:
        return
    if until < today():
        raise Rejected("until", gettext("This day is past."))
    if until > today() + dt.timedelta(days=LONGEST):
        raise Rejected("until", gettext("A year at most: then ask again."))


def may_decide(override: Override) -> bool:
    """Whether somebody else has asked for it."""
    actor = current_actor()
    return actor.is_system or actor.user_id != override.asked_by_id


def check_decide(override: Override, values: Mapping[str, Any]) -> None:
    """Raise Rejected for who decides about what they have asked for, and for what is late."""
    if not may_decide(override):
        raise Rejected("", gettext("Somebody else decides about what you have asked for."))


def check_approve(override: Override, values: Mapping[str, Any]) -> None:
    """The same, and for a day that has passed meanwhile."""
    check_decide(override, values)
    if override.until < today():
        raise Rejected("until", gettext("This day is past."))


def approve(override: Override, values: dict[str, Any]) -> None:
    """Have it hold: the account comes to the grade, and another override of it ends."""
    for other in _in_force(Override.account_id == override.account_id):
        with _code():
            host().records.transition(other, "replace")
    account = _account(override)
    override.before = account.grade
    _decided(override)
    reason = override.reason
    move = writing.Move(account.grade, override.grade)
    if move.old != move.new:
        writing.write({account.id: move}, "override", reason)
    _stand(account.id, override.grade, override.id)


def refuse(override: Override, values: dict[str, Any]) -> None:
    """Keep who has refused."""
    _decided(override)


def end(override: Override, values: dict[str, Any]) -> None:
    """Give the account the grade by its figures again, or the one it had before."""
    account = _account(override)
    asked = sa.select(Standing).where(Standing.account_id == account.id)
    standing = host().session.scalars(asked).first()
    grade = standing.computed if standing is not None else override.before
    # Who has set another grade since has decided otherwise.
    if account.grade == override.grade and grade != account.grade:
        writing.write({account.id: writing.Move(account.grade, grade)}, "ended", override.reason)
    _stand(account.id, account.grade, None)


def expire() -> int:
    """End what held up to yesterday, and refuse what nobody has decided by then."""
    ended = 0
    asked = sa.select(Override).where(
        Override.state.in_(("asked", "approved")), Override.until < today()
    )
    for override in list(host().session.scalars(asked.order_by(Override.id))):
        with _code():
            name = "expire" if override.state == "approved" else "lapse"
            host().records.transition(override, name)
        ended += 1
    return ended


def of(account_id: int) -> Override | None:
    """What is in force or asked for of an account, the former first."""
    asked = (
        sa.select(Override)
        .where(Override.account_id == account_id, Override.state.in_(("approved", "asked")))
        .order_by(Override.state, Override.id.desc())
        .limit(1)
    )
    return host().session.scalars(asked).first()


def _in_force(*which: Any) -> list[Override]:
    asked = sa.select(Override).where(Override.state == "approved", *which)
    return list(host().session.scalars(asked))


def _account(override: Override) -> Account:
    asked = sa.select(Account).where(Account.id == override.account_id)
    return host().session.scalars(asked).one()


def _decided(override: Override) -> None:
    override.decided_by_id, override.decided_at = current_actor().user_id, now()


def _stand(account_id: int, grade: str | None, override_id: int | None) -> None:
    """Have the standing of the account, if it has one, say the same."""
    asked = sa.select(Standing).where(Standing.account_id == account_id)
    for standing in host().session.scalars(asked):
        if standing.grade != grade:
            standing.grade, standing.since = grade, today()
        standing.override_id = override_id
