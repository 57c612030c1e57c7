"""Over how long accounts are scored, and by which convention they are worth what."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.models import Choice
from plugin_api.settings import Setting

RFM_DAYS = "segments.rfm_days"
RFM_FEWEST = "segments.rfm_fewest"
RFM_MONTHS = "segments.rfm_months"
RFM_NEW_DAYS = "segments.rfm_new_days"

CLV_CONVENTION = "segments.clv_convention"
CLV_DISCOUNT = "segments.clv_discount"
CLV_MARGIN = "segments.clv_margin"
CONVENTIONS = (
    Choice(value="end", label=_("Margin at the end of each year, without limit")),
    Choice(value="start", label=_("Margin at the start of each year, without limit")),
    Choice(value="five", label=_("Margin at the start of each year, of five years")),
)

SETTINGS = (
    Setting(
        key=CLV_CONVENTION, label=_("Lifetime value by"), kind="choice", default="five",
        choices=CONVENTIONS, help=_("It is said beside every value."),
    ),
    Setting(
        key=CLV_DISCOUNT, label=_("Interest a year (%)"), kind="integer", default=10, minimum=1,
        maximum=100, help=_("By which what comes later is worth less."),
    ),
    Setting(
        key=CLV_MARGIN, label=_("Margin where costs are not known (%)"), kind="integer",
        default=30, minimum=1, maximum=100, help=_("Of what was sold."),
    ),
    Setting(
        key=RFM_DAYS, label=_("Score orders of the last (days)"), kind="integer", default=730,
        minimum=30, maximum=3660, help=_("Recency, frequency and money are those of this time."),
    ),
    Setting(
        key=RFM_FEWEST, label=_("Fewest customers to be scored"), kind="integer", default=25,
        minimum=5, maximum=100_000, help=_("Fifths of a handful say nothing."),
    ),
    Setting(
        key=RFM_MONTHS, label=_("Limits of scores stay for (months)"), kind="integer", default=12,
        minimum=1, maximum=60,
        help=_("So that nobody moves because others do. They are fixed anew after that."),
    ),
    Setting(
        key=RFM_NEW_DAYS, label=_("A customer is new for (days)"), kind="integer", default=90,
        minimum=0, maximum=730, help=_("From the first order on."),
    ),
)  # fmt: skip
