"""Telling people of what is due, runs out, or is to be looked for: once each."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext, today
from plugins.training.models import Certificate, Enrolment, Observation
from plugins.training.models.enrolments import OPEN

BEFORE = 7
"""Days before a course is due."""
EXPIRES = 30
"""Days before a certificate ends."""
MOST = 2000


def courses() -> int:
    """Learners of what is due within a week, and again once it is overdue."""
    day = today()
    asked = sa.select(Enrolment).where(
        Enrolment.state.in_(OPEN), Enrolment.due_on <= day + dt.timedelta(days=BEFORE),
        sa.or_(
            Enrolment.reminded_on.is_(None),
            sa.and_(Enrolment.due_on < day, Enrolment.reminded_on <= Enrolment.due_on),
        ),
    )  # fmt: skip
    found = host().session.scalars(asked.order_by(Enrolment.due_on).limit(MOST)).all()
    for each in found:
        late = each.due_on is not None and each.due_on < day
        said = (
            gettext("Overdue: %(name)s", name=each.name)
            if late
            else gettext("Due on %(day)s: %(name)s", day=each.due_on, name=each.name)
        )
        host().remind(each, [each.user_id], said)
        each.reminded_on = day
    return len(found)


def certificates() -> int:
    """Holders of certificates that end within a month, each once, unless a later one is there."""
    day = today()
    later = sa.orm.aliased(Certificate)
    asked = sa.select(Certificate).where(
        Certificate.expires_on.between(day, day + dt.timedelta(days=EXPIRES)),
        Certificate.reminded_on.is_(None),
        ~sa.exists().where(
            later.user_id == Certificate.user_id, later.course_id == Certificate.course_id,
            later.id > Certificate.id,
        ),
    )  # fmt: skip
    found = host().session.scalars(asked.order_by(Certificate.expires_on).limit(MOST)).all()
    for each in found:
        said = gettext("Ends on %(day)s: %(name)s", day=each.expires_on, name=each.name)
        host().remind(each, [each.user_id], said)
        each.reminded_on = day
    return len(found)


def observations() -> int:
    """Whoever is to look for what a course teaches."""
    asked = sa.select(Observation).where(
        Observation.state == "due", Observation.due_on <= today(),
        Observation.reminded_on.is_(None), Observation.observer_id.is_not(None),
    )  # fmt: skip
    found = host().session.scalars(asked.order_by(Observation.due_on).limit(MOST)).all()
    for each in found:
        host().remind(
            each,
            [each.observer_id or 0],
            gettext("See whether it is used: %(name)s", name=each.name),
        )
        each.reminded_on = today()
    return len(found)
