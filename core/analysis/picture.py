"""Answers as pictures and words, and the way from each figure to its records."""

from __future__ import annotations

from decimal import Decimal

from flask import url_for

from core.analysis.answering import Answer, Before, Head
from core.analysis.asking import Asked
from core.analysis.comparing import COMPARES
from core.measures.engine import Tally
from core.measures.periods import STARTS
from core.views.drawing import Drawn, as_text
from core.views.urls import with_query
from core.web import formats
from plugin_api.context import current_company, gettext, today
from plugin_api.measures import Unit
from plugin_api.money import from_minor, round_half_up

FORMATS = {"money": ",.0f", "count": ",.0f", "ratio": ".0%", "days": ",.1f", "number": ",.2f"}
SIDE_BY_SIDE = ("ratio", "days")
"""Units whose figures of one row do not add up."""


def in_units(question: Asked, value: Decimal | None) -> float | None:
    """A figure as it is drawn: money in major units."""
    if value is None:
        return None
    if question.measure.unit == "money":
        return float(from_minor(1, current_company().currency) * value)
    return float(value)


def figure(value: Decimal | None, unit: Unit) -> str:
    """A figure in the reader's language."""
    if value is None:
        return str(gettext("n/a"))
    if unit == "money":
        return formats.money(round_half_up(value), current_company().currency)
    if unit == "ratio":
        return formats.percent(value * 100)
    return formats.number(value.quantize(Decimal("0.1")) if unit == "days" else value)


def drawing(question: Asked, found: Answer, height: int = 320) -> str:
    """The chart of an answer; empty when none is wanted or there is nothing."""
    if question.chart == "none" or not found.rows:
        return ""
    if found.before is not None and not question.split:
        return _beside(question, found, found.before, height)
    return as_text(
        Drawn(
            rows=[row.label for row in found.rows],
            series=[column.label for column in found.columns],
            value=lambda i, j: _drawn(question, found.rows[i], found.cells[i][j]),
            href=lambda i, j: link(
                question, found.rows[i], found.columns[j] if question.split else None
            ),
            draw=question.chart,
            form=FORMATS[question.measure.unit],
            over_time=question.by in STARTS,
            adds_up=question.measure.unit not in SIDE_BY_SIDE,
            height=height,
        )
    )


def _beside(question: Asked, found: Answer, before: Before, height: int) -> str:
    """The figure and, as a second series, what it is compared with."""

    def value(i: int, j: int) -> float | None:
        if not j:
            return _drawn(question, found.rows[i], found.row_totals[i])
        return (
            None
            if _is_ahead(question, found.rows[i])
            else in_units(question, before.rows[i].before)
        )

    return as_text(
        Drawn(
            rows=[row.label for row in found.rows],
            series=[str(question.measure.label), str(COMPARES[question.compare])],
            value=value,
            href=lambda i, j: link(question, found.rows[i]),
            draw=question.chart,
            form=FORMATS[question.measure.unit],
            over_time=question.by in STARTS,
            adds_up=False,
            height=height,
        )
    )


def _drawn(question: Asked, row: Head, tally: Tally) -> float | None:
    """A figure as it is drawn; nothing for periods to come, where a line would fall to 0."""
    if not tally.facts and _is_ahead(question, row):
        return None
    return in_units(question, tally.value)


def _is_ahead(question: Asked, row: Head) -> bool:
    return question.by in STARTS and row.key is not None and row.key > today()


def link(question: Asked, row: Head | None, column: Head | None = None) -> str:
    """Where the records behind a figure are shown; without a row those behind all of it."""
    pairs: list[tuple[str, str]] = [("measure", question.measure.key)]
    if question.period:
        pairs.append(("period", question.period))
    else:
        pairs += [
            (n, d.isoformat()) for n, d in (("from", question.start), ("to", question.end)) if d
        ]
    for key, value in question.filters.items():
        joined = ",".join(value) if isinstance(value, list) else str(value)
        pairs.append((f"{key}__isnull", "true") if value is None else (key, joined))
    for key, head in ((question.by, row), (question.split, column)):
        if key and head is not None:
            pairs.append((f"none.{key}", "1") if head.key is None else (f"at.{key}", str(head.key)))
    return with_query(url_for("analysis.records"), pairs)


def spoken(question: Asked, before: Before | None = None) -> str:
    """Period, what it is compared with, currency and as of when."""
    parts = []
    if question.is_snapshot:
        parts.append(str(gettext("as of now")))
    else:
        days = [formats.date(day) if day else "" for day in (question.start, question.end)]
        parts.append(" – ".join(days).strip())
        if before is not None:
            then = " – ".join(formats.date(day) for day in (before.start, before.end))
            parts.append(str(gettext("beside %(days)s", days=then)))
    if question.measure.unit == "money":
        parts.append(current_company().currency)
    return " · ".join(parts)
