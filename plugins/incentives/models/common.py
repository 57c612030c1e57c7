"""What models of pay have in common."""

from __future__ import annotations

from plugin_api.context import current_company, lazy_pgettext
from plugin_api.context import lazy_gettext as _
from plugin_api.models import Choice, ScaledDecimal

PERIODS = (
    Choice(value="month", label=_("Month")),
    Choice(value="quarter", label=_("Quarter")),
    Choice(value="year", label=_("Year")),
)
VERSION_STATES = (
    Choice(value="draft", label=_("Draft")),
    Choice(value="published", label=lazy_pgettext("plan", "In force"), tone="good"),
    Choice(value="ended", label=lazy_pgettext("plan", "Ended")),
)
RULES = (
    Choice(value="flat", label=_("One rate")),
    Choice(value="marginal", label=_("Tiers, each part at its own rate")),
    Choice(value="slab", label=_("Tiers, all of it at the rate reached")),
    Choice(value="accelerator", label=_("Rate of the quota with multipliers beyond it")),
    Choice(value="curve", label=_("Payout by attainment of the quota")),
    Choice(value="bonus", label=_("Bonus for each, out of a budget")),
    Choice(value="matrix", label=_("Table of two attainments")),
    Choice(value="formula", label=lazy_pgettext("pay", "Formula")),
    Choice(value="table", label=_("Table of rates by product, segment or channel")),
)
BY_QUOTA = ("accelerator", "curve", "matrix")
USE_QUOTA = (*BY_QUOTA, "formula")
RATE_DAYS = (
    Choice(value="period", label=_("Of the last day of the period")),
    Choice(value="paid", label=_("Of the day on which it is paid")),
)
BASES = (
    Choice(value="period", label=_("All of the period together")),
    Choice(value="each", label=_("Each by itself")),
    Choice(value="year", label=_("All since the fiscal year began")),
    Choice(value="version", label=_("All since these rules hold")),
)
GATES = (
    Choice(value="figure", label=_("The figure itself")),
    Choice(value="quota", label=_("Percent of its quota")),
)
CREDITS = (
    Choice(value="own", label=_("What one is credited with")),
    Choice(value="team", label=_("What the team brings, shared as it was credited")),
    Choice(value="below", label=_("What those below bring, without one's own")),
)
EXACT = ScaledDecimal(6)
RATE = ScaledDecimal(10)


def company_currency() -> str:
    """What is paid is in the company's currency."""
    return current_company().currency
