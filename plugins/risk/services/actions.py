"""Actions about risks, and the steps of plans that they are while plans are on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext, today
from plugin_api.errors import Refused, Rejected
from plugin_api.models import CompanyModel, model_of
from plugins.risk.models import Action
from plugins.risk.services import controls
from plugins.risk.services.acting import by_rule, is_by_rule
from plugins.risk.services.register import check_days

ABOUT = "risk.Action"
WRITES = ("plans.Step.create", "plans.Step.update", "plans.Step.read", "risk.Action.read")
SHARED = ("name", "owner_id", "due")
"""Fields of an action that its step has too."""
ENDED = {"done": "done", "dropped": "cancelled"}


def complete(action: Action, changes: Collection[str] = ()) -> None:
    """Refuse an action that makes no sense, and a control that does not serve its risk. Raises
    Rejected."""
    check_days(action, "due")
    control_id = action.control_id
    fresh = not changes or "control_id" in changes or "risk_id" in changes
    if control_id is None or not fresh:
        return
    if action.risk_id not in controls.served_by([control_id]).get(control_id, ()):
        raise Rejected(
            "control", gettext("It does not serve this risk: add the risk to the control first.")
        )


def plan(action: Action) -> None:
    """Have a new action stand in the plans too, where the company uses them."""
    if not host().is_enabled("plans"):
        return
    step: Any = model_of("plans.Step")
    values = {name: getattr(action, name) for name in SHARED}
    with by_rule(*WRITES):
        host().records.create(step, {**values, "about_model": ABOUT, "about_id": action.id})


def step_of(action: Action) -> Any:
    """The step that an action is in the plans; None for none. One statement."""
    if not host().is_enabled("plans"):
        return None
    step: Any = model_of("plans.Step")
    asked = sa.select(step).where(step.about_model == ABOUT, step.about_id == action.id)
    return host().session.scalars(asked.order_by(step.id).limit(1)).first()


def carry(action: Action, changes: Mapping[str, tuple[Any, Any]]) -> None:
    """Have the step in the plans say what the action says."""
    if is_by_rule() or not ({*SHARED, "state"} & changes.keys()):
        return
    step = step_of(action)
    if step is None:
        return
    values = {name: getattr(action, name) for name in SHARED if name in changes}
    with by_rule(*WRITES):
        if values and step.state not in ENDED.values():
            host().records.update(step, values)
        if "state" in changes:
            _move(step, ENDED.get(action.state, "todo"))


def _move(step: Any, state: str) -> None:
    name = {"done": "done", "cancelled": "cancel", "todo": "reopen"}[state]
    if step.state == state or (name == "reopen" and step.state not in ENDED.values()):
        return
    given = {"reason": gettext("Dropped with its risk")} if name == "cancel" else {}
    try:
        host().records.transition(step, name, given)
    except Refused as refused:
        # It waits for another step, say: the person is told, and nothing comes apart.
        raise Rejected("state", refused.words) from None


def follow(step: CompanyModel, changes: Mapping[str, tuple[Any, Any]]) -> None:
    """Have an action say what its step in the plans says."""
    given: Any = step
    if is_by_rule() or given.about_model != ABOUT or not ({*SHARED, "state"} & changes.keys()):
        return
    asked = sa.select(Action).where(Action.id == given.about_id)
    action = host().session.scalars(asked).first()
    # Other steps may be about an action too: that one of them is done does not end it.
    if action is None or step_of(action) is not step:
        return
    values = {name: getattr(given, name) for name in SHARED if name in changes}
    with by_rule("risk.Action.update", "risk.Action.read"):
        if values:
            host().records.update(action, values)
        ended = {there: here for here, there in ENDED.items()}
        wanted = ended.get(given.state, "todo")
        if wanted != action.state:
            name = {"done": "done", "dropped": "drop", "todo": "reopen"}[wanted]
            host().records.transition(action, name)


# -- transitions -----------------------------------------------------------------------------


def done(action: Action, values: dict[str, Any]) -> None:
    """It is done, today."""
    action.done_on = today()


def reopen(action: Action, values: dict[str, Any]) -> None:
    """It is to be done after all."""
    action.done_on = None
