"""Figures of return visits: how many were made, and how satisfied customers are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from plugin_api.context import lazy_gettext as _
from plugin_api.context import today
from plugin_api.measures import Dimension, Measure, Ratio
from plugins.service.measures import ONE
from plugins.service.models import Visit
from plugins.service.services import satisfaction

DIMENSIONS = {
    "account": Dimension(label=_("Account"), target="crm.Account"),
    "product": Dimension(label=_("Product"), target="catalog.Product"),
    "plan": Dimension(label=_("Return visit plan"), target="service.VisitPlan"),
    "questionnaire": Dimension(label=_("Questionnaire"), target="service.Questionnaire"),
}
DONE = Visit.state == "done"


def _facts(on: Any, value: Any, *where: Any) -> Callable[[], sa.Select[Any]]:
    return lambda: sa.select(
        on.label("on"),
        value.label("value"),
        Visit.owner_id.label("user_id"),
        Visit.id.label("record_id"),
        Visit.account_id.label("account"),
        Visit.product_id.label("product"),
        Visit.plan_id.label("plan"),
        Visit.questionnaire_id.label("questionnaire"),
    ).where(on.is_not(None), *where)


def _measure(
    key: str, label: Any, description: Any, facts: Callable[[], sa.Select[Any]], **given: Any
) -> Measure:
    return Measure(
        key=f"service.{key}", label=label, description=description, facts=facts,
        unit=given.pop("unit", "count"), model="service.Visit", dimensions=DIMENSIONS, **given,
    )  # fmt: skip


def _net() -> Any:
    return sa.case((Visit.nps >= 9, 100), (Visit.nps <= 6, -100), else_=0)


def _asked() -> sa.Select[Any]:
    """Whether a link ran out depends on the day on which the figure is asked for."""
    known = sa.or_(Visit.state.in_(("done", "unreached")), satisfaction.unanswered(today()))
    return _facts(Visit.due_on, ONE, known)()


MEASURES = (
    _measure(
        "visits_due", _("Return visits due"),
        _("By the day on which they are due; cancelled ones are left out."),
        _facts(Visit.due_on, ONE, Visit.state != "cancelled"),
    ),
    _measure(
        "visits_made", _("Return visits made of those due"),
        _("Those of them that were made, by the day on which they were due."),
        _facts(Visit.due_on, ONE, DONE),
    ),
    _measure(
        "asked", _("Customers asked"),
        _("Return visits that were made, at which nobody was reached, or whose link ran out."),
        _asked,
    ),
    _measure(
        "csat_answers", _("Answers on satisfaction"), _("By the day of the answer."),
        _facts(Visit.done_on, ONE, DONE, Visit.csat.is_not(None)), fields=("csat",),
    ),
    _measure(
        "csat_satisfied", _("Satisfied customers"), _("Of these answers, those with 4 or 5 of 5."),
        _facts(Visit.done_on, ONE, DONE, Visit.csat >= 4), fields=("csat",),
    ),
    _measure(
        "nps_answers", _("Answers on recommendation"), _("By the day of the answer."),
        _facts(Visit.done_on, ONE, DONE, Visit.nps.is_not(None)), fields=("nps",),
    ),
    _measure(
        "nps_net", _("Net promoters, times 100"),
        _("Of these answers, 100 for 9 and 10, less 100 for 0 to 6."),
        _facts(Visit.done_on, _net(), DONE, Visit.nps.is_not(None)),
        unit="number", fields=("nps",),
    ),
    _measure(
        "bad_answers", _("Return visits with a bad answer"),
        _("By the day of the answer; each opens a case."),
        _facts(Visit.done_on, ONE, DONE, Visit.bad), direction="down", fields=("bad",),
    ),
    Ratio(
        key="service.coverage", label=_("Coverage of return visits"), unit="ratio",
        numerator="service.visits_made", denominator="service.visits_due",
        description=_("Made, of those that were due in the period."),
    ),
    Ratio(
        key="service.response", label=_("Response rate"), unit="ratio",
        numerator="service.visits_made", denominator="service.asked",
        description=_("Customers who answered, of those who were asked."),
    ),
    Ratio(
        key="service.csat", label=_("Customer satisfaction (CSAT)"), unit="ratio",
        numerator="service.csat_satisfied", denominator="service.csat_answers",
        description=_("Share of 4 and 5 of 5; the mean is another thing. See the interval on the"
                      " page of satisfaction."),
    ),
    Ratio(
        key="service.nps", label=_("Net promoter score (NPS)"), unit="number",
        numerator="service.nps_net", denominator="service.nps_answers",
        description=_("Percent of 9 and 10 less percent of 0 to 6, from −100 to 100; of a team it"
                      " is counted from its answers, never the mean of its people."),
    ),
)  # fmt: skip
