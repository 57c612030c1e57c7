"""Charts as Vega-Lite specifications, made here from a fixed set of parts.

Nothing of a specification comes from people but labels and numbers, which are data.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

HEIGHT, STEP = 320, 26
"""Pixels of a chart, and of one bar of a chart that lies on its side."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawn:
    """What is drawn: ``value(row, column)`` by their places, None where there is nothing.

    ``over_time``: rows are periods, which go from left to right. ``adds_up``: columns of one
    row may be put on top of each other.
    """

    rows: Sequence[str]
    series: Sequence[str]
    value: Callable[[int, int], float | None]
    href: Callable[[int, int], str]
    draw: str
    form: str
    over_time: bool
    adds_up: bool
    height: int = HEIGHT


def specification(drawn: Drawn) -> dict[str, Any]:
    """The chart; every mark carries the address of the records behind it."""
    values = [
        {"x": row, "series": series, "value": value, "href": drawn.href(i, j)}
        for i, row in enumerate(drawn.rows)
        for j, series in enumerate(drawn.series)
        if (value := drawn.value(i, j)) is not None
    ]
    is_split = len(drawn.series) > 1
    marks: dict[str, Any] = {"type": drawn.draw, "cursor": "pointer", "tooltip": True}
    if drawn.draw == "line":
        marks |= {"point": {"size": 60, "filled": True}}
    if drawn.draw == "bar":
        marks |= {"cornerRadiusEnd": 2}
    upright = drawn.over_time or drawn.draw != "bar"
    axis: dict[str, Any] = {"title": None} if upright else {"title": None, "labelLimit": 180}
    label = {"field": "x", "type": "nominal", "sort": None, "axis": axis}
    figure = {
        "field": "value",
        "type": "quantitative",
        "axis": {"title": None, "format": drawn.form, "tickCount": 5},
    }
    encoding: dict[str, Any] = {
        ("x" if upright else "y"): label,
        ("y" if upright else "x"): figure,
        "tooltip": [
            {"field": "x", "type": "nominal", "title": " "},
            {"field": "series", "type": "nominal", "title": "  "},
            {"field": "value", "type": "quantitative", "title": "   ",
             "format": drawn.form.replace(".0f", ".2f")},
        ],
    }  # fmt: skip
    if is_split:
        order = list(drawn.series)
        encoding["color"] = {
            "field": "series", "type": "nominal", "sort": order,
            "legend": {"title": None, "orient": "top", "columns": 6},
        }  # fmt: skip
        if drawn.draw == "bar" and not drawn.adds_up:
            encoding["xOffset" if upright else "yOffset"] = {"field": "series", "sort": order}
    return {
        "width": "container",
        "height": drawn.height if upright else max(4, len(drawn.rows)) * STEP,
        "data": {"values": values},
        "mark": marks,
        "encoding": encoding,
    }


def as_text(drawn: Drawn) -> str:
    """The specification as it stands inside a script element, which only ``<`` could end."""
    made: str = json.dumps(specification(drawn), ensure_ascii=False).replace("<", "\\u003c")
    return made
