"""Asking for approval: what a request needs, and whom it goes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import (
    SYSTEM,
    acting_as,
    current_actor,
    current_company,
    gettext,
    now,
    today,
)
from plugin_api.errors import Rejected
from plugin_api.models import CompanyModel
from plugin_api.workflow import Transition
from plugins.approvals.models import Decision, Request
from plugins.approvals.services import moves, people, rules

READS_FOR = timedelta(days=30)
"""So long those who are asked may read the record."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A move that somebody wants to make, and who has to agree."""

    subject: CompanyModel
    transition: Transition
    rule: rules.Asking
    steps: list[people.Asked]


def wanted(move: str, record_id: int) -> Wanted:
    """What a request of the actor would be about. Raises Rejected and NotFound."""
    found = moves.find(move)
    if found is None:
        raise Rejected("move", gettext("Choose one of the list."))
    model, flow, transition = found
    record = host().records.get(model, record_id)
    state = getattr(record, flow.field)
    if state not in transition.from_:
        raise Rejected("move", gettext("This move is not possible any more."))
    rule = rules.rule_for(record, move)
    steps = _steps(record, rule, current_actor().user_id) if rule is not None else []
    if rule is None or not steps:
        raise Rejected("move", gettext("This needs no approval: just do it."))
    return Wanted(record, transition, rule, steps)


def needs(record: CompanyModel, move: str, user_id: int) -> bool:
    """Whether somebody else has to agree before a person makes a move."""
    rule = rules.rule_for(record, move)
    return rule is not None and bool(_steps(record, rule, user_id))


def open_requests(model: str, record_id: int) -> list[Request]:
    """Requests about a record that wait or hold, the newest first."""
    asked = (
        sa.select(Request)
        .where(
            Request.about_model == model,
            Request.about_id == record_id,
            Request.state.in_(("waiting", "approved")),
        )
        .order_by(Request.id.desc())
    )
    return list(host().session.scalars(asked))


def complete(request: Request) -> None:
    """Fill in a request that is made. Raises Rejected and NotFound."""
    asker = current_actor().user_id
    if asker is None:
        raise Rejected("", gettext("Only a person asks for approval."))
    with host().session.no_autoflush:
        found = wanted(request.move, request.about_id)
        key = found.subject.model_key()
        if any(each.move == request.move for each in open_requests(key, found.subject.id)):
            raise Rejected("move", gettext("This is asked for already."))
        request.about_model = key
        about = host().title_of(key, found.subject.id)
    request.name = f"{about} · {found.transition.label}"[:300]
    request.owner_id = asker
    request.rule_id = found.rule.id
    request.figure = moves.figure_of(found.subject, found.rule.figure)
    request.state = "waiting"
    request.asked_at, request.asked_on = now(), today()


def send(request: Request) -> None:
    """Ask those who decide, the first of them at once."""
    found = wanted(request.move, request.about_id)
    host().session.add_all(
        Decision(
            request_id=request.id,
            name=request.name,
            asker_id=request.owner_id,
            why=request.comment,
            owner_id=user_id,
            number=step.number,
            position=step.position,
            step=step.name,
            mode=step.mode,
            remind_hours=step.remind_hours,
        )
        for step in found.steps
        for user_id in step.people
    )
    host().session.flush()
    with acting_as(current_company(), SYSTEM):
        turn(request)


def turn(request: Request) -> None:
    """Ask the people of the next step; none left is for the caller."""
    later = decisions(request.id, "later")
    if not later:
        return
    position = min(each.position for each in later)
    asked = [each for each in later if each.position == position]
    for each in asked:
        put(each)
    let_read(request, [each.owner_id for each in asked if each.owner_id is not None])


def put(decision: Decision) -> None:
    """Ask one person."""
    decision.asked_at = now()
    decision.due_at = now() + timedelta(hours=decision.remind_hours)
    host().records.transition(decision, "ask")
    tell(decision)


def decisions(request_id: int, *states: str) -> list[Decision]:
    """The decisions of a request in some states, all of them without any."""
    asked = sa.select(Decision).where(Decision.request_id == request_id)
    if states:
        asked = asked.where(Decision.state.in_(states))
    return list(host().session.scalars(asked.order_by(Decision.position, Decision.id)))


def let_read(request: Request, user_ids: list[int]) -> None:
    """Let those who decide read what it is about."""
    found = moves.find(request.move)
    record: Any = None
    if found is not None:
        record = host().session.scalar(sa.select(found[0]).where(found[0].id == request.about_id))
    if record is not None:
        host().let_read(record, user_ids, today() + READS_FOR)


def tell(decision: Decision) -> None:
    """Tell the person who decides that something waits for them."""
    text = gettext("Waits for your approval: %(name)s", name=decision.name)
    host().remind(decision, [decision.owner_id or 0], text)


def _steps(record: CompanyModel, rule: rules.Asking, user_id: int | None) -> list[people.Asked]:
    figure = moves.figure_of(record, rule.figure)
    return people.steps_for(rule.id, figure, user_id or 0)
