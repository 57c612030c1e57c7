"""Holding moves back that need approval, and ending requests about what has changed."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from plugin_api import host
from plugin_api.context import SYSTEM, acting_as, current_actor, current_company, gettext
from plugin_api.errors import Held, Rejected
from plugin_api.keeping import Keeping
from plugin_api.models import Base, CompanyModel, FieldInfo
from plugin_api.workflow import Transition
from plugins.approvals.models import Request
from plugins.approvals.services import asking, deciding, moves, rules

_passing = Keeping("approvals.passing")
"""Records that make an approved move in this transaction."""


def hold(record: CompanyModel, transition: Transition) -> None:
    """Refuse a move that needs an approval which is not there. Raises Held and Rejected."""
    if record.model_key() not in rules.models():
        return
    move = moves.name(record.model_key(), transition.name)
    actor = current_actor()
    needs = actor.user_id is not None and asking.needs(record, move, actor.user_id)
    found = [
        each
        for each in (asking.open_requests(record.model_key(), record.id) if needs else ())
        if each.move == move
    ]
    if not needs or any(each.state == "approved" for each in found):
        _passing.put((record.model_key(), record.id), True)
        return
    if found:
        raise Rejected("", gettext("This waits for approval already."))
    text = gettext("“%(move)s” needs an approval. Ask for it.", move=transition.label)
    raise Held(text, address(move, record.id))


def hold_new(record: CompanyModel) -> None:
    """Refuse a new record that begins where only an approved move leads. Raises Rejected."""
    key, me = record.model_key(), current_actor().user_id
    if key not in rules.models() or me is None:
        return
    for _model, flow in moves.workflows():
        if flow.model != key:
            continue
        state = getattr(record, flow.field)
        for transition in flow.transitions:
            leads = transition.to == state and state not in transition.from_
            if leads and asking.needs(record, moves.name(key, transition.name), me):
                text = gettext(
                    "“%(move)s” needs an approval: make the record first.", move=transition.label
                )
                raise Rejected(flow.field, text)


def made(record: CompanyModel, transition: Transition) -> None:
    """The move that was approved is made."""
    key = record.model_key()
    if key not in rules.models() and key != Request.model_key():
        return
    move = moves.name(key, transition.name)
    with acting_as(current_company(), SYSTEM):
        for request in asking.open_requests(key, record.id):
            ended = request.move == move and request.state == "approved"
            host().records.transition(request, "finish" if ended else "expire")
            deciding.drop_open(request)


def changed(record: CompanyModel) -> None:
    """End the requests about a record that is not what it was: what was agreed to is gone."""
    key, record_id = _whole(record)
    if record_id is None or key not in rules.models():
        return
    if _passing.kept((key, record_id), lambda: False):
        return
    with acting_as(current_company(), SYSTEM):
        for request in asking.open_requests(key, record_id):
            host().records.transition(request, "expire")
            deciding.drop_open(request)
            text = gettext("Changed since, ask again: %(name)s", name=request.name)
            host().remind(request, [request.owner_id or 0], text)


def address(move: str, record_id: int) -> str:
    """The page on which a person asks."""
    return f"/approvals/ask?{urlencode({'move': move, 'id': record_id})}"


def _whole(record: CompanyModel) -> tuple[str, int | None]:
    """The record that a change is of: that of which it is a part, if any."""
    model: type[Base] = type(record)
    if not model.__parent__:
        return record.model_key(), record.id
    info: FieldInfo = model.__table__.columns[model.__parent__].info["field"]
    found: Any = getattr(record, model.__parent__)
    return info.target or "", found
