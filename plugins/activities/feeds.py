"""A person's activities as a calendar that a telephone or a mail program subscribes to."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask import request

from plugin_api import host
from plugin_api.context import current_actor, current_company, gettext, today
from plugin_api.context import lazy_gettext as _
from plugin_api.feeds import Feed
from plugins.activities import display
from plugins.activities.access import READ
from plugins.activities.models import Activity, Participant
from plugins.activities.services import ics

BACK, AHEAD = dt.timedelta(days=60), dt.timedelta(days=400)
MOST = 2000


def calendar() -> bytes:
    """What is the person's own or has them take part, of what they may see. One statement."""
    me, company = current_actor().user_id, current_company()
    taking_part = sa.select(Participant.activity_id).where(Participant.user_id == me)
    asked = (
        sa.select(Activity)
        .where(
            sa.or_(Activity.owner_id == me, Activity.id.in_(taking_part)),
            Activity.due.between(today() - BACK, today() + AHEAD),
            host().records.visible(Activity),
        )
        .order_by(Activity.due.desc(), Activity.id.desc())
        .limit(MOST)
    )
    found = host().session.scalars(asked).all()
    name = gettext("%(company)s: activities", company=company.name)
    return ics.write(name, [_entry(each) for each in found], ZoneInfo(company.timezone))


def _entry(record: Any) -> ics.Entry:
    texts = filter(None, (display.text(record, name) for name in ("about", "details", "result")))
    return ics.Entry(
        uid=f"activity-{record.id}@{current_company().slug}.xiaoguan",
        version=record.version,
        changed=record.updated_at,
        subject=record.subject,
        state=record.state,
        due=record.due,
        start=record.start,
        end=record.end,
        location=display.text(record, "location"),
        text="\n".join(texts),
        href=f"{request.host_url.rstrip('/')}{host().record_url(display.ACTIVITY, record.id)}",
        rule=record.repeat_rule or "" if record.state == "open" else "",
        until=record.repeat_until,
    )


FEEDS = (
    Feed(
        id="calendar",
        label=_("My activities as a calendar"),
        help=_(
            "What you own or take part in, from two months ago on. Subscribe to the address in the"
            " calendar of your telephone or mail program; it shows changes by itself."
        ),
        make=calendar,
        permission=READ,
        mimetype="text/calendar; charset=utf-8",
        ending="ics",
    ),
)
