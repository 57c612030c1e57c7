"""Responses to risks: the facts that each way needs, on every path that leads to one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_actor, gettext, today
from plugin_api.errors import Rejected
from plugins.risk.models import Action, Response, Risk
from plugins.risk.services.acting import is_by_rule
from plugins.risk.services.assessing import controls_of
from plugins.risk.services.kept import kept
from plugins.risk.services.register import check_days

Values = Mapping[str, Any]
FACTS = ("strategy", "counterparty", "approver_id", "expires_on", "given_up", "risk_id")
"""What stays as it is once a response is in force."""


def complete(response: Response, changes: Collection[str] = ()) -> None:
    """Refuse a response that lacks a fact of its way. Raises Rejected."""
    check_days(response, "due", "expires_on")
    if (response.cost or 0) < 0:
        raise Rejected("cost", gettext("It cannot be below zero."))
    touched = next((name for name in FACTS if name in changes), None)
    if touched is not None and response.state != "planned":
        raise Rejected(
            touched.removesuffix("_id"),
            gettext("It is decided. Drop it, and plan another response."),
        )
    _CHECKS[response.strategy](response, changes)


def _avoid(response: Response, changes: Collection[str]) -> None:
    if not (response.given_up or "").strip():
        raise Rejected("given_up", gettext("To avoid a risk, say what is given up."))


def _transfer(response: Response, changes: Collection[str]) -> None:
    if not (response.counterparty or "").strip():
        raise Rejected("counterparty", gettext("To transfer a risk, say to whom."))


def _accept(response: Response, changes: Collection[str]) -> None:
    if response.approver_id is None:
        raise Rejected("approver", gettext("To accept a risk, say who approves it."))
    if response.expires_on is None:
        raise Rejected("expires_on", gettext("To accept a risk, say until when."))
    fresh = response.id is None or "expires_on" in changes or "strategy" in changes
    if fresh and response.expires_on <= today():
        raise Rejected("expires_on", gettext("It is accepted until a day to come."))
    # One that is decided stays so, and ends, whoever comes to own the risk.
    if response.state == "planned" and response.approver_id == owner_of(response.risk_id):
        raise Rejected(
            "approver", gettext("Somebody other than the owner of the risk approves it.")
        )


def _mitigate(response: Response, changes: Collection[str]) -> None:
    if response.owner_id is None:
        raise Rejected("owner", gettext("To mitigate a risk, say who does."))
    if response.due is None:
        raise Rejected("due", gettext("To mitigate a risk, say by when."))


_CHECKS = {"avoid": _avoid, "transfer": _transfer, "accept": _accept, "mitigate": _mitigate}


def owner_of(risk_id: int) -> int | None:
    """Whose risk it is. One statement a risk and transaction."""

    def read() -> int | None:
        return host().session.scalar(sa.select(Risk.owner_id).where(Risk.id == risk_id))

    return kept(("owner", risk_id), read)


# -- transitions -----------------------------------------------------------------------------


def check_start(response: Response, values: Values) -> None:
    """Raise Rejected for what is not ready to be in force."""
    _CHECKS[response.strategy](response, ())
    if response.strategy == "accept":
        raise Rejected("approver", gettext("It is accepted once its approver approves."))
    if response.strategy == "mitigate" and not _has_means(response):
        raise Rejected(
            "strategy", gettext("To mitigate a risk, add a control or an action to it first.")
        )


def _has_means(response: Response) -> bool:
    action = sa.select(Action.id).where(
        Action.risk_id == response.risk_id, Action.state != "dropped"
    )
    found = host().session.scalar(action.limit(1)) is not None
    return found or bool(controls_of(response.risk_id))


def check_approve(response: Response, values: Values) -> None:
    """Only the approver accepts, and only what is still ahead. Raises Rejected."""
    if response.strategy != "accept":
        raise Rejected("strategy", gettext("Only accepting a risk needs approval."))
    _accept(response, ("expires_on",))
    me = current_actor()
    if not me.is_system and response.approver_id not in (me.user_id, *me.stands_for):
        raise Rejected("approver", gettext("Only its approver approves this."))


def approve(response: Response, values: dict[str, Any]) -> None:
    """It is accepted from today on."""
    response.approved_on = today()


def may_approve(response: Response) -> bool:
    """Whether the button is shown."""
    me = current_actor()
    mine = response.approver_id in (me.user_id, *me.stands_for)
    return response.strategy == "accept" and mine


def check_expire(response: Response, values: Values) -> None:
    """Only the calendar makes this move. Raises Rejected."""
    if not is_by_rule():
        raise Rejected("state", gettext("This happens by itself when its day has come."))


def plan_again(response: Response, values: dict[str, Any]) -> None:
    """It is to be approved, or begun, once more."""
    response.approved_on = None
