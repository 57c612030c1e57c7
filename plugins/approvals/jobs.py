"""What happens by itself: reminding of what waits."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import lazy_gettext as _
from plugin_api.context import now, today
from plugin_api.jobs import Every, Job
from plugins.approvals.models import Decision
from plugins.approvals.services import asking

MOST = 1000


def remind() -> None:
    """Tell those who have let something wait, once for each span of time that their step names;
    on working days only."""
    if not host().calendar.is_work_day(today()):
        return
    due = sa.select(Decision).where(Decision.state == "waiting", Decision.due_at <= now())
    found = host().session.scalars(due.order_by(Decision.due_at, Decision.id).limit(MOST)).all()
    for each in found:
        asking.tell(each)
        each.due_at = now() + timedelta(hours=each.remind_hours)
    host().jobs.result(reminded=len(found))


JOBS = (
    Job(
        id="remind",
        label=_("Remind of approvals"),
        help=_("Tells those who are asked what has waited for too long."),
        run=remind,
        schedule=Every(60),
    ),
)
