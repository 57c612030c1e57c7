"""What people open with: requests to decide about, and accounts that came to another grade."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from flask_babel import format_decimal

from plugin_api import host
from plugin_api.cards import Card, CardContent, Line
from plugin_api.context import current_actor, gettext, has_permission, today
from plugin_api.context import lazy_gettext as _
from plugin_api.panels import Fact
from plugins.crm.api import GRADES, Account
from plugins.segments import display, health_panels
from plugins.segments.access import APPROVE
from plugins.segments.models import GradeChange, Override, Standing

LATELY = dt.timedelta(days=30)
MOST = 6
READ = "segments.Standing.read"


def grades() -> CardContent:
    """How many accounts have which grade, and the last that came to another. Three statements."""
    asked = (
        sa.select(Standing.grade, sa.func.count())
        .where(host().records.visible(Standing))
        .group_by(Standing.grade)
    )
    counted = {row[0]: row[1] for row in host().session.execute(asked)}
    moved = (
        sa.select(
            Account.id, Account.name, GradeChange.on, GradeChange.from_grade, GradeChange.to_grade
        )
        .join(Account, Account.id == GradeChange.account_id)
        .where(GradeChange.on > today() - LATELY, host().records.visible(GradeChange))
        .order_by(GradeChange.at.desc(), GradeChange.id.desc())
        .limit(MOST)
    )
    lines = [*_asked(), *(_line(*row) for row in host().session.execute(moved))]
    return CardContent(
        facts=tuple(
            Fact(
                label=gettext("Grade %(grade)s", grade=choice.value),
                value=format_decimal(counted[choice.value]),
                href=host().list_url("segments.Standing", {"grade": choice.value}),
            )
            for choice in GRADES
            if choice.value in counted
        ),
        lines=tuple(lines[:MOST]),
        note=gettext("Changes of the last 30 days."),
        empty=gettext("No account is graded yet."),
        more_href=host().list_url("segments.GradeChange"),
    )


def _line(id_: int, name: str, on: dt.date, old: str | None, new: str | None) -> Line:
    worse = new is not None and (old is None or new > old)
    return Line(
        text=name, href=host().record_url("crm.Account", id_),
        value=f"{display.grade(old)} → {display.grade(new)}", note=display.day(on),
        tone="warn" if worse and old is not None else "neutral",
    )  # fmt: skip


def _asked() -> list[Line]:
    """Requests for another grade that the actor may decide about."""
    if not has_permission(APPROVE):
        return []
    asked = (
        sa.select(Override.id, Account.name, Override.grade, Override.reason)
        .join(Account, Account.id == Override.account_id)
        .where(Override.state == "asked", host().records.visible(Override))
        .where(sa.func.coalesce(Override.asked_by_id, 0) != (current_actor().user_id or 0))
        .order_by(Override.id)
        .limit(MOST)
    )
    return [
        Line(
            text=gettext("%(account)s: grade %(grade)s?", account=name, grade=grade),
            href=host().record_url("segments.Override", id_), note=reason, tone="info",
            value=gettext("decide"),
        )
        for id_, name, grade, reason in host().session.execute(asked)
    ]  # fmt: skip


CARDS = (
    Card(
        id="grades", title=_("Grades of accounts"), load=grades, permission=READ,
        roles=("manager",), order=55,
    ),
    Card(
        id="falling", title=_("Accounts that fall"), load=health_panels.falling,
        permission="segments.Health.read", roles=("rep", "manager"), order=56,
    ),
)  # fmt: skip
