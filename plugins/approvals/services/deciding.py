"""Deciding: agreeing, refusing, passing on, taking back; and what follows for the request."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import SYSTEM, acting_as, current_actor, current_company, gettext, now
from plugin_api.errors import Forbidden, NotFound, Refused, Rejected
from plugins.approvals.models import Decision, Request
from plugins.approvals.services import asking, moves, people

Values = Mapping[str, Any]

KEPT = ("name", "asker_id", "why", "number", "position", "step", "mode", "remind_hours")
"""What a decision has in common with that which is passed on."""


def check_decide(decision: Decision, values: Values) -> None:
    """Refuse what is for somebody else to decide, or decided already. Two who decide at once
    come one after the other."""
    actor = current_actor()
    mine = decision.owner_id == actor.user_id or decision.owner_id in actor.stands_for
    if actor.is_system or not mine:
        raise Forbidden(gettext("This is for somebody else to decide."))
    request = _locked(decision.request_id)
    if actor.user_id == request.owner_id:
        raise Forbidden(gettext("Nobody agrees to what they have asked for themselves."))
    host().session.refresh(decision)
    if request.state != "waiting" or decision.state != "waiting":
        raise Rejected("", gettext("This is decided already."))


def check_pass_on(decision: Decision, values: Values) -> None:
    """Refuse to pass on to who cannot decide."""
    check_decide(decision, values)
    to = values.get("to")
    if to in (decision.owner_id, decision.asker_id):
        raise Rejected("to", gettext("Choose somebody else."))
    others = [
        each.owner_id
        for each in asking.decisions(decision.request_id)
        if each.number == decision.number
    ]
    if to in others:
        raise Rejected("to", gettext("This person is asked already."))
    if to is not None and not people.is_active(to):
        raise Rejected("to", gettext("Choose a colleague who is active."))


def decided(decision: Decision, values: dict[str, Any]) -> None:
    """Note who has decided, and when."""
    values |= {"by_id": current_actor().user_id, "decided_at": now()}
    for name in ("by_id", "decided_at"):
        setattr(decision, name, values.pop(name))


def follow(decision: Decision, move: str) -> None:
    """What follows from a decision, once it is written."""
    if move not in ("approve", "refuse", "pass_on"):
        return
    with acting_as(current_company(), SYSTEM):
        request = _locked(decision.request_id)
        if move == "pass_on":
            _hand_over(request, decision)
        elif move == "refuse":
            _end(request, "refuse", decision.comment)
        else:
            _go_on(request, decision)


def check_recall(request: Request, values: Values) -> None:
    """Only who has asked takes it back."""
    if current_actor().user_id != request.owner_id:
        raise Forbidden(gettext("Only who has asked takes it back."))


def drop_open(request: Request) -> None:
    """Nobody need decide any more."""
    with acting_as(current_company(), SYSTEM):
        for each in asking.decisions(request.id, "later", "waiting"):
            host().records.transition(each, "drop")


def check_by_code(record: Any, values: Values) -> None:
    """A move that follows from others, and is nobody's to make."""
    if not current_actor().is_system:
        raise Forbidden(gettext("This happens by itself."))


def note_end(request: Request, values: dict[str, Any]) -> None:
    """Note when a request was decided, and how long that took."""
    request.decided_at = now()
    if request.asked_at is not None:
        waited = request.decided_at - request.asked_at
        request.hours = round(Decimal(waited.total_seconds()) / 3600, 2)


def _go_on(request: Request, decision: Decision) -> None:
    """One has agreed: perhaps the step is over, perhaps all of them are."""
    if decision.mode == "any":
        for each in asking.decisions(request.id, "waiting"):
            if each.number == decision.number:
                host().records.transition(each, "drop")
    if asking.decisions(request.id, "waiting"):
        return
    if asking.decisions(request.id, "later"):
        asking.turn(request)
        return
    _end(request, "approve", decision.comment)
    _carry_out(request)


def _hand_over(request: Request, decision: Decision) -> None:
    made = Decision(
        request_id=request.id,
        owner_id=decision.to_id,
        **{name: getattr(decision, name) for name in KEPT},
    )
    host().session.add(made)
    host().session.flush()
    asking.put(made)
    asking.let_read(request, [made.owner_id or 0])


def _end(request: Request, move: str, comment: str | None) -> None:
    request.answer = comment
    host().records.transition(request, move)
    drop_open(request)
    said = {
        "approve": gettext("Approved: %(name)s", name=request.name),
        "refuse": gettext("Refused: %(name)s", name=request.name),
    }[move]
    host().remind(request, [request.owner_id or 0], f"{said}. {comment or ''}".rstrip(". ") + ".")


def _carry_out(request: Request) -> None:
    """Make the move in the name of who asked for it. What stands against it is told; the
    approval stays, so that they may make it themselves."""
    found = moves.find(request.move)
    if found is None:
        return
    model, _flow, transition = found
    why = ""
    try:
        with host().acting_for(request.owner_id or 0), host().session.begin_nested():
            record = host().records.get(model, request.about_id)
            host().records.transition(record, transition.name)
    except NotFound:
        why = gettext("The record is out of reach.")
    except Refused as refused:
        why = refused.words
    if why:
        host().session.refresh(request)
        text = gettext("You may make the move now. By itself it was not made: %(why)s", why=why)
        request.answer = f"{request.answer}\n{text}" if request.answer else str(text)
        host().session.flush()
        host().remind(request, [request.owner_id or 0], text)


def _locked(request_id: int) -> Request:
    """The request, for this transaction alone."""
    asked = sa.select(Request).where(Request.id == request_id).with_for_update()
    found = host().session.scalars(asked, execution_options={"populate_existing": True}).one()
    return found


def steps_of(request: Request) -> Mapping[int, list[Decision]]:
    """The decisions of a request by the number of the step."""
    found: dict[int, list[Decision]] = defaultdict(list)
    for each in asking.decisions(request.id):
        found[each.number].append(each)
    return found
