"""Ratings of skills: which one counts, and who may give one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_actor, gettext, today
from plugin_api.errors import Forbidden, Rejected
from plugin_api.models import model_of
from plugins.training.models import Rating
from plugins.training.services.kept import skills

CHUNK = 200


def complete(rating: Rating) -> None:
    """Name a rating, say who gives it, and refuse a day to come. Raises Rejected."""
    rating.on = rating.on or today()
    if rating.on > today():
        raise Rejected("on", gettext("This day is yet to come."))
    if rating.source != "course":
        rating.source = "self" if rating.user_id == current_actor().user_id else "other"
    rating.name = skills().get(rating.skill_id, "")


def refuse_change(rating: Rating, changes: Iterable[str]) -> None:
    """Whose rating of what stays; what others have found is not for the person to change."""
    if {"user_id", "skill_id"} & set(changes):
        raise Rejected("user", gettext("Rate anew instead: what was found stays as it was."))
    actor = current_actor()
    if not actor.is_system and rating.source != "self" and rating.user_id == actor.user_id:
        raise Forbidden(gettext("Others have rated this."))
    if rating.on is not None and rating.on > today():
        raise Rejected("on", gettext("This day is yet to come."))


def settle(ratings: Sequence[Rating], *, gone: bool = False) -> None:
    """Mark, for the people and skills of some ratings, the one that counts. Two statements for two
    hundred people, of which the first has others wait who rate them too; with ``gone`` these
    ratings count no more."""
    pairs = {(each.user_id, each.skill_id) for each in ratings}
    out = {each.id for each in ratings} if gone else set[int]()
    people = sorted({user_id for user_id, _skill in pairs})
    wanted = {skill_id for _user, skill_id in pairs}
    host().session.flush()
    for start in range(0, len(people), CHUNK):
        some = people[start : start + CHUNK]
        alone(some)
        asked = sa.select(Rating).where(Rating.user_id.in_(some), Rating.skill_id.in_(wanted))
        # Another's that was waited for is read as it is by then.
        rows = host().session.scalars(asked, execution_options={"populate_existing": True})
        found = [each for each in rows if each.id not in out]
        found = [each for each in found if (each.user_id, each.skill_id) in pairs]
        best = {(each.user_id, each.skill_id): each for each in sorted(found, key=_rank)}
        for each in found:
            counts = best[each.user_id, each.skill_id] is each
            if each.current != counts:
                each.current = counts
    host().session.flush()


def alone(people: Sequence[int]) -> None:
    """Have others wait who rate the same people before this transaction ends. One statement."""
    user: Any = model_of("core.User")
    held = sa.select(user.id).where(user.id.in_(people)).order_by(user.id)
    host().session.execute(held.with_for_update(key_share=True))


def _rank(rating: Rating) -> tuple[bool, object, int]:
    return rating.source != "self", rating.on, rating.id


def level_of(user_id: int, skill_id: int) -> int | None:
    """How far others or a course find somebody in a skill. One statement."""
    asked = sa.select(Rating.level).where(
        Rating.user_id == user_id, Rating.skill_id == skill_id, Rating.current,
        Rating.source != "self",
    )  # fmt: skip
    return host().session.scalar(asked)


def rate_for_course(user_id: int, skill_id: int, level: int, course: str) -> None:
    """Note what a course has brought, unless the person is further already."""
    alone([user_id])
    held = level_of(user_id, skill_id)
    if held is not None and held >= level:
        return
    made = Rating(
        user_id=user_id, skill_id=skill_id, level=level, on=today(), source="course",
        name=skills().get(skill_id, ""), note=gettext("Completed: %(name)s", name=course),
        current=False,
    )  # fmt: skip
    host().session.add(made)
    settle([made])
