"""What people open with: courses that are open, the next due first."""

from __future__ import annotations

import sqlalchemy as sa
from flask import url_for

from plugin_api import host
from plugin_api.cards import Card, CardContent, Line
from plugin_api.context import current_actor, gettext, today
from plugin_api.context import lazy_gettext as _
from plugins.training import display
from plugins.training.access import READ
from plugins.training.models import Enrolment
from plugins.training.models.enrolments import OPEN

MOST = 6


def todo() -> CardContent:
    """One's own open courses. One statement."""
    asked = sa.select(Enrolment.id, Enrolment.name, Enrolment.due_on, Enrolment.reason).where(
        Enrolment.user_id == (current_actor().user_id or 0), Enrolment.state.in_(OPEN)
    )
    order = asked.order_by(Enrolment.due_on.is_(None), Enrolment.due_on, Enrolment.id).limit(MOST)
    day = today()
    return CardContent(
        lines=tuple(
            Line(
                text=row.name, href=url_for("training.learn", record_id=row.id),
                value=display.day(row.due_on) if row.due_on else "", note=row.reason or "",
                tone="bad" if row.due_on and row.due_on < day else "neutral",
            )
            for row in host().session.execute(order)
        ),
        empty=gettext("No course is open. My learning shows which you may take."),
        more_href=url_for("training.mine"),
    )  # fmt: skip


CARDS = (
    Card(id="todo", title=_("To learn"), load=todo, permission=READ, roles=("rep",), order=70),
)
