"""What risks and their parts are chosen from."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import Choice

CATEGORIES = (
    Choice(value="market", label=lazy_pgettext("risk", "Market"), tone="info"),
    Choice(value="customer", label=lazy_pgettext("risk", "Customer"), tone="warn"),
    Choice(value="competition", label=lazy_pgettext("risk", "Competition"), tone="bad"),
    Choice(value="own", label=lazy_pgettext("risk", "Own organisation")),
)
STATES = (
    Choice(value="proposed", label=lazy_pgettext("risk", "Proposed"), tone="info"),
    Choice(value="open", label=lazy_pgettext("risk", "In the register"), tone="warn"),
    Choice(value="dismissed", label=lazy_pgettext("risk", "Dismissed")),
    Choice(value="closed", label=lazy_pgettext("risk", "Closed"), tone="good"),
)
LIVE = ("proposed", "open")
VELOCITIES = (
    Choice(value="days", label=lazy_pgettext("velocity", "Within days"), tone="bad"),
    Choice(value="weeks", label=lazy_pgettext("velocity", "Within weeks"), tone="warn"),
    Choice(value="months", label=lazy_pgettext("velocity", "Within months")),
    Choice(value="years", label=lazy_pgettext("velocity", "More slowly")),
)
BANDS = (
    Choice(value="low", label=lazy_pgettext("risk", "Low"), tone="good"),
    Choice(value="medium", label=lazy_pgettext("risk", "Medium"), tone="info"),
    Choice(value="high", label=lazy_pgettext("risk", "High"), tone="warn"),
    Choice(value="extreme", label=lazy_pgettext("risk", "Extreme"), tone="bad"),
)
LEVELS = (
    Choice(value="inherent", label=lazy_pgettext("risk", "Inherent")),
    Choice(value="current", label=lazy_pgettext("risk", "Current")),
    Choice(value="residual", label=lazy_pgettext("risk", "Residual")),
)
LIKELIHOODS = (
    lazy_pgettext("likelihood", "Rare"),
    lazy_pgettext("likelihood", "Unlikely"),
    lazy_pgettext("likelihood", "Possible"),
    lazy_pgettext("likelihood", "Likely"),
    lazy_pgettext("likelihood", "Almost certain"),
)
IMPACTS = (
    lazy_pgettext("impact", "Negligible"),
    lazy_pgettext("impact", "Minor"),
    lazy_pgettext("impact", "Moderate"),
    lazy_pgettext("impact", "Major"),
    lazy_pgettext("impact", "Severe"),
)
STRATEGIES = (
    Choice(value="avoid", label=lazy_pgettext("response", "Avoid")),
    Choice(value="transfer", label=lazy_pgettext("response", "Transfer")),
    Choice(value="accept", label=lazy_pgettext("response", "Accept"), tone="warn"),
    Choice(value="mitigate", label=lazy_pgettext("response", "Mitigate"), tone="info"),
)
RESPONSE_STATES = (
    Choice(value="planned", label=lazy_pgettext("response", "Planned")),
    Choice(value="running", label=lazy_pgettext("response", "In force"), tone="info"),
    Choice(value="done", label=lazy_pgettext("response", "Carried out"), tone="good"),
    Choice(value="expired", label=lazy_pgettext("response", "Expired"), tone="bad"),
    Choice(value="dropped", label=lazy_pgettext("response", "Dropped")),
)
CONTROL_KINDS = (
    Choice(value="preventive", label=lazy_pgettext("control", "Preventive")),
    Choice(value="detective", label=lazy_pgettext("control", "Detective")),
    Choice(value="corrective", label=lazy_pgettext("control", "Corrective")),
)
CONTROL_STATES = (
    Choice(value="planned", label=lazy_pgettext("control", "Planned")),
    Choice(value="operating", label=lazy_pgettext("control", "Operating"), tone="good"),
    Choice(value="retired", label=lazy_pgettext("control", "Retired")),
)
FREQUENCIES = (
    Choice(value="event", label=lazy_pgettext("control", "Each time")),
    Choice(value="day", label=lazy_pgettext("control", "Daily")),
    Choice(value="week", label=lazy_pgettext("control", "Weekly")),
    Choice(value="month", label=lazy_pgettext("control", "Monthly")),
    Choice(value="quarter", label=lazy_pgettext("control", "Quarterly")),
    Choice(value="year", label=lazy_pgettext("control", "Yearly")),
)
RESULTS = (
    Choice(value="effective", label=lazy_pgettext("control", "Effective"), tone="good"),
    Choice(value="partly", label=lazy_pgettext("control", "Partly effective"), tone="warn"),
    Choice(value="ineffective", label=lazy_pgettext("control", "Not effective"), tone="bad"),
)
ACTION_STATES = (
    Choice(value="todo", label=lazy_pgettext("action", "To do")),
    Choice(value="done", label=lazy_pgettext("action", "Done"), tone="good"),
    Choice(value="dropped", label=lazy_pgettext("action", "Dropped")),
)
STANDINGS = (
    Choice(value="none", label=lazy_pgettext("indicator", "Not measured")),
    Choice(value="good", label=lazy_pgettext("indicator", "Within limits"), tone="good"),
    Choice(value="warning", label=lazy_pgettext("indicator", "Warning"), tone="warn"),
    Choice(value="alarm", label=lazy_pgettext("indicator", "Alarm"), tone="bad"),
)
SIDES = (
    Choice(value="above", label=lazy_pgettext("threshold", "Above")),
    Choice(value="below", label=lazy_pgettext("threshold", "Below")),
)
KINDS = (
    Choice(value="overdue", label=_("Overdue collections of a customer")),
    Choice(value="concentration", label=_("Too much depends on one customer")),
    Choice(value="slipping", label=_("Deal that slips")),
    Choice(value="contact", label=_("Only one contact at a customer")),
    Choice(value="expiring", label=_("Contract that expires")),
    Choice(value="win_rate", label=_("Falling win rate")),
    Choice(value="competitor", label=_("Competitor that is mentioned often")),
    Choice(value="measure", label=_("Figure beyond a limit")),
)
