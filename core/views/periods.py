"""Moving periods in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping

from core.data.periods import days_of
from plugin_api.context import Text, ngettext
from plugin_api.context import lazy_gettext as _

LABELS: Mapping[str, Text] = {
    "today": _("Today"),
    "yesterday": _("Yesterday"),
    "tomorrow": _("Tomorrow"),
    "this_week": _("This week"),
    "last_week": _("Last week"),
    "next_week": _("Next week"),
    "this_month": _("This month"),
    "last_month": _("Last month"),
    "next_month": _("Next month"),
    "this_quarter": _("This quarter"),
    "last_quarter": _("Last quarter"),
    "next_quarter": _("Next quarter"),
    "this_year": _("This fiscal year"),
    "last_year": _("Last fiscal year"),
    "next_year": _("Next fiscal year"),
    "overdue": _("Before today"),
    "until_today": _("Until today"),
    "upcoming": _("Today or later"),
}
READY = (
    "today", "this_week", "last_week", "next_week", "this_month", "last_month", "next_month",
    "this_quarter", "last_quarter", "next_quarter", "this_year", "last_30_days", "next_30_days",
    "overdue", "until_today",
)  # fmt: skip
"""What people filter by most, as the filter of a date offers it."""


def label_of(name: str) -> str:
    """A period in words; its name when it is none."""
    counted = days_of(name)
    if counted is None:
        return str(LABELS.get(name, name))
    way, number = counted
    if way == "last":
        return str(ngettext("Last %(num)s day", "Last %(num)s days", number))
    return str(ngettext("Next %(num)s day", "Next %(num)s days", number))
