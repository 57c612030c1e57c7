"""What happens by itself: pay is calculated every night."""

from __future__ import annotations

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import lazy_gettext as _
from plugin_api.errors import Rejected
from plugin_api.jobs import Daily, Job
from plugins.incentives.models import Plan
from plugins.incentives.services import posting


def calculate() -> None:
    """Calculate every active plan, or the one that is asked for, each in a transaction."""
    jobs, session = host().jobs, host().session
    asked = sa.select(Plan).where(Plan.active.is_(True)).order_by(Plan.id)
    only = jobs.payload().get("plan")
    plans = session.scalars(asked.where(Plan.id == only) if only else asked).all()
    names, left = [plan.name for plan in plans], list[str]()
    entries = people = 0
    for done, plan in enumerate(plans):
        jobs.progress(done, len(plans), names[done])
        try:
            found = posting.calculate(plan)
        except Rejected as refused:
            session.rollback()
            left.append(f"{names[done]}: {refused.message}")
            continue
        session.commit()
        entries, people = entries + found.entries, people + found.people
    jobs.result(plans=len(plans) - len(left), people=people, entries=entries, left=left)


JOBS = (
    Job(
        id="calculate", label=_("Calculate pay"),
        help=_("Works out every period of every plan, and enters what differs."),
        run=calculate, schedule=Daily("03:40"),
    ),
)  # fmt: skip
