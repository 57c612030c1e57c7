"""Figures, days and words as pages, cards and panels show them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from flask_babel import format_date, format_percent

from plugin_api.context import current_company, gettext, ngettext, today
from plugin_api.figures import worded
from plugin_api.money import from_minor
from plugins.plans.models.objectives import COVERED
from plugins.plans.models.reports import KINDS
from plugins.plans.models.reports import STATES as REPORT_STATES
from plugins.plans.models.steps import RISKS, STATES
from plugins.plans.models.strategies import MIXES, VERDICTS
from plugins.plans.models.strategies import STATES as STRATEGY_STATES

TONES = {
    each.value: each.tone for each in (*STATES, *COVERED, *VERDICTS, *RISKS, *STRATEGY_STATES,
                                       *REPORT_STATES)
}  # fmt: skip
LABELS = {
    **{("state", each.value): each.label for each in STATES},
    **{("covered", each.value): each.label for each in COVERED},
    **{("risk", each.value): each.label for each in RISKS},
    **{("verdict", each.value): each.label for each in VERDICTS},
    **{("mix", each.value): each.label for each in MIXES},
    **{("report", each.value): each.label for each in KINDS},
}


def label(field: str, value: str | None) -> str:
    """A value of a choice in words."""
    return str(LABELS.get((field, value or ""), value or ""))


def figure(value: Decimal | None, unit: str) -> str:
    """A figure in its unit, given in units that people read."""
    if value is None:
        return str(gettext("n/a"))
    return worded(value, unit)


def brought(amount: int | None, quantity: Decimal | None) -> str:
    """What a step brings: minor units of money, or a number; a dash for nothing."""
    if amount is not None:
        return figure(from_minor(amount, current_company().currency), "money")
    return "–" if quantity is None else figure(quantity, "number")


def share(value: Decimal | None) -> str:
    """A share of 1 as percent with one decimal."""
    return str(gettext("n/a") if value is None else format_percent(value, format="#,##0.0%"))


def change(value: Decimal | None) -> str:
    """A share of 1 by which something has changed, with its sign."""
    if value is None:
        return str(gettext("n/a"))
    return str(format_percent(value, format="+#,##0.0%;-#,##0.0%"))


def day(value: dt.date | None) -> str:
    """A day as one says it: today, tomorrow, Nov 26, 2026; empty for none."""
    if value is None:
        return ""
    named = {
        -1: gettext("yesterday"), 0: gettext("today"), 1: gettext("tomorrow"),
    }.get((value - today()).days)  # fmt: skip
    return str(named or format_date(value, "medium"))


def heading(value: dt.date) -> str:
    """A day with the name of its week day."""
    return str(format_date(value, "full"))


def late(days: int) -> str:
    """By how much something is late."""
    return str(ngettext("%(num)d day late", "%(num)d days late", days))
