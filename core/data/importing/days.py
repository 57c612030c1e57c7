"""The days and instants of a file, in the order in which it writes them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar
from zoneinfo import ZoneInfo

from core.data import dates
from core.data.importing import sequence
from core.data.importing.options import Options
from core.data.importing.parts import Part
from core.data.importing.sequence import MIXED, SEQUENCES, UNCLEAR
from core.data.texts import short
from plugin_api.context import gettext

ISO = re.compile(r"\d{4}(?:-\d{1,2}-|年\d{1,2}月)\d{1,2}", re.ASCII)
DAY_BEFORE_MONTH = "%Y-%d"

T = TypeVar("T", dt.date, dt.datetime)
Read = Callable[[str, str | None], T]


class Days:
    """Reads what stands in the cells of columns. Raises ValueError in words."""

    def __init__(self, options: Options, zone: ZoneInfo) -> None:
        self._form = options.date_format
        self._order = sequence.order_in(options.date_format)
        self._round = options.round
        self._zone = zone

    def day(self, part: Part, text: str) -> dt.date:
        """A day; with the option ``round`` also that of an instant."""
        if self._round:
            with suppress(ValueError):
                return self._read(part, text, dates.day)
            return self.moment(part, text).astimezone(self._zone).date()
        try:
            return self._read(part, text, dates.day)
        except ValueError:
            if (reason := self._timed(part, text)) is None:
                raise
            raise ValueError(reason) from None

    def _timed(self, part: Part, text: str) -> str | None:
        """What helps where a day has a time that the field has no room for."""
        try:
            self.moment(part, text)
        except ValueError:
            return None
        reason = gettext(
            "“%(text)s” has a time, and the field only a day: rounding cuts it off (on the page "
            "“Round what is finer than its field”, in a map “round”).",
            text=short(text),
        )
        return str(reason)

    def moment(self, part: Part, text: str) -> dt.datetime:
        """An instant, in UTC."""
        return self._read(part, text, lambda each, form: dates.moment(each, self._zone, form))

    def _read(self, part: Part, text: str, read: Read[T]) -> T:
        if not self._form:
            return read(_ordered(text, part.order), None)
        try:
            return read(text, self._form)
        except ValueError:
            if self._order:
                ordered = sequence.year_first(text, self._order)
                takes = ordered != text or not sequence.has_order(text)
            else:
                # What stands year first is clear, unless the form has it in another order.
                ordered = text
                before = self._form.startswith(DAY_BEFORE_MONTH)
                takes = ISO.match(text) is not None and not before
            if takes:
                with suppress(ValueError):
                    return read(ordered, None)
            raise


def _ordered(text: str, order: str) -> str:
    """The text with its day year first, if the order of its figures is known. Raises ValueError
    where it may be another day."""
    if order in SEQUENCES or not sequence.has_order(text):
        return sequence.year_first(text, order) if order in SEQUENCES else text
    found = {day: each for each in SEQUENCES if (day := sequence.day_in(text, each))}
    if len(found) != 1:
        raise ValueError(_unclear(text, order, list(found)))
    (only,) = found.values()
    return sequence.year_first(text, only)


def _unclear(text: str, order: str, found: list[dt.date]) -> str:
    if not found:
        return str(gettext("“%(text)s” is not a date such as 2026-01-31.", text=short(text)))
    days = ", ".join(day.isoformat() for day in sorted(found))
    if order == MIXED:
        reason = gettext(
            "“%(text)s” may be any of %(days)s: the dates of the column are not all in one order.",
            text=short(text),
            days=days,
        )
    else:
        reason = gettext(
            "“%(text)s” may be any of %(days)s: say how dates are written (on the page “Dates”, in "
            "a map “date_format”).",
            text=short(text),
            days=days,
        )
    return str(reason)


def note_of(order: str) -> str:
    """Words for the order that a column tells; empty where it tells none."""
    if order == UNCLEAR:
        return str(gettext("in which order are day, month and year? Say it under “Dates”"))
    if order == MIXED:
        return str(gettext("dates not all in one order"))
    example = {"dmy": "31.12.2026", "mdy": "12/31/2026", "ymd": "26-12-31"}.get(order)
    return str(gettext("dates as in %(example)s", example=example)) if example else ""
