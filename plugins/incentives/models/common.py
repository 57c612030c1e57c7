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
)
BY_QUOTA = ("accelerator", "curve")
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
