"""What people open with: steps that are due, plans that do not carry, reports that are wanted."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from flask import url_for

from plugin_api import host
from plugin_api.cards import Card, CardContent, Line
from plugin_api.context import current_actor, gettext, has_permission, today
from plugin_api.context import lazy_gettext as _
from plugin_api.panels import Action, Fact
from plugins.plans import display
from plugins.plans.access import CREATE, OBJECTIVE, READ, REVIEW
from plugins.plans.models import Objective, Report, Step
from plugins.plans.models.steps import OPEN
from plugins.plans.services import agenda, people

MOST = 6
NEAR = 7


def mine() -> CardContent:
    """The person's own steps: over, due, and of the next days. Two statements."""
    me = current_actor().user_id or 0
    day, near = today(), today() + dt.timedelta(days=NEAR)
    mine = (Step.owner_id == me, Step.state.in_(OPEN))

    def counted(which: Any) -> Any:
        return sa.func.sum(sa.case((which, 1), else_=0))

    late, now, soon = (Step.due < day, Step.due == day, Step.due.between(day, near))
    counts = (
        host()
        .session.execute(
            sa.select(counted(late), counted(now), counted(sa.and_(soon, Step.due > day))).where(
                *mine
            )
        )
        .one()
    )
    entries = [each for each in agenda.steps(me, day, near) if not each.done]
    labels = (gettext("Overdue"), gettext("Today"), gettext("Next days"))
    periods = ("overdue", "today", f"next_{NEAR}_days")
    actions: tuple[Action, ...] = ()
    if has_permission(CREATE):
        href = f"{host().list_url('plans.Step')}/new"
        actions = (Action(label=gettext("Plan a step"), href=href, icon="plus-lg"),)
    return CardContent(
        facts=tuple(
            Fact(
                label=label, value=str(count or 0),
                href=host().list_url(
                    "plans.Step",
                    {"state": ",".join(OPEN), "owner": me, "due__period": period},
                ),
            )
            for label, count, period in zip(labels, counts, periods, strict=True)
        ),
        lines=tuple(
            Line(
                text=each.title, href=each.href, value=display.day(each.day), note=each.note,
                tone=each.tone, action=each.action,
            )
            for each in entries[:MOST]
        ),
        empty=gettext("Nothing of your plan is due in the next days."),
        more_href=url_for("plans.mine"),
        actions=actions,
    )  # fmt: skip


def uncovered() -> CardContent:
    """Objectives that run and whose steps do not carry. One statement, and one for names."""
    asked = (
        sa.select(Objective.id, Objective.name, Objective.owner_id, Objective.coverage,
                  Objective.covered, Objective.end)
        .where(
            Objective.state.in_(("draft", "running")), Objective.covered.in_(("none", "under")),
            Objective.end >= today(), host().records.visible(Objective),
        )
        .order_by(Objective.coverage, Objective.end, Objective.id)
        .limit(MOST)
    )  # fmt: skip
    rows = list(host().session.execute(asked))
    names = people.names_of([row.owner_id for row in rows])
    return CardContent(
        lines=tuple(
            Line(
                text=row.name,
                href=host().record_url("plans.Objective", row.id),
                value=display.share(None if row.coverage is None else row.coverage / 100),
                tone="bad" if row.covered == "none" else "warn",
                note=" · ".join(filter(None, (names.get(row.owner_id), display.day(row.end)))),
            )
            for row in rows
        ),
        note=gettext("Expected contribution of steps ÷ gap to the goal"),
        empty=gettext("All plans carry as far as their goals."),
        more_href=host().list_url("plans.Objective", {"covered": "none,under"}),
    )


def waiting_reports() -> CardContent:
    """Reports that wait to be read. One statement, and one for names."""
    asked = (
        sa.select(Report.id, Report.name, Report.owner_id, Report.timing)
        .where(
            Report.state == "submitted", Report.owner_id != current_actor().user_id,
            host().records.visible(Report),
        )
        .order_by(Report.submitted_at, Report.id)
        .limit(MOST)
    )  # fmt: skip
    rows = list(host().session.execute(asked))
    names = people.names_of([row.owner_id for row in rows])
    return CardContent(
        lines=tuple(
            Line(
                text=names.get(row.owner_id, ""),
                href=url_for("plans.report", report_id=row.id),
                value=row.name,
                tone="warn" if row.timing == "late" else "neutral",
            )
            for row in rows
        ),
        empty=gettext("No report waits to be read."),
        more_href=url_for("plans.reports"),
    )


CARDS = (
    Card(
        id="mine", title=_("My plan"), load=mine, permission=READ, roles=("rep", "manager"),
        order=6,
    ),
    Card(
        id="uncovered", title=_("Plans that do not carry"), load=uncovered, permission=OBJECTIVE,
        roles=("manager", "analyst"), order=26,
    ),
    Card(
        id="reports", title=_("Reports to read"), load=waiting_reports, permission=REVIEW,
        roles=("manager",), order=28,
    ),
)  # fmt: skip
