"""Figures of plans: what is done in time, what is late, and how far steps carry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from plugin_api.context import current_company, today
from plugin_api.context import lazy_gettext as _
from plugin_api.measures import Dimension, Measure, Ratio
from plugin_api.money import precision
from plugins.plans.models import CarryOver, Objective, Report, Step
from plugins.plans.models.reports import KINDS, TIMINGS
from plugins.plans.models.steps import OPEN, RISKS

ONE = sa.literal_column("1", type_=sa.Integer())
DIMENSIONS = {
    "objective": Dimension(label=_("Objective"), target="plans.Objective"),
    "risk": Dimension(label=_("Risk"), labels={each.value: each.label for each in RISKS}),
}
OF_OBJECTIVE = {
    "strategy": Dimension(label=_("Strategy"), target="plans.Strategy"),
}
OF_REPORT = {
    "kind": Dimension(label=_("Kind"), labels={each.value: each.label for each in KINDS}),
    "timing": Dimension(label=_("Submitted"), labels={each.value: each.label for each in TIMINGS}),
}
DONE = Step.state == "done"


def _steps(on: Any, value: Any, *which: Any) -> Callable[[], sa.Select[Any]]:
    def facts() -> sa.Select[Any]:
        return sa.select(
            on.label("on"),
            value.label("value"),
            Step.owner_id.label("user_id"),
            Step.id.label("record_id"),
            Step.objective_id.label("objective"),
            Step.risk.label("risk"),
        ).where(*which)

    return facts


def _overdue() -> sa.Select[Any]:
    return _steps(Step.due, ONE, Step.state.in_(OPEN), Step.due < today())()


def _of_money(column: Any) -> Callable[[], sa.Select[Any]]:
    """Of objectives on money: whose goal is an amount. What is counted is kept in units that
    people read, so it is taken to minor units."""

    def facts() -> sa.Select[Any]:
        scaled = sa.type_coerce(column, sa.BigInteger())
        unit = 10 ** precision(current_company().currency)
        return sa.select(
            Objective.end.label("on"),
            sa.type_coerce(scaled * unit, column.type).label("value"),
            Objective.owner_id.label("user_id"),
            Objective.id.label("record_id"),
            Objective.strategy_id.label("strategy"),
        ).where(Objective.goal_amount.is_not(None), Objective.gap > 0, Objective.state != "dropped")

    return facts


def _carried() -> sa.Select[Any]:
    asked: Any = sa.select(
        CarryOver.on.label("on"),
        ONE.label("value"),
        CarryOver.owner_id.label("user_id"),
        CarryOver.id.label("record_id"),
    )
    return asked  # type: ignore[no-any-return]


def _reports() -> sa.Select[Any]:
    asked: Any = sa.select(
        Report.end.label("on"),
        ONE.label("value"),
        Report.owner_id.label("user_id"),
        Report.id.label("record_id"),
        Report.kind.label("kind"),
        Report.timing.label("timing"),
    ).where(Report.state != "draft")
    return asked  # type: ignore[no-any-return]


def _measure(name: str, label: Any, unit: Any, facts: Any, description: Any, **kw: Any) -> Measure:
    given = {"model": "plans.Step", "dimensions": DIMENSIONS, **kw}
    return Measure(
        key=f"plans.{name}", label=label, unit=unit, facts=facts, description=description, **given
    )


MEASURES: tuple[Measure | Ratio, ...] = (
    _measure(
        "steps_done", _("Steps done"), "count", _steps(Step.done_on, ONE, DONE),
        _("Steps of plans that are done, on that day, for their owner."),
    ),
    _measure(
        "steps_in_time", _("Steps done in time"), "count",
        _steps(Step.done_on, ONE, DONE, Step.done_on <= Step.promised),
        _("Of these, those that were done by the day that was first promised."),
    ),
    Ratio(
        key="plans.on_time_share", label=_("Share of steps done in time"), unit="ratio",
        numerator="plans.steps_in_time", denominator="plans.steps_done",
    ),
    _measure(
        "steps_overdue", _("Overdue steps"), "count", _overdue,
        _("Open steps whose day is over, now."), direction="down", snapshot=True,
    ),
    _measure(
        "steps_carried", _("Steps carried over"), "count", _carried,
        _("Steps that were not done in their period and went on to another, on that day."),
        direction="down", model="plans.CarryOver", dimensions={},
    ),
    _measure(
        "expected", _("Expected of steps"), "money",
        _steps(Step.due, Step.expected_amount, Step.state != "cancelled",
               Step.expected_amount.is_not(None)),
        _("What steps are to bring that are open or done, on the day they are due."),
    ),
    _measure(
        "realised", _("Realised by steps"), "money",
        _steps(Step.done_on, Step.realised_amount, DONE, Step.realised_amount.is_not(None)),
        _("What steps have brought, on the day they were done."),
    ),
    _measure(
        "spent", _("Spent on steps"), "money",
        _steps(sa.func.coalesce(Step.done_on, Step.due), Step.spent, Step.spent.is_not(None)),
        _("What steps have cost, on the day they were done or are due."), direction="down",
    ),
    _measure(
        "carries", _("Expected for objectives"), "money", _of_money(Objective.expected),
        _("What steps of objectives on money are to bring, on the objective's last day."),
        model="plans.Objective", dimensions=OF_OBJECTIVE,
    ),
    _measure(
        "gap", _("Gap of objectives"), "money", _of_money(Objective.gap),
        _("What goals lack without their steps, on the objective's last day."),
        model="plans.Objective", dimensions=OF_OBJECTIVE, direction="down",
    ),
    Ratio(
        key="plans.coverage", label=_("Coverage of plans"), unit="ratio",
        numerator="plans.carries", denominator="plans.gap",
        description=_("Expected contribution of steps ÷ gap to the goals, of objectives on money."),
    ),
    _measure(
        "reports", _("Reports submitted"), "count", _reports,
        _("Reports of weeks and months that were submitted, on the last day of their period."),
        model="plans.Report", dimensions=OF_REPORT,
    ),
)  # fmt: skip
