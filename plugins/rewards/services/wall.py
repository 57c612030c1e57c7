"""The wall of recognition: what everybody of the company may read."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import today
from plugins.rewards.models import Award, Kudos, Reward, Value
from plugins.rewards.services import people

MOST = 40


class Note(NamedTuple):
    """Something on the wall: kudos, or an award."""

    day: dt.date | None
    kind: str
    """``kudos``, or the kind of the reward."""
    person: str
    said: str
    """The citation, or what kudos are for."""
    about: str
    """The value, or the name of the reward."""
    giver: str
    until: dt.date | None


def notes(value_id: int | None = None, most: int = MOST) -> list[Note]:
    """The newest first, of one value or all. Three statements at most, however many there are.

    Awards of which their giver says so stand on it with name and citation, and without amounts;
    titles until their term ends.
    """
    kudos = sa.select(Kudos, Value.name).outerjoin(Value, Value.id == Kudos.value_id)
    if value_id is not None:
        kudos = kudos.where(Kudos.value_id == value_id)
    rows = host().session.execute(
        kudos.where(host().records.visible(Kudos)).order_by(Kudos.day.desc(), Kudos.id.desc())
        .limit(most)
    ).all()  # fmt: skip
    awards = [] if value_id is not None else _awards(most)
    names = people.names(
        [id_ for each, _name in rows for id_ in (each.user_id, each.giver_id)]
        + [each.user_id for each, _name, _kind in awards]
    )
    found = [
        Note(each.day, "kudos", names.get(each.user_id, "–"), each.text, value or "",
             names.get(each.giver_id or 0, ""), None)
        for each, value in rows
    ] + [
        Note(each.day, kind, names.get(each.user_id, "–"), each.citation or "", name, "",
             each.valid_to)
        for each, name, kind in awards
    ]  # fmt: skip
    return sorted(found, key=lambda note: note.day or dt.date.min, reverse=True)[:most]


def _awards(most: int) -> list[tuple[Award, str, str]]:
    asked = (
        sa.select(Award, Reward.name, Reward.kind)
        .join(Reward, Reward.id == Award.reward_id)
        .where(
            Award.public.is_(True), Award.state == "given",
            sa.or_(Award.valid_to.is_(None), Award.valid_to >= today()),
        )
        .order_by(Award.day.desc(), Award.id.desc())
        .limit(most)
    )  # fmt: skip
    return [(row[0], row[1], row[2]) for row in host().session.execute(asked)]
