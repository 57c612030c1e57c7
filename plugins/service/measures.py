"""Figures of cases: how many, how soon, how well."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.measures import Dimension, Measure, Ratio
from plugin_api.models import Choice
from plugins.service.models import Case
from plugins.service.models.words import ACTIVE, CHANNELS, KINDS, PRIORITIES

ONE = sa.literal_column("1", type_=sa.Integer())


def _labels(choices: tuple[Choice, ...]) -> dict[str, Any]:
    return {choice.value: choice.label for choice in choices}


DIMENSIONS = {
    "priority": Dimension(label=_("Priority"), labels=_labels(PRIORITIES)),
    "kind": Dimension(label=_("Kind"), labels=_labels(KINDS)),
    "channel": Dimension(label=lazy_pgettext("service", "Came by"), labels=_labels(CHANNELS)),
    "account": Dimension(label=_("Account"), target="crm.Account"),
    "product": Dimension(label=_("Product"), target="catalog.Product"),
    "queue": Dimension(label=_("Queue"), target="service.Queue"),
}


def _facts(on: Any, value: Any, *where: Any) -> Callable[[], sa.Select[Any]]:
    return lambda: sa.select(
        on.label("on"),
        value.label("value"),
        Case.owner_id.label("user_id"),
        Case.id.label("record_id"),
        Case.priority.label("priority"),
        Case.kind.label("kind"),
        Case.channel.label("channel"),
        Case.account_id.label("account"),
        Case.product_id.label("product"),
        Case.queue_id.label("queue"),
    ).where(on.is_not(None), *where)


def _measure(
    key: str, label: Any, description: Any, facts: Callable[[], sa.Select[Any]], **given: Any
) -> Measure:
    return Measure(
        key=f"service.{key}", label=label, description=description, facts=facts,
        unit=given.pop("unit", "count"), model="service.Case", dimensions=DIMENSIONS, **given,
    )  # fmt: skip


SOLVED = Case.solved_on.is_not(None)
ANSWERED = Case.answer_standing.in_(("kept", "late"))
SETTLED = Case.solution_standing.in_(("kept", "late"))

MEASURES = (
    _measure(
        "opened", _("Cases opened"), _("Cases by the day on which they were opened."),
        _facts(Case.opened_on, ONE), direction="down",
    ),
    _measure(
        "solved", _("Cases solved"),
        _("Cases by the day of their last solution; what was reopened counts once it is solved."),
        _facts(Case.solved_on, ONE),
    ),
    _measure(
        "open", _("Open cases"), _("Cases that are not solved now."),
        _facts(Case.opened_on, ONE, Case.state.in_(ACTIVE)), direction="down", snapshot=True,
    ),
    _measure(
        "critical", _("Open critical cases"), _("Of the highest priority, and not solved now."),
        _facts(Case.opened_on, ONE, Case.state.in_(ACTIVE), Case.priority == "critical"),
        direction="down", snapshot=True,
    ),
    _measure(
        "answers", _("First answers promised"),
        _("Cases whose first answer was given or is overdue, by the day of opening."),
        _facts(Case.opened_on, ONE, ANSWERED),
    ),
    _measure(
        "answers_kept", _("First answers in time"), _("Those of them that were given in time."),
        _facts(Case.opened_on, ONE, Case.answer_standing == "kept"),
        fields=("answer_standing",),
    ),
    _measure(
        "solutions", _("Solutions promised"), _("Solved cases that had a target for it."),
        _facts(Case.solved_on, ONE, SETTLED),
    ),
    _measure(
        "solutions_kept", _("Solutions in time"), _("Those of them that were solved in time."),
        _facts(Case.solved_on, ONE, Case.solution_standing == "kept"),
        fields=("solution_standing",),
    ),
    _measure(
        "hours", _("Hours of solutions"),
        _("Working time to the solution of solved cases, without waiting for the customer."),
        _facts(Case.solved_on, Case.solution_hours, Case.solution_hours.is_not(None)),
        unit="number", direction="down", fields=("solution_hours",),
    ),
    _measure(
        "reopened", _("Cases reopened"), _("Solved cases that were reopened at least once."),
        _facts(Case.solved_on, ONE, Case.reopened > 0), direction="down",
    ),
    Ratio(
        key="service.answer_rate", label=_("First answers in time, share"), unit="ratio",
        numerator="service.answers_kept", denominator="service.answers",
        description=_("Of the first answers that were promised; not yet due ones are left out."),
    ),
    Ratio(
        key="service.solution_rate", label=_("Solutions in time, share"), unit="ratio",
        numerator="service.solutions_kept", denominator="service.solutions",
        description=_("Of the solved cases that had a target."),
    ),
    Ratio(
        key="service.hours_each", label=_("Hours for a solution"), unit="number",
        numerator="service.hours", denominator="service.solved", direction="down",
        description=_("Working time on average. The median stands on the page of figures."),
    ),
    Ratio(
        key="service.reopen_rate", label=_("Reopened, share"), unit="ratio",
        numerator="service.reopened", denominator="service.solved", direction="down",
        description=_("Of the solved cases."),
    ),
)  # fmt: skip
