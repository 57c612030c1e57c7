"""What stands beside a return visit, and what an account has said lately."""

from __future__ import annotations

import sqlalchemy as sa
from flask import url_for

from plugin_api import host
from plugin_api.context import gettext, has_permission
from plugin_api.panels import Action, Fact, Panel
from plugins.crm.api import Account
from plugins.service import display
from plugins.service.access import UPDATE_VISIT
from plugins.service.models import Case, Visit
from plugins.service.models.visits import VISIT_STATES

LAST = 6


def of_visit(visit: Visit) -> list[Panel]:
    """The way to the questions, and how the score changed."""
    facts = []
    may_read = host().records.may_read
    if visit.score is not None and may_read(Visit, "score"):
        facts.append(
            Fact(
                label=gettext("Score"), value=display.number(visit.score),
                share=float(visit.score) / 100,
            )
        )  # fmt: skip
    if visit.score_change is not None and may_read(Visit, "score_change"):
        facts.append(
            Fact(
                label=gettext("Against the call before"),
                value=f"{'+' if visit.score_change > 0 else ''}"
                f"{display.number(visit.score_change)}",
                href=host().record_url(display.VISIT, visit.previous_id or 0),
            )
        )
    actions: tuple[Action, ...] = ()
    if visit.state in ("planned", "unreached") and has_permission(UPDATE_VISIT):
        actions = (
            Action(
                label=gettext("Ask the questions"), icon="telephone-outbound",
                href=url_for("service.answers", visit_id=visit.id),
            ),
        )  # fmt: skip
        if host().records.may(visit, "update"):
            address = f"{host().record_url(display.VISIT, visit.id)}/access#outside"
            link = Action(label=gettext("Link for the customer"), href=address, icon="link-45deg")
            actions = (*actions, link)
    if not facts and not actions:
        return []
    return [Panel(title=gettext("What the customer says"), facts=tuple(facts), actions=actions)]


def of_case(case: Case) -> list[Fact]:
    """How the customer is asked about a case. One statement where it is solved."""
    if case.state not in ("solved", "closed") or not display.sees_visits():
        return []
    asked = (
        sa.select(Visit.id, Visit.due_on, Visit.state)
        .where(Visit.case_id == case.id, host().records.visible(Visit))
        .order_by(Visit.id.desc())
        .limit(1)
    )
    row = host().session.execute(asked).first()
    if row is None:
        return []
    return [
        Fact(
            label=gettext("Return visit"),
            value=f"{display.label(VISIT_STATES, row.state)} · {display.day(row.due_on)}",
            href=host().record_url(display.VISIT, row.id),
        )
    ]


def of_account(account: Account) -> list[Panel]:
    """How the score went, and when the account is asked next. Two statements."""
    if not (display.sees_visits() and host().records.may_read(Visit, "score")):
        return []
    mine = (Visit.account_id == account.id, host().records.visible(Visit))
    scores = (
        sa.select(Visit.id, Visit.score, Visit.done_on)
        .where(*mine, Visit.state == "done", Visit.score.is_not(None))
        .order_by(Visit.done_at.desc(), Visit.id.desc())
        .limit(LAST)
    )
    done = host().session.execute(scores).all()
    asked = (
        sa.select(Visit.id, Visit.due_on)
        .where(*mine, Visit.state == "planned")
        .order_by(Visit.due_on, Visit.id)
        .limit(1)
    )
    due = host().session.execute(asked).first()
    facts = []
    if done:
        facts.append(
            Fact(
                label=gettext("Score on %(day)s", day=display.day(done[0].done_on)),
                value=display.number(done[0].score),
                href=host().record_url(display.VISIT, done[0].id),
                trend=tuple(float(row.score) for row in reversed(done)),
            )
        )
    if due is not None:
        facts.append(
            Fact(
                label=gettext("Next return visit"), value=display.day(due.due_on),
                href=url_for("service.answers", visit_id=due.id),
            )
        )  # fmt: skip
    if not facts:
        return []
    return [Panel(title=gettext("What the customer says"), facts=tuple(facts))]
