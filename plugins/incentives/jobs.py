"""What happens by itself: pay is calculated every night."""

from __future__ import annotations

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import lazy_gettext as _
from plugin_api.errors import Refused
from plugin_api.jobs import Daily, Job
from plugins.incentives.models import Plan
from plugins.incentives.services import posting

STEPS = 1000
"""A plan is so many steps of the progress."""


def calculate() -> None:
    """Calculate every active plan, or the one that is asked for, some people at a time. What was
    entered for them stays when the job is killed: done again, it ends as if it had not been."""
    jobs, session = host().jobs, host().session
    asked = sa.select(Plan).where(Plan.active.is_(True)).order_by(Plan.id)
    only = jobs.payload().get("plan")
    plans = session.scalars(asked.where(Plan.id == only) if only else asked).all()
    names, left = [plan.name for plan in plans], list[str]()
    found = posting.Done()
    for number, plan in enumerate(plans):
        jobs.progress(number * STEPS, len(plans) * STEPS, names[number])
        try:
            for done, whole, part in posting.in_parts(plan):
                session.commit()
                found += part
                reached = number * STEPS + STEPS * done // whole
                jobs.progress(reached, len(plans) * STEPS, f"{names[number]}: {done} / {whole}")
        except (Refused, ArithmeticError) as wrong:
            # One plan that cannot be worked out keeps nobody of another from being paid.
            session.rollback()
            said = wrong.words if isinstance(wrong, Refused) else type(wrong).__name__
            left.append(f"{names[number]}: {said}")
    jobs.result(plans=len(plans) - len(left), people=found.people, entries=found.entries, left=left)


JOBS = (
    Job(
        id="calculate", label=_("Calculate pay"),
        help=_("Works out every period of every plan, and enters what differs."),
        run=calculate, schedule=Daily("03:40"),
    ),
)  # fmt: skip
