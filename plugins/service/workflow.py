"""How cases move on."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.workflow import Transition, Workflow
from plugins.service.services import answering, flow, mailing, surveys, visiting

CASES = Workflow(
    model="service.Case",
    field="state",
    guards=("opened_at", "answered_at", "solved_at"),
    given=("opened_at", "answered_at", "solved_at"),
    transitions=(
        Transition(
            name="take", label=lazy_pgettext("case", "Take"), from_=("new",), to="open",
            apply=flow.take,
        ),
        Transition(
            name="answer", label=_("First answer given"), from_=("new", "open"),
            check=flow.check_answer, apply=flow.answer, offered=flow.is_unanswered,
        ),
        Transition(
            name="wait", label=_("Wait for the customer"), from_=("new", "open"), to="waiting",
            apply=flow.wait,
        ),
        Transition(
            name="resume", label=_("The customer has replied"), from_=("waiting",), to="open",
            apply=flow.resume,
        ),
        Transition(
            name="solve", label=lazy_pgettext("case", "Solve"),
            from_=("new", "open", "waiting"), to="solved", inputs=("cause", "solution"),
            required=("solution",), apply=flow.solve, tone="good",
        ),
        Transition(
            name="close", label=lazy_pgettext("case", "Close"), from_=("solved",), to="closed",
            apply=flow.close,
        ),
        Transition(
            name="reopen", label=_("Reopen"), from_=("solved", "closed"), to="open",
            inputs=("reopen_reason",), required=("reopen_reason",), apply=flow.reopen,
            tone="bad",
        ),
    ),
)  # fmt: skip

QUESTIONNAIRES = Workflow(
    model="service.Questionnaire",
    field="state",
    transitions=(
        Transition(
            name="publish", label=_("Publish"), from_=("draft",), to="published",
            check=surveys.check_publish, apply=surveys.publish, tone="good",
        ),
        Transition(
            name="new_version", label=lazy_pgettext("questionnaire", "Make another version"),
            from_=("published", "retired"), permission="service.Questionnaire.create",
            apply=surveys.new_version,
        ),
        Transition(name="retire", label=_("Retire"), from_=("published",), to="retired"),
    ),
)  # fmt: skip

VISITS = Workflow(
    model="service.Visit",
    field="state",
    guards=("account", "questionnaire"),
    transitions=(
        Transition(
            name="finish", label=lazy_pgettext("return visit", "Finish"),
            from_=("planned", "unreached"), to="done", inputs=("comment", "themes"),
            check=answering.check_finish, apply=answering.finish, tone="good",
        ),
        Transition(
            name="try_again", label=_("Not reached, try again"), from_=("planned",),
            inputs=("due_on",), required=("due_on",), apply=visiting.unreached,
        ),
        Transition(
            name="give_up", label=_("Nobody is to be reached"), from_=("planned",),
            to="unreached", apply=visiting.unreached,
        ),
        Transition(
            name="cancel", label=lazy_pgettext("return visit", "Cancel"),
            from_=("planned", "unreached"), to="cancelled", tone="bad",
        ),
        Transition(
            name="resume", label=lazy_pgettext("return visit", "Plan again"),
            from_=("unreached", "cancelled"), to="planned", inputs=("due_on",),
            required=("due_on",),
        ),
    ),
)  # fmt: skip

MAILS = Workflow(
    model="service.Mail",
    field="state",
    guards=("case",),
    transitions=(
        Transition(
            name="open", label=lazy_pgettext("mail", "Open a case"), from_=("proposed",),
            to="taken", inputs=("account", "contact"), apply=mailing.open_by_hand, tone="good",
        ),
        Transition(
            name="attach", label=lazy_pgettext("mail", "Belongs to a case"),
            from_=("proposed", "discarded"), to="taken", inputs=("case",), required=("case",),
            apply=mailing.attach,
        ),
        Transition(
            name="discard", label=lazy_pgettext("mail", "Put aside"), from_=("proposed",),
            to="discarded",
        ),
        Transition(
            name="restore", label=lazy_pgettext("mail", "Decide again"), from_=("discarded",),
            to="proposed",
        ),
    ),
)  # fmt: skip

WORKFLOWS = (CASES, QUESTIONNAIRES, VISITS, MAILS)
