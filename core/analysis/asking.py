"""What is asked of a measure, as the address says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core.analysis.comparing import COMPARES
from core.data.periods import span_of
from core.host import services
from core.measures.periods import STARTS, end_of
from plugin_api.context import Text, current_company, gettext, lazy_pgettext, today
from plugin_api.context import lazy_gettext as _
from plugin_api.errors import Rejected
from plugin_api.measures import Measure, Ratio

CHARTS: Mapping[str, Text] = {
    "bar": _("Bars"),
    "line": lazy_pgettext("chart", "Line"),
    "area": _("Area"),
    "none": _("Table only"),
}
LABEL, FIGURE = "label", "figure"
"""What ``sort`` calls the rows themselves, and their figure of all columns."""
PERIODS = (
    "this_month", "last_month", "this_quarter", "last_quarter", "this_year", "last_year",
    "last_30_days", "last_90_days", "last_365_days",
)  # fmt: skip
KEY_LABELS: Mapping[str, Text] = {
    "day": _("Day"),
    "week": _("Week"),
    "month": _("Month"),
    "quarter": _("Quarter"),
    "year": _("Year"),
    "user": _("Person"),
    "team": _("Team"),
    "manager": _("Manager"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A measure by one or two keys in a period. ``period`` is the name of a moving one, or
    empty when the days were given. Both days are included. ``sort`` is ``label``, ``figure`` or
    ``column.<key>``, falling with a minus; empty: periods as they come, else the largest first."""

    measure: Measure | Ratio
    parts: tuple[Measure, ...]
    by: str
    split: str
    chart: str
    period: str
    start: date | None
    end: date | None
    compare: str = ""
    sort: str = ""
    filters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(key for key in (self.by, self.split) if key)

    @property
    def is_snapshot(self) -> bool:
        """Whether the figure is of now, so that no period applies."""
        return all(part.snapshot for part in self.parts)

    @property
    def is_compared(self) -> bool:
        """Whether the figure of another period stands beside it."""
        return bool(self.compare) and not self.is_snapshot


def asked(arguments: Mapping[str, str]) -> Asked | None:
    """The question of an address; None when the actor has no measure to ask for.

    Raises NotFound for an unknown measure and Rejected for anything else that does not fit.
    """
    engine = services().measures
    known = sorted(engine.all(), key=lambda m: not getattr(m, "headline", False))
    if arguments.get("measure"):
        measure = engine.get(arguments["measure"])
    elif known:
        measure = known[0]
    else:
        return None
    parts = engine.parts(measure.key)
    keys = choices(parts)
    by = arguments.get("by", "month" if not parts[0].snapshot else "user")
    split, chart = arguments.get("split", ""), arguments.get("chart", "bar")
    for name, value in (("by", by), ("split", split)):
        if value and value not in keys:
            raise Rejected(name, gettext("There is no “%(key)s” to group by.", key=value[:40]))
    if chart not in CHARTS:
        raise Rejected("chart", gettext("There is no such chart."))
    compare = arguments.get("compare", "")
    if compare and compare not in COMPARES:
        raise Rejected("compare", gettext("There is nothing of this name to compare with."))
    period, start, end = _period(arguments)
    return Asked(
        measure=measure,
        parts=parts,
        by=by,
        split="" if split == by else split,
        chart=chart,
        period=period,
        start=start,
        end=end,
        compare=compare,
        sort=arguments.get("sort", ""),
        filters=filters_of(arguments, keys),
    )


def choices(parts: tuple[Measure, ...]) -> dict[str, str]:
    """Keys that a measure can be grouped by, with their labels."""
    shared = parts[0].dimensions
    found = {key: str(label) for key, label in KEY_LABELS.items()}
    for key, dimension in shared.items():
        if all(key in part.dimensions for part in parts):
            found[key] = str(dimension.label)
    return found


def filters_of(arguments: Mapping[str, str], keys: Mapping[str, str]) -> dict[str, Any]:
    """``user=3`` and ``stage__isnull=true`` of an address; periods are no filters."""
    found: dict[str, Any] = {}
    for name, text in arguments.items():
        key, _, operator = name.partition("__")
        if key not in keys or key in STARTS or name in ("by", "split"):
            continue
        if operator == "isnull":
            found[key] = None
        elif not operator and text:
            found[key] = text.split(",")
    return found


def narrowed(
    question: Asked, values: Mapping[str, Any]
) -> tuple[date | None, date | None, dict[str, Any]]:
    """Period and filters of one cell: ``values`` holds its keys."""
    start, end, filters = question.start, question.end, dict(question.filters)
    for key, value in values.items():
        if key in STARTS:
            first = date.fromisoformat(str(value)[:10])
            start = max(start or first, first)
            last = end_of(key, first)
            end = min(end or last, last)
        else:
            filters[key] = value
    return start, end, filters


def _period(arguments: Mapping[str, str]) -> tuple[str, date | None, date | None]:
    given = {name: _day(name, arguments.get(name, "")) for name in ("from", "to")}
    if any(given.values()):
        if given["from"] and given["to"] and given["from"] > given["to"]:
            raise Rejected("to", gettext("The period ends before it starts."))
        return "", given["from"], given["to"]
    name = arguments.get("period") or "this_year"
    try:
        span = span_of(name, today(), current_company().fiscal_year_start)
    except ValueError as error:
        raise Rejected("period", str(error)) from None
    return name, span.start, span.end


def _day(name: str, text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        message = gettext("“%(text)s” is not a date such as 2026-01-31.", text=text[:40])
        raise Rejected(name, message) from None
