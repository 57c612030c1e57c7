"""Whether a target is SMART: one check a letter, 0 to 2 points; a letter without a point blocks it.

Pure: what is read stands in :mod:`plugins.targets.services.judging`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import mean, stdev
from typing import Literal

from plugin_api.context import Text, gettext

Initial = Literal["S", "M", "A", "R", "T"]
LETTERS: tuple[Initial, ...] = ("S", "M", "A", "R", "T")
BEST = 2
ENOUGH = 3
"""Changes from one period to the next, at least, that a history is judged by."""
LEAST_SPREAD = Decimal("0.01")
"""A history without any spread is taken to vary by a point: nobody grows by rule."""
STRETCH, BEYOND = Decimal(1), Decimal(2)
"""A growth up to one spread above the usual is reachable, above two it is out of reach."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """Points of one letter: what was found, and what would mend it."""

    score: int
    said: Text
    mend: Text = ""
    figures: bool = False
    """Whether the words hold figures of the past."""


@dataclass(frozen=True, slots=True)
class Smart:
    """All five. The sum hides nothing: one letter without a point blocks."""

    letters: Mapping[Initial, Letter]

    @property
    def total(self) -> int:
        return sum(letter.score for letter in self.letters.values())

    @property
    def most(self) -> int:
        return BEST * len(self.letters)

    @property
    def missing(self) -> tuple[Initial, ...]:
        """Letters without a point."""
        return tuple(name for name, letter in self.letters.items() if not letter.score)


@dataclass(frozen=True, kw_only=True, slots=True)
class Past:
    """What somebody's past says of a target: ``growths`` as shares of 1, a year each, of the
    ``baseline``; it lies ``years`` before the target's period."""

    baseline: Decimal | None
    growths: Sequence[Decimal]
    years: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """A growth held against the usual one: ``z`` is how many spreads it lies above, in the
    direction that is harder."""

    growth: Decimal
    usual: Decimal
    spread: Decimal
    z: Decimal
    score: int
    trivial: bool = False


def judge(target: Decimal, past: Past, *, down: bool = False) -> Judgement | None:
    """Hold a target against the person's own mean growth and its spread (of a sample): never
    against a best year. None where there is too little to judge by.

    The example: 1.2 m on 0.8 m is +50 %; the usual is +12 % ± 8 %: z is 4.75, 0 points.
    """
    base = past.baseline
    if base is None or base <= 0 or target < 0 or len(past.growths) < ENOUGH:
        return None
    growth = (target / base) ** (Decimal(1) / past.years) - 1
    usual = mean(past.growths)
    spread = max(stdev(past.growths), LEAST_SPREAD)
    z = (growth - usual) / spread
    if down:
        z = -z
    score = BEST if z <= STRETCH else 1 if z <= BEYOND else 0
    trivial = z < -BEYOND
    return Judgement(
        growth=growth, usual=usual, spread=spread, z=z, score=1 if trivial else score,
        trivial=trivial,
    )  # fmt: skip


def reachable(past: Past, judgement: Judgement, *, down: bool = False) -> Decimal:
    """The figure that is just within reach."""
    assert past.baseline is not None
    most = judgement.usual + (-BEYOND if down else BEYOND) * judgement.spread
    return past.baseline * max(1 + most, Decimal(0)) ** past.years


def growths(figures: Sequence[Decimal | None], lag: int) -> list[Decimal]:
    """Growth of each figure over the one ``lag`` places before; of nothing there is none."""
    return [
        now / then - 1
        for then, now in zip(figures, figures[lag:], strict=False)
        if then is not None and now is not None and then > 0
    ]


def specific(*, measured: bool, named: bool, responsible: bool) -> Letter:
    """A measure, of whom and of what, and who answers for it."""
    if not measured:
        return Letter(
            score=0, said=gettext("Its measure is not there."),
            mend=gettext("Choose a measure, or have its plugin switched on."),
        )  # fmt: skip
    if not named:
        return Letter(
            score=0, said=gettext("What of it counts is not known any more."),
            mend=gettext("Say which one counts, or have its plugin switched on."),
        )  # fmt: skip
    if not responsible:
        return Letter(
            score=1, said=gettext("Nobody is responsible."),
            mend=gettext("Give the team a manager."),
        )  # fmt: skip
    return Letter(score=BEST, said=gettext("Measure, whose and who is responsible are said."))


def measurable(*, available: bool, has_value: bool) -> Letter:
    """Figures come in by themselves."""
    if not available:
        return Letter(
            score=0, said=gettext("No figures come in: the measure is not available."),
            mend=gettext("Have the plugin of the measure switched on."),
        )  # fmt: skip
    if not has_value:
        return Letter(
            score=1, said=gettext("Figures would come in; there were none in the past."),
            mend=gettext("See that what it counts is entered."),
        )  # fmt: skip
    return Letter(score=BEST, said=gettext("Figures come in by themselves."))


def relevant(*, linked: bool, implied: Text, top: bool) -> Letter:
    """It contributes to a target above."""
    if top:
        return Letter(score=BEST, said=gettext("It is the company's own: nothing is above it."))
    if linked:
        return Letter(score=BEST, said=gettext("It is part of the target above."))
    if implied:
        return Letter(
            score=1, said=gettext("There is a target above: %(name)s.", name=implied),
            mend=gettext("Name it as “Part of”."),
        )  # fmt: skip
    return Letter(
        score=0, said=gettext("It contributes to no target above."),
        mend=gettext("Set one for the team or the company that covers these days."),
    )  # fmt: skip


def timed(*, is_short: bool, parts: Decimal | None, whole: Decimal, gap: bool) -> Letter:
    """First and last day, and parts that come to the whole. ``parts`` is what those below it come
    to, None without any; ``gap`` where they do not fill the period."""
    if parts is not None and not gap and parts != whole:
        return Letter(
            score=0, said=gettext("Its parts come to %(parts)s, not to %(whole)s.",
                                  parts=_plain(parts), whole=_plain(whole)),
            mend=gettext("Split it again, or revise it to the sum."),
        )  # fmt: skip
    if parts is not None and not gap:
        return Letter(score=BEST, said=gettext("First and last day are set, the parts add up."))
    if is_short:
        return Letter(score=BEST, said=gettext("First and last day are set."))
    said = gettext("It is not broken down.")
    if gap:
        said = gettext("It is broken down for a part of its period.")
    return Letter(score=1, said=said, mend=gettext("Split it into its months."))


def _plain(value: Decimal) -> str:
    return f"{value:,.2f}"
