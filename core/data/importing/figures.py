"""The numbers of a file, in the signs that it writes them with."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from core.data import numbers
from core.data.importing import numerals
from core.data.importing.options import Options
from core.data.importing.parts import Part
from core.data.importing.saying import sentences
from core.data.texts import short
from plugin_api.context import gettext
from plugin_api.money import precision


class Figures:
    """Reads numbers that stand in the cells of columns. Raises ValueError in words."""

    def __init__(self, options: Options) -> None:
        self._options = options

    def number(self, part: Part, text: str, places: int, said: bool) -> Decimal:
        """A number, or a percentage; ``said`` is whether the row says it and no default. In a
        number that is none, 45 % is 0.45."""
        percent, marked = part.meta.kind == "percent", numerals.has_percent(text)
        value = self._read(numbers.percentage if percent or marked else numbers.number, text)
        factor = part.scale if said and part.scale is not None else Decimal(1)
        if marked:
            factor = Decimal(1) if percent else factor / 100
        elif said and part.fractions and value:
            raise ValueError(_fraction(text, value))
        return self._rounded(value * factor, places)

    def minor(self, part: Part, text: str, currency: str, said: bool) -> int:
        """The minor units of an amount."""
        value = self._read(lambda each: numbers.amount(each, currency), text)
        factor, mark = part.unit
        if said and mark:
            try:
                numbers.check_mark(mark, currency)
            except ValueError as error:
                raise ValueError(sentences(error, _currency_advice(part))) from None
        if not said or (part.scale is None and numbers.has_unit(text)):
            factor = Decimal(1)
        elif part.scale is not None:
            factor = part.scale
        return numbers.minor_units(self._rounded(value * factor, precision(currency)), currency)

    def _read(self, read: Callable[[str], Decimal], text: str) -> Decimal:
        """A number, or why it is none, in the signs of the file."""
        try:
            return read(text)
        except ValueError as error:
            other = numerals.swapped(text)
            if self._options.decimal == ",":
                raise ValueError(str(error).replace(short(text), short(other))) from None
            try:
                read(other)
            except ValueError:
                raise error from None
            advice = gettext(
                "If its decimal sign is a comma, say so (on the page “Decimal sign”, in a map "
                "“decimal”)."
            )
            raise ValueError(sentences(error, advice)) from None

    def _rounded(self, value: Decimal, places: int) -> Decimal:
        try:
            rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        except InvalidOperation:
            raise ValueError(gettext("The number is too large.")) from None
        if rounded == value or self._options.round:
            return rounded
        why = (
            gettext("At most %(places)s decimal places.", places=places)
            if places
            else gettext("Expected a whole number.")
        )
        advice = gettext(
            "Rounding helps (on the page “Round what is finer than its field”, in a map “round”)."
        )
        raise ValueError(sentences(why, advice))


def _fraction(text: str, value: Decimal) -> str:
    """Why a number below one is no percentage before somebody says so."""
    reason = gettext(
        "“%(text)s” may be %(whole)s %% or %(part)s %%: say what the numbers of the column are "
        "multiplied with, 100 or 1 (on the page “Numbers that count more, or less”, in a map "
        "“scale”).",
        text=short(text),
        whole=f"{(value * 100).normalize():f}",
        part=f"{value.normalize():f}",
    )
    return str(reason)


def _currency_advice(part: Part) -> str:
    if not part.meta.currency_field:
        return ""
    advice = gettext(
        "Say the currency of the rows: with a column or a default of “%(field)s”.",
        field=part.meta.currency_field,
    )
    return str(advice)
