"""How far an approval is, beside the record that it is about."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask_babel import format_decimal

from plugin_api import host
from plugin_api.context import current_actor, gettext, has_permission, pgettext
from plugin_api.models import CompanyModel
from plugin_api.panels import Action, Fact, Panel
from plugins.approvals.access import READ
from plugins.approvals.models import Decision, Request
from plugins.approvals.models.requests import DECISIONS, STATES
from plugins.approvals.services import deciding, people, rules

LABELS = {choice.value: choice.label for choice in (*STATES, *DECISIONS)}


def for_record(record: CompanyModel) -> list[Panel]:
    """The last request about a record; of a request and a decision, what they are about."""
    if not has_permission(READ):
        return []
    if isinstance(record, Decision):
        request = _one(record.request_id)
        return [_progress(request, about=True)] if request is not None else []
    if isinstance(record, Request):
        return [_progress(record, about=True)]
    key = record.model_key()
    if key not in rules.models():
        return []
    asked = (
        sa.select(Request)
        .where(Request.about_model == key, Request.about_id == record.id)
        .order_by(Request.id.desc())
        .limit(1)
    )
    request = host().session.scalar(asked)
    return [_progress(request)] if request is not None else []


def _progress(request: Request, *, about: bool = False) -> Panel:
    names, facts, actions = people.names(), [], []
    if about:
        facts.append(
            Fact(
                label=request.name,
                value=_amount(request),
                href=host().record_url(request.about_model, request.about_id) or None,
            )
        )
    me = current_actor()
    for decisions in deciding.steps_of(request).values():
        for each in decisions:
            who = names.get(each.owner_id or 0, "")
            facts.append(Fact(label=f"{each.step}: {who}", value=LABELS[each.state]))
            if each.state == "waiting" and (each.owner_id in (me.user_id, *me.stands_for)):
                actions = _decide(each.id)
    if not actions and request.state in ("waiting", "approved") and request.owner_id == me.user_id:
        actions = [
            _move(
                Request,
                request.id,
                "recall",
                pgettext("approval", "Take back"),
                "arrow-return-left",
            )
        ]
    note = f"{names.get(request.owner_id or 0, '')}: {request.comment}" if request.comment else ""
    title = gettext("Approval: %(state)s", state=LABELS[request.state])
    return Panel(
        title=title, facts=tuple(facts), note=request.answer or note, actions=tuple(actions)
    )


def _decide(decision_id: int) -> list[Action]:
    return [
        _move(Decision, decision_id, "approve", pgettext("approval", "Approve"), "check-lg"),
        _move(Decision, decision_id, "refuse", pgettext("approval", "Refuse"), "x-lg"),
    ]


def _move(model: Any, record_id: int, name: str, label: str, icon: str) -> Action:
    href = f"{host().record_url(model.model_key(), record_id)}/transitions/{name}"
    return Action(label=label, href=href, icon=icon, dialog=True)


def _amount(request: Request) -> str:
    return "" if request.figure is None else str(format_decimal(request.figure))


def _one(request_id: int) -> Request | None:
    return host().session.scalar(sa.select(Request).where(Request.id == request_id))
