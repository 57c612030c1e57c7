"""A chart of steps over time: plain geometry, days in and units of a drawing out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from plugins.plans.services.graph import Bar, Edge

ROW = 30
BAR = 16
HEAD = 34
PIXELS = {"week": 22, "month": 8, "quarter": 4}
"""Width of a day."""
MOST_DAYS = 800


@dataclass(frozen=True, slots=True)
class Shape:
    """A step as it is drawn: ``x``, ``y`` and ``width`` of its bar, ``middle`` of its row."""

    id: int
    x: float
    y: float
    width: float
    middle: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything that is drawn. ``heads`` are months or weeks with their place, ``arrows`` paths
    from the end of what is waited for to the beginning of what waits, ``today`` its place or
    None."""

    width: float
    height: float
    shapes: dict[int, Shape]
    heads: Sequence[tuple[float, dt.date]]
    arrows: Sequence[str]
    today: float | None
    first: dt.date
    last: dt.date


def draw(
    bars: Sequence[Bar],
    edges: Sequence[Edge],
    today: dt.date,
    zoom: str,
    milestones: Collection[int] = (),
) -> Chart:
    """Lay steps out, one a row in the order given; milestones are a point on their last day.

    Days beyond 800 are cut off at the end.
    """
    pixels = PIXELS[zoom]
    first = min([today, *(each.start for each in bars)])
    first -= dt.timedelta(days=first.weekday() + 7)
    last = max([today, *(each.end for each in bars)]) + dt.timedelta(days=14)
    last = min(last, first + dt.timedelta(days=MOST_DAYS))
    width = ((last - first).days + 1) * pixels

    def at(day: dt.date) -> float:
        return float(min(max((day - first).days, 0) * pixels, width))

    shapes = {}
    for row, each in enumerate(bars):
        x, end = at(each.start), at(each.end + dt.timedelta(days=1))
        if each.id in milestones:
            x, end = end - BAR / 2, end + BAR / 2
        y = HEAD + row * ROW + (ROW - BAR) / 2
        shapes[each.id] = Shape(each.id, x, y, max(end - x, 6.0), HEAD + row * ROW + ROW / 2)
    arrows = [
        _arrow(shapes[edge.before], shapes[edge.step])
        for edge in edges
        if edge.before in shapes and edge.step in shapes
    ]
    return Chart(
        width, HEAD + max(len(bars), 1) * ROW, shapes, _heads(first, last, zoom, at), arrows,
        at(today) + pixels / 2 if first <= today <= last else None, first, last,
    )  # fmt: skip


def _arrow(source: Shape, target: Shape) -> str:
    """From the end of one bar down to the beginning of another."""
    x0, y0, x1, y1 = source.x + source.width, source.middle, target.x, target.middle
    if x1 >= x0 + 8:
        turn = x0 + 4
        return f"M{x0:g} {y0:g}H{turn:g}V{y1:g}H{x1 - 1:g}"
    half = y0 + (ROW / 2 if y1 > y0 else -ROW / 2)
    return f"M{x0:g} {y0:g}h4V{half:g}H{x1 - 6:g}V{y1:g}H{x1 - 1:g}"


def _heads(first: dt.date, last: dt.date, zoom: str, at: Any) -> list[tuple[float, dt.date]]:
    made, day = [], first
    while day <= last:
        wanted = day.weekday() == 0 if zoom == "week" else day.day == 1
        if wanted:
            made.append((at(day), day))
        day += dt.timedelta(days=1)
    return made
