"""What people open with: their cases by when they are due, and those that are too late."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from flask import url_for

from plugin_api import host
from plugin_api.cards import Card, CardContent, Line
from plugin_api.context import Actor, current_actor, gettext, has_permission, ngettext, today
from plugin_api.context import lazy_gettext as _
from plugin_api.models import model_of
from plugin_api.panels import Fact
from plugins.crm.api import Account
from plugins.service import display
from plugins.service.access import CREATE, READ, READ_VISIT
from plugins.service.models import Case, Visit
from plugins.service.models.words import ACTIVE, PRIORITIES

MOST = 8
DUE = sa.case(
    (sa.and_(Case.answered_at.is_(None), Case.answer_due.is_not(None)), Case.answer_due),
    else_=Case.solution_due,
)
"""What is due of a case next."""
LATE = sa.or_(
    sa.and_(Case.answered_at.is_(None), Case.answer_standing == "late"),
    Case.solution_standing == "late",
)


def mine() -> CardContent:
    """The person's own, what is due next first; and how many wait for somebody in their queues."""
    me = current_actor().user_id
    own = (Case.owner_id == me, Case.state.in_(("new", "open")))
    free = sa.select(sa.func.count()).select_from(Case).where(
        Case.owner_id.is_(None), Case.state == "new", host().records.visible(Case)
    )  # fmt: skip
    waiting = host().session.scalar(free) or 0
    facts: tuple[Fact, ...] = ()
    if waiting:
        href = host().list_url(display.CASE, {"state": "new", "owner__isnull": "true"})
        facts = (Fact(label=gettext("Nobody looks after"), value=str(waiting), href=href),)
    return CardContent(
        facts=facts,
        lines=_lines(*own),
        empty=gettext("No customer waits for you."),
        more_href=host().list_url(
            display.CASE, {"owner": me, "state__in": "new,open", "sort": "solution_due"}
        ),
        actions=(display.open_case(),) if has_permission(CREATE) else (),
    )


def late() -> CardContent:
    """Cases that are too late, of everybody whom the person leads."""
    return CardContent(
        lines=_lines(Case.state.in_(ACTIVE), LATE, host().records.visible(Case), who=True),
        empty=gettext("Everything that was promised is kept."),
        more_href=host().list_url(
            display.CASE,
            {"state__in": ",".join(ACTIVE), "escalated": "true", "sort": "solution_due"},
        ),
    )


def _lines(*which: Any, who: bool = False) -> tuple[Line, ...]:
    """Cases by what is due next. One statement."""
    user: Any = model_of("core.User")
    asked = (
        sa.select(
            Case.id, Case.number, Case.priority, DUE.label("due"), user.name.label("who"),
            sa.case((LATE, 1), else_=0).label("late"), Account.name.label("account"),
            *(column.label("matter") for column in display.readable("name")),
        )
        .outerjoin(user, user.id == Case.owner_id)
        .outerjoin(Account, Account.id == Case.account_id)
        .where(*which)
        .order_by(DUE.is_(None), DUE, Case.id)
        .limit(MOST)
    )  # fmt: skip
    return tuple(
        Line(
            text=row.matter or row.number,
            href=host().record_url(display.CASE, row.id),
            value=display.when(row.due),
            note=" · ".join(filter(None, (
                row.number, display.label(PRIORITIES, row.priority), row.account,
                row.who if who else "",
            ))),
            tone="bad" if row.late else "warn" if row.priority == "critical" else "neutral",
        )
        for row in host().session.execute(asked)
    )  # fmt: skip


def pressing(actor: Actor) -> int:
    """How many of the person's own are new or too late."""
    if actor.user_id is None:
        return 0
    asked = sa.select(sa.func.count(Case.id)).where(
        Case.owner_id == actor.user_id, Case.state.in_(("new", "open")),
        sa.or_(Case.state == "new", LATE),
    )  # fmt: skip
    return host().session.scalar(asked) or 0


def visits() -> CardContent:
    """The person's own return visits that are due within a week, the longest over first."""
    me, day = current_actor().user_id, today()
    asked = (
        sa.select(Visit.id, Visit.due_on, Visit.attempts, *_names())
        .where(
            Visit.owner_id == me, Visit.state == "planned",
            Visit.due_on <= day + dt.timedelta(days=7),
        )
        .order_by(Visit.due_on, Visit.id)
        .limit(MOST)
    )  # fmt: skip
    return CardContent(
        lines=tuple(
            Line(
                text=row.name or f"#{row.id}",
                href=url_for("service.answers", visit_id=row.id),
                value=display.day(row.due_on),
                note=ngettext("%(num)d attempt", "%(num)d attempts", row.attempts)
                if row.attempts
                else "",
                tone="bad" if row.due_on < day else "warn" if row.due_on == day else "neutral",
            )
            for row in host().session.execute(asked)
        ),
        empty=gettext("No customer is to be asked in the next days."),
        more_href=host().list_url(
            display.VISIT, {"owner": me, "state": "planned", "sort": "due_on"}
        ),
    )


def _names() -> tuple[Any, ...]:
    may_read = host().records.may_read(Visit, "name")
    return (Visit.name if may_read else sa.null().label("name"),)


def visits_due(actor: Actor) -> int:
    """How many of the person's own are due or over."""
    if actor.user_id is None:
        return 0
    asked = sa.select(sa.func.count(Visit.id)).where(
        Visit.owner_id == actor.user_id, Visit.state == "planned", Visit.due_on <= today()
    )
    return host().session.scalar(asked) or 0


CARDS = (
    Card(
        id="mine", title=_("My cases"), load=mine, permission=READ, roles=("rep",), order=12
    ),
    Card(
        id="visits", title=_("Return visits due"), load=visits, permission=READ_VISIT,
        roles=("rep",), order=26,
    ),
    Card(
        id="late", title=_("Cases that are too late"), load=late, permission=READ,
        roles=("manager",), order=18,
    ),
)  # fmt: skip
