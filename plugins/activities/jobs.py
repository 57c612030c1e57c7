"""What happens by itself: columns of the board at midnight, reminders, the morning's mail."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext, now, today
from plugin_api.context import lazy_gettext as _
from plugin_api.jobs import Daily, Every, Job
from plugins.activities import display
from plugins.activities.models import Activity, Participant
from plugins.activities.services import contact, days, digest

NOT_OLDER = dt.timedelta(days=2)
"""What should have been reminded of longer ago is past: nothing ran for days."""
MOST = 2000


def turn_day() -> None:
    """Put open activities into the columns that they belong to today. One statement a column."""
    day = today()
    near = day + dt.timedelta(days=days.NEAR)
    open_ = Activity.state == "open"
    changed = 0
    for when, which in {
        "overdue": (Activity.due < day,),
        "today": (Activity.due == day,),
        "tomorrow": (Activity.due == day + dt.timedelta(days=1),),
        "week": (Activity.due > day + dt.timedelta(days=1), Activity.due <= near),
        "later": (Activity.due > near,),
    }.items():
        result: Any = host().session.execute(
            sa.update(Activity)
            .where(open_, *which, sa.or_(Activity.when != when, Activity.when.is_(None)))
            .values(when=when),
            execution_options={"synchronize_session": False},
        )
        changed += result.rowcount
    host().jobs.result(changed=changed)


def remind() -> None:
    """Tell owners and participants of what begins."""
    moment = now()
    asked = (
        sa.select(Activity)
        .where(
            Activity.state == "open",
            Activity.remind_at <= moment,
            Activity.remind_at > moment - NOT_OLDER,
        )
        .order_by(Activity.remind_at, Activity.id)
        .limit(MOST)
    )
    found = host().session.scalars(asked).all()
    others = _participants([each.id for each in found])
    for number, each in enumerate(found):
        host().jobs.progress(number, len(found))
        people = [each.owner_id or 0, *others[each.id]]
        text = gettext("Due %(when)s", when=display.when(each.due, each.start))
        host().remind(each, people, text)
        digest.mail_reminder(each, people)
        each.remind_at = None
    host().jobs.result(reminded=len(found))


def _participants(ids: list[int]) -> dict[int, list[int]]:
    made: dict[int, list[int]] = defaultdict(list)
    if ids:
        asked = sa.select(Participant.activity_id, Participant.user_id)
        for row in host().session.execute(asked.where(Participant.activity_id.in_(ids))):
            made[row.activity_id].append(row.user_id)
    return made


def tell_overdue() -> None:
    """Tell owners with whom they should be in touch, on the first day that it is over."""
    found = list(contact.newly_overdue())
    by_model: dict[str, dict[int, contact.Overdue]] = defaultdict(dict)
    for each in found:
        if each.owner_id is not None:
            by_model[each.model][each.id] = each
    for key, wanted in by_model.items():
        model: Any = digest.model(key)
        for record in host().session.scalars(sa.select(model).where(model.id.in_(wanted))):
            each = wanted[record.id]
            text = gettext("No contact for more than %(days)d days.", days=each.every)
            host().remind(record, [each.owner_id or 0], text)
    host().jobs.result(told=len(found))


def send_digests() -> None:
    """Mail everybody who wants it what is due today."""
    host().jobs.result(sent=digest.send_all())


JOBS = (
    Job(
        id="turn_day",
        label=_("Begin the day on the board of activities"),
        help=_("Moves activities into today's columns: overdue, today, tomorrow."),
        run=turn_day,
        schedule=Daily("00:05"),
    ),
    Job(
        id="remind",
        label=_("Remind of activities"),
        help=_("Tells owners and participants at the time that the activity names."),
        run=remind,
        schedule=Every(5),
    ),
    Job(
        id="tell_overdue",
        label=_("Tell of overdue follow-ups"),
        help=_("Tells owners when contact becomes overdue by a follow-up rule."),
        run=tell_overdue,
        schedule=Daily("07:35"),
    ),
    Job(
        id="digest",
        label=_("Send the morning's mails"),
        help=_("Mails everybody who has asked for it what is due today."),
        run=send_digests,
        schedule=Daily("07:00"),
    ),
)
