"""The rows of a list by what they share, with the first rows of every open group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core.data.query import By, Head, Query, Totals, first_of, grouping, heads, read_by
from core.data.query.pivoting import Value
from core.data.query.sums import Sums
from core.views import columns
from core.views.collection_page import Section
from core.views.columns import Shown
from core.views.narrowing import records_url
from core.views.rows import row_of
from core.views.rows import totals as totals_of
from core.views.urls import Arguments, collection_url, state_url
from core.web import formats
from plugin_api.context import gettext
from plugin_api.errors import Invalid
from plugin_api.models import CompanyModel

MOST_GROUPS = 60
ROWS = 80
"""Rows that the open groups of one page share among them."""
FEWEST = 3
OPEN_AT_FIRST = 12
"""With more groups than this they all start folded."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Grouped:
    """Groups ready to render, the values behind their rows, and the totals of all where the
    groups are all there are."""

    sections: tuple[Section, ...]
    more: bool
    values: Sequence[Mapping[str, Any]]
    totals: Totals | None


@dataclass(slots=True)
class _Sum:
    count: int = 0
    sums: dict[str, Sums] = field(default_factory=dict)


def by_of(model: type[CompanyModel], arguments: Arguments) -> By | None:
    """What the address groups by. Raises Invalid."""
    text = arguments.get("group", "")
    if not text:
        return None
    try:
        return read_by(model, text)
    except ValueError as error:
        raise Invalid(str(error), errors={"group": [str(error)]}) from None


def sections(
    query: Query, by: By, shown: Sequence[Shown], totals: Sequence[str], arguments: Arguments
) -> Grouped:
    """The groups of a question, in two statements."""
    found, more = heads(query, by, totals, MOST_GROUPS)
    folded = _folded(found, arguments.get("fold", ""))
    wanted = [head.value for head in found if key_of(head.value) not in folded]
    share = max(FEWEST, ROWS // max(1, len(wanted)))
    rows = first_of(query, by, wanted, share) if wanted else {}
    values = [row for each in rows.values() for row in each]
    extras = columns.loaded(shown, [row["id"] for row in values])
    made = tuple(
        Section(
            label=label_of(by, head),
            tone=_tone(by, head.value),
            count=head.count,
            totals=totals_of(shown, {name: {} for name in totals} | head.sums),
            rows=tuple(row_of(query.model, shown, row, extras) for row in rows.get(head.value, ())),
            href=_href(query.model, by, head.value, arguments),
            fold_href=_fold_href(query.model, found, folded, head, arguments),
            is_open=key_of(head.value) not in folded,
        )
        for head in found
    )
    return Grouped(
        sections=made, more=more, values=values, totals=None if more else _summed(found, totals)
    )


def key_of(value: Any) -> str:
    """A group as ``fold=`` names it."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def label_of(by: By, head: Head | Value) -> str:
    """What names a group, in the reader's language."""
    value = head.value
    if value is None:
        return head.label
    if by.meta.kind == "choice":
        return next((str(c.label) for c in by.meta.choices if c.value == value), str(value))
    if by.meta.kind == "boolean":
        return str(gettext("Yes") if value else gettext("No"))
    return period_label(by, value) if by.grain else head.label


def period_label(by: By, start: date) -> str:
    """A period in words, by the day that it starts on."""
    if by.grain == "day":
        return formats.date(start)
    if by.grain == "month":
        return formats.date_in_parts(start, "yMMMM")
    last = grouping.last_day(by, start)
    if by.grain == "year" and start.year == last.year:
        return formats.date_in_parts(start, "y")
    skeleton = "yMMMd" if by.grain == "week" else "yMMM"
    return " – ".join(formats.date_in_parts(day, skeleton) for day in (start, last))


def _tone(by: By, value: Any) -> str:
    return next((c.tone for c in by.meta.choices if c.value == value), "")


def _folded(found: Sequence[Head], text: str) -> set[str]:
    """Keys of folded groups; ``fold=`` names those that are the other way than at first."""
    turned = set(text.split(",")) - {""}
    known = {key_of(head.value) for head in found}
    return known - turned if len(found) > OPEN_AT_FIRST else known & turned


def _fold_href(
    model: type[CompanyModel],
    found: Sequence[Head],
    folded: set[str],
    head: Head,
    arguments: Arguments,
) -> str:
    turned = folded ^ {key_of(head.value)}
    if len(found) > OPEN_AT_FIRST:
        turned = {key_of(each.value) for each in found} - turned
    return state_url(collection_url(model), arguments, fold=",".join(sorted(turned)))


def _href(model: type[CompanyModel], by: By, value: Any, arguments: Arguments) -> str:
    """The list of one group's records."""
    return records_url(model, arguments, [(by, value)])


def _summed(found: Sequence[Head], names: Sequence[str]) -> Totals:
    total = _Sum(sums={name: {} for name in names})
    for head in found:
        total.count += head.count
        for name, sums in head.sums.items():
            for currency, value in sums.items():
                total.sums[name][currency] = total.sums[name].get(currency, 0) + value
    return Totals(total.count, total.sums)
