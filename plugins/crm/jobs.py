"""What happens by itself: each morning, who should look at an opportunity is told."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext, today
from plugin_api.context import lazy_gettext as _
from plugin_api.jobs import Daily, Job
from plugins.crm.models import Opportunity
from plugins.crm.services.attention import in_use


def remind_owners() -> None:
    """Tell owners of open opportunities that begin to stall today, or that should have been
    closed by yesterday."""
    day = today()
    overdue = Opportunity.expected_close == day - timedelta(days=1)
    asked = (
        sa.select(Opportunity)
        .where(
            in_use(),
            Opportunity.owner_id.is_not(None),
            sa.or_(Opportunity.stalls_on == day, overdue),
        )
        .order_by(Opportunity.id)
    )
    found = host().session.scalars(asked).all()
    for number, opportunity in enumerate(found):
        host().jobs.progress(number, len(found))
        stalls = opportunity.stalls_on == day
        text = gettext("It stalls from today on.") if stalls else gettext("It was to close by now.")
        host().remind(opportunity, [opportunity.owner_id or 0], text)
    host().jobs.result(reminded=len(found))


JOBS = (
    Job(
        id="remind_owners",
        label=_("Remind owners of opportunities"),
        help=_(
            "Tells them on the day on which one begins to stall, or on which its expected close"
            " has passed."
        ),
        run=remind_owners,
        schedule=Daily("07:30"),
    ),
)
