"""The course of a few figures as a small line."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import format_decimal

WIDTH, HEIGHT, EDGE = 80.0, 20.0, 2.0
"""Of the picture's own units; the edge leaves room for the line's thickness."""


def points(values: Sequence[float]) -> str:
    """What a polyline holds: from left to right, the lowest figure at the bottom; figures that
    are all alike lie in the middle."""
    low, high = min(values), max(values)
    step = (WIDTH - 2 * EDGE) / max(len(values) - 1, 1)
    height = HEIGHT - 2 * EDGE
    shares = ((value - low) / (high - low) if high > low else 0.5 for value in values)
    placed = ((EDGE + i * step, HEIGHT - EDGE - share * height) for i, share in enumerate(shares))
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)


def words(values: Sequence[float]) -> list[str]:
    """Lowest, highest and last figure in few digits, for who does not see the line."""
    shown = (min(values), max(values), values[-1])
    return [str(format_decimal(value, format="#,##0.##")) for value in shown]
