"""What cases are told apart by."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import Choice

PRIORITIES = (
    Choice(value="critical", label=lazy_pgettext("case", "Critical"), tone="bad"),
    Choice(value="high", label=lazy_pgettext("case", "High"), tone="warn"),
    Choice(value="normal", label=lazy_pgettext("case", "Normal")),
    Choice(value="low", label=lazy_pgettext("case", "Low")),
)
CHANNELS = (
    Choice(value="phone", label=lazy_pgettext("channel", "Phone")),
    Choice(value="mail", label=lazy_pgettext("channel", "E-mail")),
    Choice(value="web", label=lazy_pgettext("channel", "Web form")),
    Choice(value="wechat", label=lazy_pgettext("channel", "WeChat")),
    Choice(value="chat", label=lazy_pgettext("channel", "Online chat")),
    Choice(value="onsite", label=lazy_pgettext("channel", "On site")),
    Choice(value="visit", label=lazy_pgettext("channel", "Return visit")),
    Choice(value="other", label=lazy_pgettext("channel", "Other way")),
)
KINDS = (
    Choice(value="question", label=lazy_pgettext("case", "Question"), tone="info"),
    Choice(value="fault", label=lazy_pgettext("case", "Fault"), tone="warn"),
    Choice(value="complaint", label=lazy_pgettext("case", "Complaint"), tone="bad"),
    Choice(value="request", label=lazy_pgettext("case", "Service request")),
    Choice(value="return", label=lazy_pgettext("case", "Return or exchange")),
    Choice(value="other", label=lazy_pgettext("case", "Other matter")),
)
STATES = (
    Choice(value="new", label=lazy_pgettext("case", "New"), tone="info"),
    Choice(value="open", label=lazy_pgettext("case", "In progress"), tone="info"),
    Choice(value="waiting", label=_("Waiting for the customer"), tone="warn"),
    Choice(value="solved", label=_("Solved"), tone="good"),
    Choice(value="closed", label=lazy_pgettext("case", "Closed")),
)
STANDINGS = (
    Choice(value="none", label=_("No target")),
    Choice(value="running", label=_("In time"), tone="info"),
    Choice(value="paused", label=_("Paused"), tone="warn"),
    Choice(value="kept", label=lazy_pgettext("service", "Kept"), tone="good"),
    Choice(value="late", label=lazy_pgettext("service", "Too late"), tone="bad"),
)
ACTIVE = ("new", "open", "waiting")
"""States in which something is to be done, by the company or by the customer."""
DONE = ("solved", "closed")
