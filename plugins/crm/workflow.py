"""How leads and opportunities move on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plugin_api import host
from plugin_api.context import gettext
from plugin_api.context import lazy_gettext as _
from plugin_api.errors import Forbidden, Rejected
from plugin_api.workflow import Transition, Workflow
from plugins.crm.models import Lead, Opportunity
from plugins.crm.services import entry, flow, leads
from plugins.crm.services.stages import Step, steps
from plugins.crm.settings import LOSS_REASON_REQUIRED

Values = Mapping[str, Any]

ATTRIBUTES = {"win_reason": "win_reason_id", "loss_reason": "loss_reason_id"}


def _take(record: Opportunity, values: dict[str, Any]) -> Any:
    """Put what was given on the record, so that gates see it; the closing day, if any."""
    on = values.pop("closed_on", None)
    for name, value in values.items():
        setattr(record, ATTRIBUTES.get(name, name), value)
    return on


def _check_won(record: Opportunity, values: Values) -> None:
    """What is won is not taken back by everybody. Raises Forbidden."""
    if record.outcome == "won" and not entry.may_correct():
        raise Forbidden(gettext("It is won. Ask somebody who may correct won opportunities."))


def _check_loss(record: Opportunity, values: Values) -> None:
    _check_won(record, values)
    reason = values.get("loss_reason", record.loss_reason_id)
    if reason is None and host().setting(LOSS_REASON_REQUIRED):
        raise Rejected("loss_reason", gettext("Say why it was lost."))


def _check_move(record: Opportunity, values: Values) -> None:
    step = _step(record, values)
    if step.outcome != record.outcome:
        _check_won(record, values)
    if step.outcome == "lost" and record.outcome != "lost":
        _check_loss(record, values)


def _step(record: Opportunity, values: Values) -> Step:
    step = steps().get(values.get("stage") or record.stage_id or 0)
    if step is None:
        raise Rejected("stage", gettext("Say which stage."))
    return step


def _win(record: Opportunity, values: dict[str, Any]) -> None:
    on = _take(record, values)
    flow.enter(record, flow.end_of(record.pipeline_id or 0, "won"), on)


def _lose(record: Opportunity, values: dict[str, Any]) -> None:
    on = _take(record, values)
    flow.enter(record, flow.end_of(record.pipeline_id or 0, "lost"), on)


def _move(record: Opportunity, values: dict[str, Any]) -> None:
    step = _step(record, values)
    on = values.get("closed_on")
    values.clear()
    flow.enter(record, step, on)


def _void(record: Opportunity, values: dict[str, Any]) -> None:
    flow.make_void(record)


def _reopen(record: Opportunity, values: dict[str, Any]) -> None:
    flow.come_back(record)


OPPORTUNITIES = Workflow(
    model="crm.Opportunity",
    field="outcome",
    guards=("pipeline", "stage", "closed_on"),
    given=("pipeline", "stage", "closed_on"),
    transitions=(
        Transition(
            name="win",
            label=_("Win"),
            from_=("open", "lost"),
            to="won",
            inputs=("closed_on", "amount", "win_reason"),
            apply=_win,
            tone="good",
        ),
        Transition(
            name="lose",
            label=_("Lose"),
            from_=("open", "won"),
            to="lost",
            inputs=("loss_reason", "competitor", "closed_on"),
            check=_check_loss,
            apply=_lose,
            tone="bad",
        ),
        Transition(
            name="move",
            label=_("Move to another stage"),
            from_=("open", "won", "lost"),
            inputs=("pipeline", "stage", "closed_on"),
            required=("stage",),
            check=_check_move,
            apply=_move,
        ),
        Transition(
            name="redate",
            label=_("Correct the closing day"),
            from_=("won", "lost"),
            inputs=("closed_on",),
            required=("closed_on",),
            check=_check_won,
        ),
        Transition(
            name="reopen",
            label=_("Reopen"),
            from_=("won", "lost", "void"),
            to="open",
            check=_check_won,
            apply=_reopen,
        ),
        Transition(
            name="void",
            label=_("Void"),
            from_=("open", "won", "lost"),
            to="void",
            check=_check_won,
            apply=_void,
        ),
    ),
)


def _convert(lead: Lead, values: dict[str, Any]) -> Mapping[str, Any]:
    lead.account_id = values.pop("account", lead.account_id)
    return {"open": leads.convert(lead)}


def _take_up(lead: Lead, values: dict[str, Any]) -> None:
    leads.take_up(lead)


def _check_status(lead: Lead, values: Values) -> None:
    if lead.status == "converted" and values.get("status") != "converted":
        leads.check_return(lead)


def _set_status(lead: Lead, values: dict[str, Any]) -> Mapping[str, Any] | None:
    status = values.pop("status", None)
    if status in (None, lead.status):
        return None
    if status == "converted":
        return {"open": leads.convert(lead)}
    if lead.status in ("converted", "disqualified"):
        leads.take_up(lead)
    lead.status = status
    return None


LEADS = Workflow(
    model="crm.Lead",
    field="status",
    transitions=(
        Transition(name="work", label=_("Start working"), from_=("new",), to="working"),
        Transition(
            name="qualify",
            label=_("Qualify"),
            from_=("new", "working"),
            to="qualified",
            tone="good",
        ),
        Transition(
            name="convert",
            label=_("Convert"),
            from_=("new", "working", "qualified"),
            to="converted",
            inputs=("account",),
            apply=_convert,
            tone="good",
        ),
        Transition(
            name="disqualify",
            label=_("Disqualify"),
            from_=("new", "working", "qualified"),
            to="disqualified",
            inputs=("disqualify_reason",),
            tone="bad",
        ),
        Transition(
            name="reopen",
            label=_("Take up again"),
            from_=("disqualified", "converted"),
            to="working",
            check=lambda lead, values: leads.check_return(lead),
            apply=_take_up,
        ),
        Transition(
            name="move",
            label=_("Move"),
            from_=("new", "working", "qualified", "converted", "disqualified"),
            inputs=("status",),
            check=_check_status,
            apply=_set_status,
            button=False,
        ),
    ),
)

WORKFLOWS = (OPPORTUNITIES, LEADS)
