"""Rates that depend on how much there is: marginal tiers and retroactive slabs.

A table is a list of steps that begin at 0 and leave no gap; a step holds for ``start`` ≤ base <
``end``, and the last has no end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from plugins.incentives.rules.lines import Line

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Step:
    """From where on a rate holds. Rates are shares: 0.07 is 7 %."""

    start: Decimal
    rate: Decimal


def table(steps: Sequence[Step]) -> list[Step]:
    """The steps from the lowest on. Raises ValueError for none, for two with one start, and when
    the first does not begin at 0: what is below it would be paid by nobody's choice."""
    made = sorted(steps, key=lambda step: step.start)
    if not made or made[0].start != ZERO:
        raise ValueError("the first step begins at 0")
    if len({step.start for step in made}) < len(made):
        raise ValueError("two steps begin at one place")
    return made


def flat(base: Decimal, rate: Decimal) -> list[Line]:
    """One rate for all of it, whatever its sign: a loss lowers what others bring."""
    return [Line(base, rate)]


def marginal(base: Decimal, steps: Sequence[Step]) -> list[Line]:
    """Each part of the base at the rate of its own step (超额累进).

    Never jumps. What is below zero is rated by the first step.
    """
    made = table(steps)
    if base < ZERO:
        return [Line(base, made[0].rate, made[0].start, _end(made, 0))]
    lines = []
    for i, step in enumerate(made):
        end = _end(made, i)
        part = (base if end is None else min(base, end)) - step.start
        if part > ZERO or i == 0:
            lines.append(Line(part, step.rate, step.start, end))
    return lines


def slab(base: Decimal, steps: Sequence[Step]) -> list[Line]:
    """All of the base at the rate of the step that it reaches (全额累进)."""
    made = table(steps)
    reached = max((i for i, step in enumerate(made) if step.start <= base), default=0)
    return [Line(base, made[reached].rate, made[reached].start, _end(made, reached))]


@dataclass(frozen=True, slots=True)
class Cliff:
    """What the last unit before a step is worth: pay below it, and at it."""

    at: Decimal
    below: Decimal
    reached: Decimal

    @property
    def jump(self) -> Decimal:
        """By how much pay changes at once."""
        return self.reached - self.below


def cliffs(steps: Sequence[Step]) -> list[Cliff]:
    """Where a slab jumps, for who designs it."""
    made = table(steps)
    return [
        Cliff(step.start, step.start * before.rate, step.start * step.rate)
        for before, step in pairwise(made)
        if before.rate != step.rate
    ]


def accelerator(variable: Decimal, quota: Decimal, bands: Sequence[Step]) -> list[Step]:
    """Steps of a base for multipliers by attainment: ``start`` is a share of the quota, ``rate``
    a multiplier of ``variable`` ÷ ``quota``. Raises ValueError without a quota above 0."""
    if quota <= ZERO:
        raise ValueError("an accelerator needs a quota")
    usual = variable / quota
    return [Step(quota * band.start, usual * band.rate) for band in table(bands)]


def _end(steps: Sequence[Step], i: int) -> Decimal | None:
    return steps[i + 1].start if i + 1 < len(steps) else None
