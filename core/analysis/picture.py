"""Charts as Vega-Lite specifications, made here from a fixed set of parts.

Nothing of a specification comes from people but labels and numbers, which are data.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from core.analysis.answering import Answer, Head
from core.analysis.asking import Asked
from core.measures.periods import STARTS
from plugin_api.context import current_company
from plugin_api.money import from_minor

FORMATS = {"money": ",.0f", "count": ",.0f", "ratio": ".0%", "days": ",.1f", "number": ",.2f"}

HEIGHT, STEP = 320, 26
"""Pixels of a chart, and of one bar of a chart that lies on its side."""

Link = Callable[[Head, Head | None], str]


def in_units(question: Asked, value: Decimal | None) -> float | None:
    """A figure as it is drawn: money in major units."""
    if value is None:
        return None
    if question.measure.unit == "money":
        return float(from_minor(1, current_company().currency) * value)
    return float(value)


def specification(question: Asked, found: Answer, link: Link) -> dict[str, Any]:
    """The chart of an answer; every mark carries the address of the records behind it."""
    values = [
        {
            "x": row.label,
            "series": column.label,
            "value": in_units(question, found.cells[i][j]),
            "href": link(row, column if question.split else None),
        }
        for i, row in enumerate(found.rows)
        for j, column in enumerate(found.columns)
        if found.cells[i][j] is not None
    ]
    across = question.by in STARTS
    marks: dict[str, Any] = {"type": question.chart, "cursor": "pointer", "tooltip": True}
    if question.chart == "line":
        marks |= {"point": {"size": 60, "filled": True}}
    if question.chart == "bar":
        marks |= {"cornerRadiusEnd": 2}
    label: dict[str, Any] = {"field": "x", "type": "nominal", "sort": None, "axis": {"title": None}}
    figure = {
        "field": "value",
        "type": "quantitative",
        "axis": {"title": None, "format": FORMATS[question.measure.unit], "tickCount": 5},
    }
    if not across:
        label["axis"] = {"title": None, "labelLimit": 180}
    encoding: dict[str, Any] = {
        ("x" if across else "y"): label,
        ("y" if across else "x"): figure,
        "tooltip": [
            {"field": "x", "type": "nominal", "title": " "},
            {"field": "series", "type": "nominal", "title": "  "},
            {"field": "value", "type": "quantitative", "title": "   ",
             "format": FORMATS[question.measure.unit].replace(".0f", ".2f")},
        ],
    }  # fmt: skip
    if question.split:
        order = [column.label for column in found.columns]
        encoding["color"] = {
            "field": "series", "type": "nominal", "sort": order,
            "legend": {"title": None, "orient": "top", "columns": 6},
        }  # fmt: skip
        if question.chart == "bar" and question.measure.unit in ("ratio", "days"):
            encoding["xOffset" if across else "yOffset"] = {"field": "series", "sort": order}
    height = HEIGHT if across else max(4, len(found.rows)) * STEP
    return {
        "width": "container",
        "height": height,
        "data": {"values": values},
        "mark": marks,
        "encoding": encoding,
    }
