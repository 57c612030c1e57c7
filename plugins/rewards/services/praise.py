"""Kudos: to others, for a value, so many a month."""

from __future__ import annotations

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_actor, gettext, today
from plugin_api.errors import Rejected
from plugin_api.periods import month_start
from plugins.rewards.models import Kudos, Value
from plugins.rewards.services import people, points
from plugins.rewards.settings import KUDOS_LIMIT, KUDOS_POINTS


def begin(kudos: Kudos) -> None:
    """Complete kudos, or refuse them. Raises Rejected."""
    giver = current_actor().user_id
    kudos.giver_id = kudos.giver_id or giver
    kudos.day = kudos.day or today()
    if kudos.giver_id is not None and kudos.user_id == kudos.giver_id:
        raise Rejected("user_id", gettext("Kudos are for others."))
    if not people.fits(kudos.user_id, None):
        raise Rejected("user_id", gettext("This person is not there any more."))
    _check_value(kudos)
    kudos.points = int(host().setting(KUDOS_POINTS))
    if giver is not None:
        people.alone(giver, kudos.user_id)
        _check_limit(giver, 1)


def left(giver: int) -> int | None:
    """How many kudos somebody may still give this month; None: any number."""
    limit = int(host().setting(KUDOS_LIMIT))
    return max(limit - _of_month(giver), 0) if limit else None


def _of_month(giver: int) -> int:
    asked = sa.select(sa.func.count(Kudos.id)).where(
        Kudos.giver_id == giver, Kudos.day >= month_start(today())
    )
    with host().session.no_autoflush:
        return host().session.scalar(asked) or 0


def given(kudos: Kudos) -> None:
    """Enter points and tell who gets them. Raises Rejected where those that were made with them are
    too many."""
    if (giver := current_actor().user_id) is not None:
        _check_limit(giver, 0)
    if kudos.points:
        points.enter(kudos.user_id, kudos.points, "kudos", _value_of(kudos))
    host().remind(kudos, [kudos.user_id], gettext("You have got kudos."))


def taken_back(kudos: Kudos) -> None:
    """Take back the points, before kudos are deleted. Raises Rejected where they are spent."""
    if kudos.points:
        points.enter(kudos.user_id, -kudos.points, "taken_back", _value_of(kudos))


def _value_of(kudos: Kudos) -> str | None:
    """What a line of points says of kudos: their words are personal, and a line stays for ever."""
    return host().title_of("rewards.Value", kudos.value_id) if kudos.value_id else None


def _check_value(kudos: Kudos) -> None:
    if kudos.value_id is not None:
        asked = sa.select(Value.active).where(Value.id == kudos.value_id)
        with host().session.no_autoflush:
            active = host().session.scalar(asked)
        if not active:
            raise Rejected("value_id", gettext("This value is not in use any more."))
        return
    asked = sa.select(Value.active).where(Value.active).limit(1)
    with host().session.no_autoflush:
        any_ = host().session.scalar(asked)
    if any_:
        raise Rejected("value_id", gettext("Say which value of the company it is for."))


def _check_limit(giver: int, more: int) -> None:
    limit = int(host().setting(KUDOS_LIMIT))
    if limit and _of_month(giver) + more > limit:
        raise Rejected("", gettext("You have given all %(limit)d kudos of this month.",
                                   limit=limit))  # fmt: skip
