"""Sessions: seats, and what follows from having been there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_actor, gettext
from plugin_api.errors import Forbidden, Rejected
from plugins.training.access import TEACH
from plugins.training.models import Attendance, Enrolment, Session
from plugins.training.models.sessions import TAKES_SEAT
from plugins.training.services import kept, learning


@dataclass(slots=True)
class Seats:
    """What taking a seat needs to know of a session; ``left`` is None where there is no limit."""

    session: str
    state: str
    left: int | None


def check(session: Session) -> None:
    """Refuse a session that ends before it begins."""
    if session.ends_at is not None and session.ends_at <= session.starts_at:
        raise Rejected("ends_at", gettext("It ends before it begins."))


def read_seats(rows: Sequence[Attendance]) -> None:
    """Read at once how many seats are left in these sessions, and hold them meanwhile: two who
    take the last seat come one after the other."""
    ids = sorted({each.session_id for each in rows})
    session = host().session
    with session.no_autoflush:
        asked = sa.select(Session).where(Session.id.in_(ids)).order_by(Session.id)
        found = list(session.scalars(asked.with_for_update()))
        taken = sa.select(Attendance.session_id, sa.func.count(Attendance.id)).where(
            Attendance.session_id.in_(ids), Attendance.state.in_(TAKES_SEAT)
        )
        rows_ = session.execute(taken.group_by(Attendance.session_id))
        used = {row[0]: row[1] for row in rows_}
    seats = {
        each.id: Seats(
            each.name, each.state,
            None if each.seats is None else each.seats - used.get(each.id, 0),
        )
        for each in found
    }  # fmt: skip
    kept.put("seats", seats)


def complete(row: Attendance) -> None:
    """Take a seat. Raises Rejected where none is left or the session is over."""
    held: dict[int, Seats] = kept.kept("seats", dict)
    seats = held.get(row.session_id) or Seats("", "planned", None)
    if seats.state != "planned":
        raise Rejected("session", gettext("This session is over or called off."))
    if seats.left is not None:
        if seats.left <= 0:
            raise Rejected("session", gettext("No seat is left in this session."))
        seats.left -= 1
    row.name = seats.session


def check_mark(row: Attendance, values: Mapping[str, Any]) -> None:
    """Nobody notes of themselves that they were there, unless they teach."""
    actor = current_actor()
    if row.user_id == actor.user_id and TEACH not in actor.grants and not actor.is_system:
        raise Forbidden(gettext("Somebody else has to note it."))
    session = host().session.get_one(Session, (row.company_id, row.session_id))
    if session.state == "cancelled":
        raise Rejected("", gettext("This session is over or called off."))


def tell(rows: Sequence[Attendance]) -> None:
    """Tell people that others have given them a seat."""
    for row in rows:
        if row.user_id != current_actor().user_id:
            host().remind(row, [row.user_id], gettext("You are invited: %(name)s", name=row.name))


def attended(row: Attendance) -> None:
    """Go on with the course of who was there."""
    session = host().session.get_one(Session, (row.company_id, row.session_id))
    asked = sa.select(Enrolment).where(
        Enrolment.user_id == row.user_id, Enrolment.course_id == session.course_id,
        Enrolment.is_open.is_(True),
    )  # fmt: skip
    for enrolment in host().session.scalars(asked).all():
        learning.begun(enrolment)
        learning.finish(enrolment)


def ahead(course_id: int, user_id: int, since: dt.datetime) -> list[tuple[Session, str | None]]:
    """Sessions to come of a course, and whether somebody has a seat. One statement."""
    asked = (
        sa.select(Session, Attendance.state)
        .outerjoin(
            Attendance,
            sa.and_(Attendance.session_id == Session.id, Attendance.user_id == user_id),
        )
        .where(
            Session.course_id == course_id, Session.state == "planned", Session.starts_at >= since
        )
        .order_by(Session.starts_at)
        .limit(10)
    )
    return [(row[0], row[1]) for row in host().session.execute(asked)]
