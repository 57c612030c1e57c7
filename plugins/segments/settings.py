"""Over how long accounts are scored, and how long the limits stay."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.settings import Setting

RFM_DAYS = "segments.rfm_days"
RFM_FEWEST = "segments.rfm_fewest"
RFM_MONTHS = "segments.rfm_months"
RFM_NEW_DAYS = "segments.rfm_new_days"

SETTINGS = (
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
