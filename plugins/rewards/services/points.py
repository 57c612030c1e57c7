"""The accounts of points: only added to, never below zero."""

from __future__ import annotations

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_actor, gettext, today
from plugin_api.errors import Rejected
from plugin_api.periods import month_start
from plugins.rewards.models import Award, Entry, Grant
from plugins.rewards.services import people
from plugins.rewards.settings import GRANT_LIMIT


def balance(user_id: int) -> int:
    """What somebody has. One statement."""
    asked = sa.select(Entry.balance).where(Entry.user_id == user_id)
    return host().session.scalar(asked.order_by(Entry.number.desc()).limit(1)) or 0


def enter(
    user_id: int, points: int, kind: str, text: str | None, award: Award | None = None
) -> Entry:
    """Add a line, after everybody else who is at the same account. Raises Rejected for more than
    there is."""
    people.alone(user_id)
    session = host().session
    asked = sa.select(Entry.number, Entry.balance).where(Entry.user_id == user_id)
    last = session.execute(asked.order_by(Entry.number.desc()).limit(1)).first()
    number, had = (last[0], last[1]) if last else (0, 0)
    if had + points < 0:
        raise Rejected(
            "points",
            gettext("%(needed)d points are needed, there are %(had)d.", needed=-points, had=had),
        )
    entry = Entry(
        user_id=user_id, posted_on=today(), kind=kind, points=points, balance=had + points,
        text=text, award_id=award.id if award else None, number=number + 1,
    )  # fmt: skip
    session.add(entry)
    session.flush()
    return entry


def begin(grant: Grant) -> None:
    """Complete a grant, or refuse it: nobody gives points to themselves, nor more a month than the
    company allows. Raises Rejected."""
    actor = current_actor()
    grant.by_id, grant.day = actor.user_id, today()
    if actor.user_id is not None and grant.user_id == actor.user_id:
        raise Rejected("user_id", gettext("Nobody rewards themselves."))
    if actor.user_id is not None:
        people.alone(actor.user_id, grant.user_id)
    _check_limit(grant, grant.points)


def granted(grant: Grant) -> None:
    """Enter what a grant gives. Raises Rejected where those that were made with it are more
    together than may be given."""
    _check_limit(grant, 0)
    enter(grant.user_id, grant.points, "granted", grant.reason)


def taken_back(grant: Grant) -> None:
    """Take back what a grant gave, before it is deleted. Raises Rejected where it is spent."""
    enter(grant.user_id, -grant.points, "taken_back", grant.reason)


def _check_limit(grant: Grant, more: int) -> None:
    """What is given this month, and so much more, is within what the company allows."""
    limit, giver = int(host().setting(GRANT_LIMIT)), current_actor().user_id
    if not limit or giver is None:
        return
    asked = sa.select(sa.func.coalesce(sa.func.sum(Grant.points), 0)).where(
        Grant.by_id == giver, Grant.day >= month_start(today())
    )
    with host().session.no_autoflush:
        given = int(host().session.scalar(asked) or 0)
    if given + more > limit:
        text = gettext(
            "You may give %(limit)d points a month, and have given %(given)d.",
            limit=limit, given=given + more - grant.points,
        )  # fmt: skip
        raise Rejected("points", text)
