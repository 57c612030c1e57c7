"""What scores and expected losses are: numbers in, numbers out.

Money is in minor units, a probability in percent of a year.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

STEPS = range(1, 6)
BANDS = ((4, "low"), (9, "medium"), (15, "high"), (25, "extreme"))
"""The highest score of each band."""
CHANCES = (10, 30, 50, 80)
"""Percent below which a likelihood is 1, 2, 3 or 4."""


@dataclass(frozen=True, slots=True)
class Level:
    """How a risk is assessed with or without controls. Losses are those if it happens: at least,
    most likely, at most; the range may be missing."""

    likelihood: int | None = None
    impact: int | None = None
    probability: Decimal | None = None
    low: int | None = None
    loss: int | None = None
    high: int | None = None

    @property
    def is_empty(self) -> bool:
        return self == Level()

    @property
    def score(self) -> int | None:
        """Likelihood times impact, 1 to 25."""
        if self.likelihood is None or self.impact is None:
            return None
        return self.likelihood * self.impact

    @property
    def expected(self) -> int | None:
        """The expected loss of a year."""
        if self.probability is None or self.loss is None:
            return None
        return expected_loss(self.probability, self.loss, self.low, self.high)


def priority(likelihood: int, impact: int) -> int:
    """What risks are put in order by. The score alone makes a sure trifle (5 × 1) as bad as a
    disaster that is rare (1 × 5): among equal scores the higher impact comes first."""
    return likelihood * impact * 10 + impact


def band(score: int) -> str:
    """The rating of a score: low, medium, high or extreme."""
    return next(name for most, name in BANDS if score <= most)


def mean_loss(loss: int, low: int | None = None, high: int | None = None) -> Fraction:
    """The loss on average if it happens: of a triangle between the least and the most with its
    top at the most likely. A side that is missing is the most likely itself."""
    return Fraction((loss if low is None else low) + loss + (loss if high is None else high), 3)


def expected_loss(
    probability: Decimal, loss: int, low: int | None = None, high: int | None = None
) -> int:
    """Probability times mean loss, half up. ``expected_loss(Decimal(30), 200_000) == 60_000``."""
    exact = Fraction(probability) / 100 * mean_loss(loss, low, high)
    value = Decimal(exact.numerator) / Decimal(exact.denominator)
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


def benefit(before: int, after: int, cost: int) -> int:
    """What controls bring in a year: the expected loss that they take away less what they
    cost."""
    return before - after - cost


def at_least_one(probabilities: Iterable[Decimal]) -> Decimal:
    """The chance that at least one of some risks happens, in percent, if they do not depend on
    each other: ten of 10 % make 65.13 %."""
    none = Decimal(1)
    for each in probabilities:
        none *= 1 - each / 100
    return ((1 - none) * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)


def likelihood_of(probability: Decimal) -> int:
    """The step of a probability."""
    return 1 + sum(probability >= limit for limit in CHANCES)


def impact_of(loss: int, scale: Sequence[int]) -> int:
    """The step of a loss, by the four losses from which an impact is 2, 3, 4 or 5."""
    return 1 + sum(loss >= limit for limit in scale)


def is_over(
    score: int | None, expected: int | None, most_score: int | None, most_loss: int | None
) -> bool:
    """Whether a risk lies above the appetite, by its score or its expected loss."""
    too_high = score is not None and most_score is not None and score > most_score
    too_much = expected is not None and most_loss is not None and expected > most_loss
    return too_high or too_much


def worse(level: Level, than: Level) -> str:
    """The first part in which a level is worse than one with fewer controls; empty for none. A
    range is worse where the expected loss is."""
    for name in ("likelihood", "impact", "probability", "loss"):
        mine, other = getattr(level, name), getattr(than, name)
        if mine is not None and other is not None and mine > other:
            return name
    # No worse in any of these, the range alone makes the expected loss higher.
    mine, other = level.expected, than.expected
    if mine is None or other is None or mine <= other:
        return ""
    return "low" if level.high == than.high else "high"


def lower(level: Level, than: Level) -> bool:
    """Whether a level is better than another in any part."""
    return bool(worse(than, level))
