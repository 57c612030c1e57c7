"""How far along: attainment, pace, run rate and what is still needed per working day."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class Pacing:
    """One target against what has happened.

    ``quota``, ``actual`` and every amount derived from them are in the measure's own unit
    (minor units for money). ``elapsed`` and ``total`` are working days of the period, up to
    and including the day of reckoning. ``expected`` is what should have been reached by then;
    by default the quota spread evenly over the working days.

    A figure is None where it has no meaning: a quota of 0 or none at all, nothing elapsed,
    or, with ``additive=False``, anything that would spread a ratio over days.
    """

    actual: Decimal | None
    quota: Decimal | None
    elapsed: int
    total: int
    expected_to_date: Decimal | None = None
    additive: bool = True

    @property
    def attainment(self) -> Decimal | None:
        """actual ÷ quota."""
        if self.actual is None or not self.quota:
            return None
        return self.actual / self.quota

    @property
    def expected(self) -> Decimal | None:
        """What should have been reached by now; a ratio should always be at its quota."""
        if not self.quota:
            return None
        if not self.additive:
            return self.quota
        if self.expected_to_date is not None:
            return self.expected_to_date
        return self.quota * self.elapsed / self.total if self.total else self.quota

    @property
    def pace(self) -> Decimal | None:
        """actual ÷ expected: 1 is on plan, 0.84 is 16 % behind."""
        if self.actual is None or not self.expected:
            return None
        return self.actual / self.expected

    @property
    def run_rate(self) -> Decimal | None:
        """Where the period ends if it goes on as it has: actual ÷ elapsed × total."""
        if not self.additive or self.actual is None or not self.elapsed:
            return None
        return self.actual * self.total / self.elapsed

    @property
    def gap(self) -> Decimal | None:
        """quota − actual; negative when the target is passed."""
        if self.actual is None or not self.quota:
            return None
        return self.quota - self.actual

    @property
    def remaining(self) -> int:
        """Working days left after the day of reckoning."""
        return self.total - self.elapsed

    @property
    def needed_per_day(self) -> Decimal | None:
        """What each working day left has to bring; 0 once the target is reached."""
        gap = self.gap
        if not self.additive or gap is None or not self.remaining:
            return None
        return max(gap / self.remaining, Decimal(0))
