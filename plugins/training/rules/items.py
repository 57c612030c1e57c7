"""How questions do their work: how hard they are, and whether who knows more gets them right."""

from __future__ import annotations

import math
from dataclasses import dataclass

ENOUGH = 20
"""Answers below which the figures of a question say little."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Of all answers to a question: ``n``, and sums over them of x, whether right (0 or 1), and
    y, what the rest of the attempt brought of 100."""

    n: int
    x: float
    y: float
    xy: float
    yy: float


def difficulty(sums: Sums) -> float | None:
    """The share of right answers: 1 is easy. None without answers."""
    return sums.x / sums.n if sums.n else None


def discrimination(sums: Sums) -> float | None:
    """The correlation between having a question right and the rest of the attempt, -1 to 1. None
    where all answers, or all the rests, are alike."""
    if sums.n < 2:
        return None
    var_x = sums.n * sums.x - sums.x**2  # x is 0 or 1, so its square is x
    var_y = sums.n * sums.yy - sums.y**2
    if var_x <= 1e-9 or var_y <= 1e-9 * max(1.0, sums.yy):
        return None
    found = (sums.n * sums.xy - sums.x * sums.y) / math.sqrt(var_x * var_y)
    return max(-1.0, min(1.0, found))


def verdict(sums: Sums) -> str:
    """``few``, ``against`` (who knows more gets it wrong), ``easy``, ``hard``, ``weak`` or
    ``good``."""
    share, apart = difficulty(sums), discrimination(sums)
    if share is None or sums.n < ENOUGH:
        return "few"
    if apart is not None and apart < 0:
        return "against"
    if share > 0.95:
        return "easy"
    if share < 0.2:
        return "hard"
    return "weak" if apart is None or apart < 0.15 else "good"
