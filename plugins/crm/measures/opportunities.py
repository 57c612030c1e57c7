"""Figures about opportunities."""

from __future__ import annotations

from typing import Any

from plugin_api.context import lazy_gettext as _
from plugin_api.measures import Measure, Ratio
from plugins.crm.display import OF_MONEY
from plugins.crm.measures.facts import DIMENSIONS, Facts, counted, credited
from plugins.crm.measures.reached import reached
from plugins.crm.models import Opportunity
from plugins.crm.services.attention import in_use, overdue, stalled

_created, _closed = Opportunity.created_on, Opportunity.closed_on
_expected = Opportunity.expected_close
_outcome = Opportunity.outcome
_counts = _outcome != "void"
_open, _won, _lost = _outcome == "open", _outcome == "won", _outcome == "lost"
_decided = _outcome.in_(("won", "lost"))
_amount, _days = Opportunity.amount_company, Opportunity.cycle_days
_timed = _days.is_not(None)


def _measure(name: str, label: Any, unit: Any, facts: Facts, **kw: Any) -> Measure:
    return Measure(
        key=f"crm.{name}", label=label, unit=unit, model="crm.Opportunity", facts=facts,
        dimensions=DIMENSIONS, fields=OF_MONEY if unit == "money" else (), **kw,
    )  # fmt: skip


def _ratio(name: str, label: Any, unit: Any, above: str, below: str, **kw: Any) -> Ratio:
    return Ratio(
        key=f"crm.{name}", label=label, unit=unit, numerator=f"crm.{above}",
        denominator=f"crm.{below}", **kw,
    )  # fmt: skip


COHORT = (
    _measure(
        "created",
        _("Opportunities created"),
        "count",
        counted(_created, _counts),
        description=_("Opportunities by the day of creation, whatever became of them; not void."),
    ),
    _measure(
        "created_won",
        _("Created and won since"),
        "count",
        counted(_created, _won),
        description=_("Opportunities by the day of creation that are won by now."),
    ),
    _measure(
        "created_decided",
        _("Created and closed since"),
        "count",
        counted(_created, _decided),
        description=_("Opportunities by the day of creation that are won or lost by now."),
    ),
    _measure(
        "created_open",
        _("Created and still open"),
        "count",
        counted(_created, _open),
        description=_("Opportunities by the day of creation that are open still."),
    ),
    _measure(
        "created_possible",
        _("Created and not lost"),
        "count",
        counted(_created, _outcome.in_(("won", "open"))),
        description=_("Opportunities by the day of creation that are won or may yet be."),
    ),
    _measure(
        "reached",
        _("Stages reached"),
        "count",
        reached,
        description=_(
            "Opportunities by the day of creation, once for each stage that they have reached; a"
            " later stage implies the earlier ones. Group it by stage."
        ),
    ),
    _ratio(
        "cohort_win_rate",
        _("Win rate of those created"),
        "ratio",
        "created_won",
        "created",
        description=_("Won by now, of all created in the period, those still open among them."),
    ),
    _ratio(
        "cohort_decided_rate",
        _("Win rate of those created and closed"),
        "ratio",
        "created_won",
        "created_decided",
        description=_("Won, of those created in the period and closed by now."),
    ),
    _ratio(
        "cohort_possible_rate",
        _("Highest possible win rate of those created"),
        "ratio",
        "created_possible",
        "created",
        description=_("The share of those created in the period that is won or may yet be."),
    ),
    _ratio(
        "cohort_open_share",
        _("Still open of those created"),
        "ratio",
        "created_open",
        "created",
        direction="down",
        description=_("The share of those created in the period that is open still."),
    ),
)

CLOSED = (
    _measure(
        "won_amount",
        _("Won amount"),
        "money",
        credited(_closed, _amount, _won),
        description=_(
            "Amounts of won opportunities by the closing day, in the company's currency at that"
            " day's rate, credited by the shares of a split."
        ),
        headline=True,
    ),
    _measure(
        "won_count",
        _("Opportunities won"),
        "count",
        counted(_closed, _won),
        description=_("Opportunities won, by the closing day."),
    ),
    _measure(
        "lost_count",
        _("Opportunities lost"),
        "count",
        counted(_closed, _lost),
        direction="down",
        description=_("Opportunities lost, by the closing day; archived ones too."),
    ),
    _measure(
        "lost_amount",
        _("Lost amount"),
        "money",
        credited(_closed, _amount, _lost),
        direction="down",
        description=_("Amounts of lost opportunities by the closing day."),
    ),
    _measure(
        "closed_count",
        _("Opportunities closed"),
        "count",
        counted(_closed, _decided),
        description=_("Opportunities won or lost, by the closing day."),
    ),
    _measure(
        "closed_amount",
        _("Closed amount"),
        "money",
        credited(_closed, _amount, _decided),
        description=_("Amounts of opportunities won or lost, by the closing day."),
    ),
    _measure(
        "won_days",
        _("Days of won opportunities"),
        "days",
        counted(_closed, _won, _timed, value=_days),
        direction="down",
        description=_("Days from creation to closing of won opportunities, added up."),
    ),
    _measure(
        "won_timed",
        _("Won opportunities with both days"),
        "count",
        counted(_closed, _won, _timed),
        description=_("Won opportunities whose day of creation is known."),
    ),
    _measure(
        "closed_days",
        _("Days of closed opportunities"),
        "days",
        counted(_closed, _decided, _timed, value=_days),
        direction="down",
        description=_("Days from creation to closing of closed opportunities, added up."),
    ),
    _measure(
        "closed_timed",
        _("Closed opportunities with both days"),
        "count",
        counted(_closed, _decided, _timed),
        description=_("Closed opportunities whose day of creation is known."),
    ),
    _ratio(
        "win_rate",
        _("Win rate"),
        "ratio",
        "won_count",
        "closed_count",
        description=_("Won, of those won or lost in the period. Open ones do not enter."),
    ),
    _ratio(
        "win_rate_value",
        _("Win rate by amount"),
        "ratio",
        "won_amount",
        "closed_amount",
        description=_("Won amount, of the amounts won or lost in the period."),
    ),
    _ratio(
        "average_deal",
        _("Average deal"),
        "money",
        "won_amount",
        "won_count",
        description=_("Won amount by opportunities won. Lost ones do not enter."),
    ),
    _ratio(
        "cycle_days",
        _("Days to win"),
        "days",
        "won_days",
        "won_timed",
        direction="down",
        description=_("Average days from creation to closing of won opportunities."),
    ),
    _ratio(
        "closed_cycle_days",
        _("Days to close"),
        "days",
        "closed_days",
        "closed_timed",
        direction="down",
        description=_("Average days from creation to closing, won and lost ones alike."),
    ),
)

NOW = (
    _measure(
        "open_count",
        _("Open opportunities"),
        "count",
        counted(_expected, in_use()),
        snapshot=True,
        description=_("Opportunities that are open now."),
    ),
    _measure(
        "open_amount",
        _("Open pipeline"),
        "money",
        credited(_expected, _amount, in_use()),
        snapshot=True,
        description=_("Amounts of the opportunities that are open now."),
    ),
    _measure(
        "open_weighted",
        _("Weighted pipeline"),
        "money",
        counted(_expected, in_use(), value=Opportunity.weighted_amount),
        snapshot=True,
        description=_(
            "Amount times probability of the opportunities that are open now. What is won is not"
            " in it; add the won amount for what is to be expected."
        ),
    ),
    _measure(
        "stalled_count",
        _("Stalled opportunities"),
        "count",
        counted(_expected, in_use(), stalled),
        snapshot=True,
        direction="down",
        description=_("Open opportunities that are in their stage for longer than it allows."),
    ),
    _measure(
        "overdue_count",
        _("Overdue opportunities"),
        "count",
        counted(_expected, in_use(), overdue),
        snapshot=True,
        direction="down",
        description=_("Open opportunities whose expected close has passed."),
    ),
)

MEASURES = (*COHORT, *CLOSED, *NOW)
