"""What several pages of targets share."""

from __future__ import annotations

from plugins.targets.services import reading


def usual_measure(asked: str | None) -> str:
    """The measure that is asked for, else the first that has targets, else the first of all; empty
    where there is none."""
    if asked:
        return asked
    known = [measure.key for measure in reading.by_importance()]
    used = reading.measures_with_targets()
    return next(iter([key for key in known if key in used] + known + used), "")


def number(text: str | None) -> int | None:
    """The number that an address says; None for any other text."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
