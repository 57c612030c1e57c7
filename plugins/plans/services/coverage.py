"""How far steps carry towards a goal: plain functions, numbers in, numbers out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Part:
    """What a step is to bring, and what it has brought: None where nothing was said."""

    state: str
    expected: Decimal | None
    realised: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """``gap`` is what the goal lacked without the steps; ``expected`` what open and done steps
    are to bring; ``realised`` what the done ones have brought, and ``promised`` what they were
    to bring. ``share`` is expected ÷ gap; None without a gap or a goal. ``left`` is what is
    lacking now, and ``open_share`` what open steps are to bring of it."""

    gap: Decimal | None
    expected: Decimal
    realised: Decimal
    promised: Decimal
    share: Decimal | None
    left: Decimal | None
    open_share: Decimal | None
    covered: str


def cover(
    goal: Decimal | None, baseline: Decimal | None, actual: Decimal | None, parts: Iterable[Part]
) -> Coverage:
    """Coverage of the gap between a goal and what is there without the steps.

    Goal 100,000, baseline 40,000, open steps 30,000 and a done one 15,000: gap 60,000, expected
    45,000, share 0.75, covered in part. The gap counts from the baseline and not from today, so
    that what a done step has brought is not counted on both sides.
    """
    nothing = Decimal(0)
    held = [part for part in parts if part.state != "cancelled"]
    done = [part for part in held if part.state == "done"]
    expected = sum((part.expected or nothing for part in held), nothing)
    coming = sum((part.expected or nothing for part in held if part.state != "done"), nothing)
    realised = sum((part.realised or nothing for part in done), nothing)
    promised = sum((part.expected or nothing for part in done), nothing)
    gap = None if goal is None or baseline is None else goal - baseline
    left = None if goal is None or actual is None else max(goal - actual, nothing)
    share = expected / gap if gap is not None and gap > 0 else None
    return Coverage(
        gap=gap,
        expected=expected,
        realised=realised,
        promised=promised,
        share=share,
        left=left,
        open_share=coming / left if left else None,
        covered=_covered(gap, share),
    )


def _covered(gap: Decimal | None, share: Decimal | None) -> str:
    if gap is None:
        return "unknown"
    if share is None:
        return "closed"
    if share <= 0:
        return "none"
    return "covered" if share >= 1 else "under"
