"""How ready somebody is for a level: the same for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Met:
    """A criterion: what there is and what is needed; ``have`` is None where it is not known."""

    have: Decimal | None
    need: Decimal

    @property
    def share(self) -> Decimal:
        """Of 1: how much of it there is; all of it where nothing is needed."""
        if self.need <= 0:
            return Decimal(1)
        return max(Decimal(0), min(Decimal(1), (self.have or Decimal(0)) / self.need))

    @property
    def is_met(self) -> bool:
        """Whether there is enough. What is not known is not met."""
        return self.have is not None and self.have >= self.need


def readiness(criteria: Sequence[Met]) -> Decimal | None:
    """In percent: every criterion weighs the same. Never 100 while one is not met; None where
    there is no criterion."""
    if not criteria:
        return None
    found = round(100 * sum((each.share for each in criteria), Decimal(0)) / len(criteria), 1)
    if all(each.is_met for each in criteria):
        return Decimal(100)
    return min(found, Decimal("99.9"))
