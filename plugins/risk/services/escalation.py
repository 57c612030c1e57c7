"""What is told to whom when nobody does anything: reviews, acceptances, risks over the appetite."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import sqlalchemy as sa

from plugin_api import host, teams
from plugin_api.context import gettext, today
from plugins.risk.models import Control, Response, Risk
from plugins.risk.services.acting import by_rule
from plugins.risk.settings import ESCALATE

MOST = 1000
AGAIN = 7
"""Days after which somebody is told once more of a test that is due."""
WRITES = ("risk.Response.update", "risk.Response.read")


def run() -> Mapping[str, int]:
    """All of it; how many of each. A few statements, and those of what is told."""
    with by_rule(*WRITES):
        return {
            "expired": expire(), "reminded": remind(), "escalated": escalate(), "tests": tests(),
        }  # fmt: skip


def expire() -> int:
    """Acceptances whose last day is over hold no more."""
    asked = sa.select(Response).where(
        Response.state == "running", Response.strategy == "accept", Response.expires_on < today()
    )
    found = list(host().session.scalars(asked.order_by(Response.id).limit(MOST)))
    risks = _risks({each.risk_id for each in found})
    for each in found:
        host().records.transition(each, "expire")
        risk = risks[each.risk_id]
        people = {id_ for id_ in (each.owner_id, each.approver_id, risk.owner_id) if id_}
        host().remind(risk, sorted(people), gettext("It is not accepted any longer: decide again."))
    return len(found)


def remind() -> int:
    """Owners of risks whose review is due, once."""
    due = sa.and_(
        Risk.state == "open", Risk.review_on <= today(), Risk.told_on.is_(None),
        Risk.owner_id.is_not(None),
    )  # fmt: skip
    found = list(host().session.scalars(sa.select(Risk).where(due).order_by(Risk.id).limit(MOST)))
    for risk in found:
        risk.told_on = today()
        host().remind(risk, [risk.owner_id or 0], gettext("This risk is to be reviewed."))
    host().session.flush()
    return len(found)


def escalate() -> int:
    """Managers of owners: of reviews that are long overdue, and of risks over the appetite that
    nobody answers."""
    days = int(host().setting(ESCALATE))
    if not days:
        return 0
    since = today() - dt.timedelta(days=days)
    answered = sa.select(Response.risk_id).where(Response.state.in_(("planned", "running")))
    unanswered = sa.and_(Risk.over_appetite, Risk.identified_on <= since, Risk.id.not_in(answered))
    asked = sa.select(Risk).where(
        Risk.state == "open", Risk.escalated_on.is_(None),
        sa.or_(Risk.review_on <= since, unanswered),
    )  # fmt: skip
    found = list(host().session.scalars(asked.order_by(Risk.id).limit(MOST)))
    leaders = teams.managers() if found else {}
    for risk in found:
        risk.escalated_on = today()
        leader = leaders.get(risk.owner_id or 0)
        if leader is None:
            continue
        late = risk.review_on is not None and risk.review_on <= since
        text = (
            gettext("The review of this risk is overdue.")
            if late
            else gettext("This risk lies over the appetite, and nobody answers it.")
        )
        host().remind(risk, [leader], text)
    host().session.flush()
    return len(found)


def tests() -> int:
    """Owners of controls that are to be tested, once a week."""
    asked = sa.select(Control).where(
        Control.state == "operating", Control.test_on <= today(), Control.owner_id.is_not(None)
    )
    found = [
        each
        for each in host().session.scalars(asked.order_by(Control.id).limit(MOST))
        if each.test_on is not None and (today() - each.test_on).days % AGAIN == 0
    ]
    for control in found:
        host().remind(control, [control.owner_id or 0], gettext("This control is to be tested."))
    return len(found)


def _risks(ids: set[int]) -> dict[int, Risk]:
    return {
        each.id: each for each in host().session.scalars(sa.select(Risk).where(Risk.id.in_(ids)))
    }
