"""A course as a picture: numbers to places in a drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10

from plugins.targets.services.course import Course

WIDTH, HEIGHT = 720.0, 280.0
LEFT, RIGHT, TOP, BOTTOM = 76.0, 16.0, 12.0, 28.0
"""Room for figures at the left and days below."""
STEPS = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawing:
    """Lines as the points of polylines; ``rules`` and ``days`` with where they stand."""

    actual: str
    expected: str
    rules: Sequence[tuple[float, float]]
    """(height, figure) of the lines across."""
    days: Sequence[tuple[float, date]]
    target: float | None
    today: float | None
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    right: float = WIDTH - RIGHT
    top: float = TOP
    bottom: float = HEIGHT - BOTTOM


def drawing(course: Course, start: date) -> Drawing | None:
    """None where there is nothing to draw: neither a target nor a figure."""
    points = course.points
    known = [float(each.actual) for each in points if each.actual is not None]
    wanted = [float(each.expected) for each in points if each.expected is not None]
    quota = float(course.quota) if course.quota else None
    high = max([*known, *wanted, quota or 0.0, 0.0])
    low = min([*known, 0.0])
    if high == low:
        return None
    length = max((points[-1].day - start).days + 1, 1)

    def across(day: date) -> float:
        share = ((day - start).days + 1) / length
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def up(value: float) -> float:
        share = (value - low) / (high - low)
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)

    begin = f"{LEFT},{up(0.0)}"
    actual = [f"{across(p.day)},{up(float(p.actual))}" for p in points if p.actual is not None]
    expected = [
        f"{across(p.day)},{up(float(p.expected))}" for p in points if p.expected is not None
    ]
    firsts = [p.day for p in points]
    every = max(len(firsts) // 6, 1)
    last = course.last
    return Drawing(
        actual=" ".join([begin, *actual]) if actual else "",
        expected=" ".join([begin, *expected]) if expected else "",
        rules=[(up(value), value) for value in _round_figures(low, high)],
        days=[(across(day), day) for day in firsts[every - 1 :: every]],
        target=up(quota) if quota else None,
        today=across(last.day) if last is not None and last is not points[-1] else None,
    )  # fmt: skip


def _round_figures(low: float, high: float) -> list[float]:
    """About four figures between, each a multiple of 1, 2 or 5 of some power of ten."""
    rough = (high - low) / STEPS
    power = 10.0 ** floor(log10(rough))
    step = next(power * n for n in (1, 2, 5, 10) if power * n >= rough)
    return [step * n for n in range(ceil(low / step), floor(high / step) + 1)]
