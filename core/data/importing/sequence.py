"""Days in figures whose year is not first, as 31.12.2026 and 12/31/26: in which order their parts
stand is told from a whole column, and never guessed from one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress

from core.data.texts import narrow

DAY_FIRST, MONTH_FIRST, YEAR_FIRST = SEQUENCES = ("dmy", "mdy", "ymd")
UNCLEAR, MIXED = "?", "!"
"""What a column tells that can be read in several ways, or in none."""
MANY, FEW = 5, 2
"""So many different days and so few years tell which of two figures is which."""
_FIGURES = re.compile(r"(\d{1,2})([./\-])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?!\d)", re.ASCII)
_FORM = re.compile(r"%([dmYy])[./\- ]%([dmYy])[./\- ]%([dmYy])")


def order_in(form: str) -> str:
    """The order that a form such as ``%d.%m.%Y`` says; empty for one that is more than that."""
    found = _FORM.fullmatch(form)
    order = "".join(found.groups()).lower() if found else ""
    return order if order in SEQUENCES else ""


def has_order(text: str) -> bool:
    """Whether a day is written in figures whose order has to be known."""
    return _FIGURES.match(narrow(text)) is not None


def is_unclear(text: str) -> bool:
    """Whether the sequences make different days of it."""
    return len({day for order in SEQUENCES if (day := day_in(text, order))}) > 1


def year_first(text: str, order: str) -> str:
    """The text with its day as in 2026-12-31, whatever follows it; itself where it has none."""
    narrowed = narrow(text)
    found, day = _FIGURES.match(narrowed), day_in(text, order)
    return f"{day.isoformat()}{narrowed[found.end() :]}" if found and day else text


def possible_in(texts: Iterable[str]) -> list[str]:
    """The sequences in which all of the days can be read; all of them when there are none."""
    # What is no day in any order is an error of its row, and tells nothing.
    found = [text for text in texts if any(day_in(text, order) for order in SEQUENCES)]
    left = [order for order in SEQUENCES if all(day_in(text, order) for text in found)]
    if found and left and not any(is_unclear(text) for text in found):
        return left[:1]
    return _telling(found, left)


def order_of(texts: Iterable[str]) -> str:
    """The order in which the days of a column are written; empty when none is in figures."""
    found = [text for text in texts if any(day_in(text, order) for order in SEQUENCES)]
    if not found:
        return ""
    left = possible_in(found)
    return left[0] if len(left) == 1 else UNCLEAR if left else MIXED


def _telling(texts: Sequence[str], left: list[str]) -> list[str]:
    """Without the order that makes one day of many, each time in another year."""
    if not {DAY_FIRST, YEAR_FIRST} <= set(left):
        return left
    parts = [found.group(1, 4) for text in texts if (found := _FIGURES.match(narrow(text)))]
    first, last = ({part[at] for part in parts} for at in (0, 1))
    if len(first) >= MANY and len(last) <= FEW:
        return [order for order in left if order != YEAR_FIRST]
    if len(last) >= MANY and len(first) <= FEW:
        return [YEAR_FIRST]
    return left


def day_in(text: str, order: str) -> dt.date | None:
    """The day that a text begins with when its figures stand in this order."""
    found = _FIGURES.match(narrow(text))
    if found is None:
        return None
    figures = dict(zip(order, found.group(1, 3, 4), strict=True))
    if len(figures["d"]) > 2 or len(figures["y"]) == 1:
        return None
    with suppress(ValueError):
        return dt.date(full_year(figures["y"]), int(figures["m"]), int(figures["d"]))
    return None


def full_year(figures: str) -> int:
    """A year of two figures as strptime reads it."""
    year = int(figures)
    return year if len(figures) > 2 else year + (2000 if year < 69 else 1900)
