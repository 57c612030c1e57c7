"""Mail to people: the morning's digest, and reminders for who wants them by mail too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from flask_babel import format_date

from plugin_api import host
from plugin_api.context import gettext, ngettext, today
from plugin_api.errors import NotFound
from plugin_api.mail import Message
from plugin_api.models import model_of
from plugins.activities import display
from plugins.activities.models import Activity, Preference
from plugins.activities.models.activities import readable
from plugins.activities.services import contact

MOST = 30
"""Lines of a part of the mail."""


def preference(user_id: int) -> Preference:
    """A person's choice; a new one, not stored, for who has made none."""
    asked = sa.select(Preference).where(Preference.user_id == user_id)
    return host().session.scalar(asked) or Preference(user_id=user_id, digest=False, mail=False)


def choose(user_id: int, *, digest: bool, mail: bool) -> None:
    """Keep what a person wants."""
    held = preference(user_id)
    held.digest, held.mail = digest, mail
    host().session.add(held)
    host().session.flush()


def model(key: str) -> Any:
    """The mapped class of a model key."""
    return model_of(key)


def mail_reminder(record: Activity, people: Collection[int]) -> None:
    """Mail a reminder to those of the people who want it and may see the record."""
    asked = sa.select(Preference.user_id).where(Preference.mail, Preference.user_id.in_(people))
    for user_id in host().session.scalars(asked).all():
        try:
            with host().acting_for(user_id):
                if host().records.may(record, "read"):
                    host().mail(user_id, _reminder(record))
        except NotFound:
            continue


def _reminder(record: Activity) -> Message:
    lines = [gettext("Due %(when)s", when=display.when(record.due, record.start))]
    lines += filter(None, (display.text(record, name) for name in ("about", "location")))
    return Message(
        subject=gettext("Reminder: %(subject)s", subject=record.subject),
        lines=tuple(lines),
        button=gettext("Open it"),
        path=host().record_url(display.ACTIVITY, record.id),
    )


def send_all() -> int:
    """Mail the digest to everybody who wants it and has not had today's. How many were sent."""
    day, sent = today(), 0
    asked = sa.select(Preference).where(
        Preference.digest, sa.or_(Preference.digested_on.is_(None), Preference.digested_on < day)
    )
    found = host().session.scalars(asked.order_by(Preference.user_id)).all()
    for number, each in enumerate(found):
        host().jobs.progress(number, len(found))
        try:
            with host().acting_for(each.user_id):
                message = compose(day)
                if message is not None and host().mail(each.user_id, message):
                    sent += 1
        except NotFound:
            continue
        each.digested_on = day
    return sent


def compose(day: dt.date) -> Message | None:
    """What is due for the person who acts; None when nothing is."""
    from plugin_api.context import current_actor

    asked = (
        sa.select(Activity.id, Activity.subject, Activity.due, Activity.start, *readable("about"))
        .where(
            Activity.owner_id == current_actor().user_id,
            Activity.state == "open",
            Activity.due <= day,
            host().records.visible(Activity),
        )
        .order_by(Activity.due, Activity.start, Activity.id)
        .limit(MOST)
    )
    rows: list[Any] = list(host().session.execute(asked))
    late, now = [r for r in rows if r.due < day], [r for r in rows if r.due == day]
    over = contact.overdue(MOST, mine=True)
    if not rows and not over:
        return None
    lines = []
    for title, part in ((gettext("Overdue"), late), (gettext("Today"), now)):
        if part:
            lines.append(f"{title}:")
            lines += [f"• {_line(row)}" for row in part]
    if over:
        lines.append(f"{gettext('Contact is overdue')}:")
        lines += [f"• {each.title}: {display.over(each.over)}" for each in over]
    return Message(
        subject=ngettext(
            "%(day)s: %(num)d activity due", "%(day)s: %(num)d activities due", len(rows),
            day=format_date(day, "medium"),
        ),
        lines=tuple(lines),
        button=gettext("Open my activities"),
        path=host().list_url(
            display.ACTIVITY,
            {"state": "open", "owner": current_actor().user_id, "sort": "due"},
        ),
    )  # fmt: skip


def _line(row: Any) -> str:
    said = f"{display.clock(row.start)} {row.subject}" if row.start else str(row.subject)
    return f"{said} ({row.about})" if row.about else said
