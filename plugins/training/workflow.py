"""How enrolments, sessions, observations, coaching and careers move on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.workflow import Transition, Workflow
from plugins.training.access import PROMOTE, TEACH
from plugins.training.services import careers, coaching, flow, observing, sessions

Apply = Callable[[Any, dict[str, Any]], None]


def _by_code(name: str, label: object, to: str, *from_: str, apply: Apply) -> Transition:
    return Transition(
        name=name, label=label, from_=from_, to=to, button=False, check=flow.check_by_code,
        apply=apply,
    )  # fmt: skip


ENROLMENTS = Workflow(
    model="training.Enrolment",
    field="state",
    transitions=(
        _by_code(
            "start", lazy_pgettext("course", "Begin"), "started", "assigned", apply=flow.start
        ),
        _by_code(
            "complete", lazy_pgettext("course", "Complete"), "completed", "assigned", "started",
            apply=flow.complete,
        ),
        _by_code("fail", _("Not passed"), "failed", "assigned", "started", apply=flow.fail),
        Transition(
            name="allow", label=_("Allow another attempt"), from_=("failed",), to="started",
            permission=TEACH, check=flow.check_allow, apply=flow.allow,
        ),
        Transition(
            name="cancel", label=lazy_pgettext("course", "Cancel"), from_=("assigned", "started"),
            to="cancelled", inputs=("reason",), required=("reason",), tone="bad",
            apply=flow.cancel,
        ),
    ),
)  # fmt: skip

SESSIONS = Workflow(
    model="training.Session",
    field="state",
    transitions=(
        Transition(
            name="hold", label=lazy_pgettext("session", "It was held"), from_=("planned",),
            to="held", tone="good",
        ),
        Transition(
            name="call_off", label=lazy_pgettext("session", "Call off"), from_=("planned",),
            to="cancelled", tone="bad",
        ),
        Transition(
            name="plan", label=lazy_pgettext("session", "Plan again"),
            from_=("held", "cancelled"), to="planned",
        ),
    ),
)  # fmt: skip


def _mark(name: str, label: object, to: str, tone: str, *from_: str) -> Transition:
    return Transition(
        name=name, label=label, from_=from_, to=to, tone=tone, check=sessions.check_mark
    )


ATTENDANCES = Workflow(
    model="training.Attendance",
    field="state",
    guards=("session", "user"),
    transitions=(
        _mark(
            "attend", lazy_pgettext("session", "Was there"), "attended", "good", "invited",
            "absent", "excused",
        ),
        _mark(
            "miss", lazy_pgettext("session", "Was not there"), "absent", "bad", "invited",
            "attended",
        ),
        _mark("excuse", lazy_pgettext("session", "Excuse"), "excused", "neutral", "invited",
              "absent"),
    ),
)  # fmt: skip

OBSERVATIONS = Workflow(
    model="training.Observation",
    field="state",
    guards=("seen", "note"),
    transitions=(
        Transition(
            name="note", label=lazy_pgettext("observation", "Note what is seen"), from_=("due",),
            to="done", inputs=("seen", "note"), required=("seen",), tone="good",
            check=observing.check_note, apply=observing.note,
        ),
        Transition(
            name="drop", label=lazy_pgettext("observation", "Not possible"), from_=("due",),
            to="dropped", inputs=("note",), required=("note",), check=observing.check_other,
        ),
        Transition(
            name="again", label=lazy_pgettext("observation", "Look again"),
            from_=("done", "dropped"), to="due", check=observing.check_other,
            apply=observing.again,
        ),
    ),
)  # fmt: skip

COACHINGS = Workflow(
    model="training.Coaching",
    field="state",
    guards=("conclusion",),
    transitions=(
        Transition(
            name="close", label=lazy_pgettext("coaching", "End and read what came out"),
            from_=("open",), inputs=("conclusion",), check=coaching.check_close,
            apply=coaching.close, tone="good",
        ),
        Transition(
            name="drop", label=lazy_pgettext("coaching", "Drop"), from_=("open",), to="dropped",
            inputs=("conclusion",), required=("conclusion",), tone="bad",
            check=coaching.check_drop,
        ),
        Transition(
            name="reopen", label=lazy_pgettext("coaching", "Go on"),
            from_=("met", "missed", "dropped"), to="open", check=coaching.check_close,
            apply=coaching.reopen,
        ),
    ),
)  # fmt: skip

CAREERS = Workflow(
    model="training.Career",
    field="state",
    guards=("level", "since", "ladder", "user"),
    transitions=(
        Transition(
            name="promote", label=lazy_pgettext("career", "Promote"), from_=("on",), to="on",
            inputs=("reason",), permission=PROMOTE, check=careers.check_promote,
            apply=careers.promote, tone="good",
        ),
    ),
)  # fmt: skip

WORKFLOWS = (ENROLMENTS, SESSIONS, ATTENDANCES, OBSERVATIONS, COACHINGS, CAREERS)
