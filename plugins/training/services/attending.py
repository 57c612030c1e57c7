"""Whether somebody was in a session of a course."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from plugin_api import host
from plugins.training.models import Attendance, Enrolment, Session


def was_there(enrolment: Enrolment) -> bool:
    """Whether somebody was in a session of the course since enrolling. One statement."""
    asked = (
        sa.select(Attendance.id)
        .join(Session, Session.id == Attendance.session_id)
        .where(
            Attendance.user_id == enrolment.user_id, Attendance.state == "attended",
            Session.course_id == enrolment.course_id,
            host().local_day(Session.starts_at) >= (enrolment.enrolled_on or dt.date.min),
        )
        .limit(1)
    )  # fmt: skip
    return host().session.scalar(asked) is not None
