"""What the URL of a page asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from plugin_api.context import current_company, gettext, today
from plugin_api.context import lazy_gettext as _
from plugin_api.periods import YEARS
from plugins.targets.services.periods import PRESETS, Period, preset

PERIOD_LABELS = {
    "this_month": _("This month"),
    "this_quarter": _("This quarter"),
    "this_half": _("This half-year"),
    "this_year": _("This year"),
    "previous_month": _("Previous month"),
    "previous_quarter": _("Previous quarter"),
    "previous_half": _("Previous half-year"),
    "previous_year": _("Previous year"),
    "custom": _("Custom"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """The period that the URL asks for; ``error`` says why it could not be had."""

    name: str
    period: Period
    error: str = ""

    @property
    def args(self) -> dict[str, str]:
        """What the URL of another page on the same period holds."""
        if self.name != "custom":
            return {"period": self.name}
        return {"period": "custom", "start": f"{self.period.start}", "end": f"{self.period.end}"}


def asked_period(args: Mapping[str, str]) -> Asked:
    """From ``period`` and, for a custom one, ``start`` and ``end``; this quarter by default."""
    fiscal = current_company().fiscal_year_start
    fallback = preset("this_quarter", today(), fiscal)
    name = args.get("period", "this_quarter")
    if name in PRESETS:
        return Asked(name, preset(name, today(), fiscal))
    if name != "custom":
        return Asked("this_quarter", fallback, gettext("There is no such period."))
    try:
        start, end = (date.fromisoformat(args.get(key, "")) for key in ("start", "end"))
    except ValueError:
        return Asked("custom", fallback, gettext("Choose the first and the last day."))
    if end < start:
        return Asked("custom", fallback, gettext("The end is before the start."))
    if start.year not in YEARS or end.year not in YEARS:
        return Asked("custom", fallback, gettext("Expected a day between 1950 and 2200."))
    return Asked("custom", Period("custom", start, end))
