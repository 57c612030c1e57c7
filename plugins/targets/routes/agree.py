"""Agreeing on targets: what one is asked, and who has not answered."""

from __future__ import annotations

from flask import render_template

from plugin_api import host
from plugin_api.pages import require
from plugin_api.panels import Action
from plugins.targets import display
from plugins.targets.access import READ
from plugins.targets.models import Target
from plugins.targets.models.targets import STATES
from plugins.targets.services import naming, waiting
from plugins.targets.services.waiting import Waiting
from plugins.targets.workflow import TARGETS

MOVES = {move.name: move for move in TARGETS.transitions}
TO_ANSWER = ("accept", "counter")
TO_CONFIRM = {
    "countered": ("agree", "propose", "confirm"),
    "accepted": ("confirm",),
    "proposed": ("confirm", "withdraw"),
}
ICONS = {"accept": "check-lg", "agree": "check-lg", "counter": "arrow-left-right"}


def agree() -> str:
    """One click to accept, a small form to counter; below, what others have to say."""
    require(READ)
    asked = waiting.to_answer()
    answered = waiting.answered()
    others = waiting.to_confirm()
    page = render_template(
        "targets/agree.html",
        asked=asked,
        answered=answered,
        others=others,
        actions=actions,
        TO_ANSWER=TO_ANSWER,
        TO_CONFIRM=TO_CONFIRM,
        display=display,
        labels=waiting.labels([*asked, *answered, *others]),
        names=naming.people(),
        href=lambda each: host().record_url(Target.model_key(), each.id),
        states={state.value: state for state in STATES},
    )
    waiting.mark_read()
    host().session.commit()
    return page


def actions(each: Waiting, names: tuple[str, ...]) -> list[Action]:
    """The moves of a target as buttons: at once, or by a small form for what asks something."""
    found = []
    for name in names:
        move = MOVES[name]
        path = f"{host().record_url(Target.model_key(), each.id)}/transitions/{name}"
        asks = bool(move.inputs) and not (name == "confirm" and each.state == "accepted")
        found.append(
            Action(
                label=move.label, href=path, icon=ICONS.get(name, ""), post=not asks, dialog=asks
            )
        )
    return found
