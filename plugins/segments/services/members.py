"""Who is in which segment, kept with the days on which they joined and left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.conditions import criteria
from plugin_api.context import gettext, today
from plugin_api.errors import Rejected
from plugins.crm.api import Account
from plugins.segments.models import Figure, Membership, Score, Segment
from plugins.segments.services import figures

CHUNK = 500


def active() -> list[Segment]:
    """The segments in use, in their order."""
    asked = sa.select(Segment).where(Segment.active).order_by(Segment.position, Segment.id)
    return list(host().session.scalars(asked))


def fitting(segment: Segment) -> set[int]:
    """Accounts that a segment's conditions take now: a statement, and one for each figure."""
    where: list[Any] = [criteria(Account, segment.condition)]
    if segment.cell:
        where.append(Account.id.in_(sa.select(Score.account_id).where(Score.cell == segment.cell)))
    found = set(host().session.scalars(sa.select(Account.id).where(*where)))
    asked = sa.select(Figure).where(Figure.segment_id == segment.id)
    for figure in host().session.scalars(asked).all():
        held = figures.by_account(figure.measure, figure.days)
        low, high = figure.at_least, figure.at_most
        found = {
            id_
            for id_ in found
            if (low is None or held.get(id_, 0) >= low)
            and (high is None or held.get(id_, 0) <= high)
        }
    return found


def refresh(segment: Segment) -> tuple[int, int]:
    """Have a segment by conditions hold who fits; how many joined and left. Few statements, and
    nothing is written where nothing differs."""
    joined = left = 0
    if segment.kind == "dynamic":
        wanted, held = fitting(segment), now_in(segment.id)
        joined = _join(segment.id, sorted(wanted - held))
        left = _leave(segment.id, sorted(held - wanted))
    count(segment)
    return joined, left


def refresh_all() -> tuple[int, int]:
    """The same for all that are in use; accounts that joined and left."""
    moved = [refresh(segment) for segment in active()]
    return sum(each[0] for each in moved), sum(each[1] for each in moved)


def now_in(segment_id: int) -> set[int]:
    """Accounts that are in a segment. One statement."""
    asked = sa.select(Membership.account_id).where(
        Membership.segment_id == segment_id, Membership.left.is_(None)
    )
    return set(host().session.scalars(asked))


def count(segment: Segment) -> None:
    """Keep how many are in it."""
    host().session.flush()
    members = host().session.scalar(
        sa.select(sa.func.count()).select_from(Membership).where(
            Membership.segment_id == segment.id, Membership.left.is_(None)
        )
    )  # fmt: skip
    if segment.members != members:
        segment.members = members or 0
    if segment.counted_on != today():
        segment.counted_on = today()
    host().session.flush()


def _join(segment_id: int, ids: Sequence[int]) -> int:
    """Who left this very day has never been away."""
    back: set[int] = set()
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        same = (
            Membership.segment_id == segment_id, Membership.account_id.in_(part),
            Membership.left == today(),
        )  # fmt: skip
        back |= set(host().session.scalars(sa.select(Membership.account_id).where(*same)))
        host().session.execute(sa.update(Membership).where(*same).values(left=None))
    rows = [
        {"account_id": id_, "segment_id": segment_id, "joined": today()}
        for id_ in ids
        if id_ not in back
    ]
    host().session.add_all(Membership(**row) for row in rows)
    host().session.flush()
    return len(ids)


def _leave(segment_id: int, ids: Sequence[int]) -> int:
    """Who joined this very day has never been in it."""
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        same = (
            Membership.segment_id == segment_id, Membership.account_id.in_(part),
            Membership.left.is_(None),
        )  # fmt: skip
        host().session.execute(sa.delete(Membership).where(*same, Membership.joined == today()))
        host().session.execute(sa.update(Membership).where(*same).values(left=today()))
    return len(ids)


def check(member: Membership) -> None:
    """Complete and check a membership that a person writes. Raises Rejected."""
    asked = sa.select(Segment).where(Segment.id == member.segment_id)
    segment = host().session.scalars(asked).first()
    if segment is None or member.account_id is None:
        return  # What has to be there is asked for once all of it is complete.
    if segment.kind != "static":
        raise Rejected(
            "segment", gettext("Who is in “%(name)s” follows from its conditions.",
                               name=segment.name)
        )  # fmt: skip
    member.joined = member.joined or today()
    if member.joined > today():
        raise Rejected("joined", gettext("This day is yet to come."))
    if member.left is not None and not member.joined <= member.left <= today():
        raise Rejected("left", gettext("From the day of joining up to today."))
    other = sa.select(Membership.id).where(
        Membership.segment_id == member.segment_id, Membership.account_id == member.account_id,
        Membership.id != (member.id or 0),
        sa.or_(Membership.left.is_(None), Membership.left > member.joined),
        sa.true() if member.left is None else Membership.joined < member.left,
    )  # fmt: skip
    if host().session.scalar(other.limit(1)) is not None:
        raise Rejected("account", gettext("It is in this segment in this time already."))


def recount(segment_ids: Iterable[int]) -> None:
    """Count segments anew whose members a person has changed."""
    asked = sa.select(Segment).where(Segment.id.in_(set(segment_ids)))
    for segment in host().session.scalars(asked).all():
        count(segment)


def on(day: dt.date) -> sa.ColumnElement[bool]:
    """Memberships in which somebody was at the end of a day."""
    return sa.and_(
        Membership.joined <= day, sa.or_(Membership.left.is_(None), Membership.left > day)
    )
