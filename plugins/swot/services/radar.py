"""Where the lines of a radar go. Numbers in, numbers out."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

SIZE = 380
RADIUS = 130
LOW, HIGH = -5, 5
LEAST = 3
"""Axes below which there is no radar to see."""


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis with where its end is and where its name stands."""

    name: str
    x: float
    y: float
    text_x: float
    text_y: float
    anchor: str


def point(number: int, of: int, value: float) -> tuple[float, float]:
    """Where a value from −5 to 5 lies on one of so many axes; the first goes up."""
    angle = 2 * math.pi * number / of - math.pi / 2
    far = RADIUS * (value - LOW) / (HIGH - LOW)
    return round(SIZE / 2 + far * math.cos(angle), 1), round(SIZE / 2 + far * math.sin(angle), 1)


def axes(names: Sequence[str]) -> list[Axis]:
    """One an axis for each name."""
    found = []
    for number, name in enumerate(names):
        x, y = point(number, len(names), HIGH)
        text_x, text_y = point(number, len(names), HIGH + 1)
        side = text_x - SIZE / 2
        anchor = "middle" if abs(side) < 8 else "start" if side > 0 else "end"
        found.append(Axis(name, x, y, text_x, text_y + 4, anchor))
    return found


def ring(of: int, value: float) -> str:
    """The points of a ring at a value."""
    return joined([point(number, of, value) for number in range(of)])


def line(standing: Mapping[str, Decimal], keys: Sequence[str]) -> list[tuple[float, float]]:
    """The points of one who is compared: of the axes of which something is known."""
    return [
        point(number, len(keys), float(standing[key]))
        for number, key in enumerate(keys)
        if key in standing
    ]


def joined(found: Sequence[tuple[float, float]]) -> str:
    """Points as a polygon has them."""
    return " ".join(f"{x},{y}" for x, y in found)
