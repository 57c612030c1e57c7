"""Numbers as people type them in Chinese and English. Raises ValueError with the reason."""

from __future__ import annotations

import re
from decimal import Context, Decimal
from functools import lru_cache

from babel.numbers import get_currency_symbol

from core.data.texts import narrow, short
from plugin_api.context import gettext
from plugin_api.money import precision

LARGEST = 2**63 - 1
"""What an integer column holds, on either side of zero."""
LARGEST_MONEY = 10**15
"""Minor units of an amount: thousands of them still have a sum that SQLite can hold."""
_LONGEST = 60
_EXACT = Context(prec=200)
_UNITS = {"十": 10, "百": 10**2, "千": 10**3, "万": 10**4, "亿": 10**8}
_UNIT = "[十百千]?万|[十百千万]?亿|千"
# The last is how thousands are grouped in India. None begins with a zero: 0,125 is a fraction.
_GROUPS = "|".join(
    [rf"[1-9]\d{{0,2}}(?:{sign}\d{{3}})+" for sign in (",", " ", "['’]")]
    + [r"[1-9]\d?(?:,\d{2})+,\d{3}"]
)
_DIGITS = rf"(?:{_GROUPS}|\d+)(?:\.\d*)?|\.\d+"
_GROUPED = re.compile(r"[, '’]")
_MARK = r"[^\d\s.,+\-()]{1,4}"
_NUMBER = re.compile(
    rf"(?P<open>\()?\s*(?P<sign>[+-])?\s*(?P<before>{_MARK})?\s*(?P<inner>[+-])?\s*"
    rf"(?P<digits>{_DIGITS})\s*(?P<unit>{_UNIT})?\s*(?P<after>{_MARK})?\s*"
    r"(?P<last>-)?(?P<close>\))?",
    re.ASCII,
)


def whole(text: str, largest: int = LARGEST) -> int | None:
    """The number that digits of an address or a form say, such as an id; None for any other text
    and for a larger one. ``²`` is a digit to Python, and no number."""
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        return None
    value = int(text)
    return value if value <= largest else None


def number(text: str) -> Decimal:
    """``1,234.5``, ``1'234.5``, ``１２３``, ``1.5万``, ``(5)`` and ``5-`` for −5."""
    value, mark = _read(text)
    if mark:
        raise _refusal(text)
    return value


def percentage(text: str) -> Decimal:
    """The percentage itself: ``50%`` and ``50`` are 50."""
    value, mark = _read(text)
    if mark not in ("", "%"):
        raise _refusal(text)
    return value


def amount(text: str, currency: str) -> Decimal:
    """Major units: ``￥1,234.5``, ``CNY 1234.50``, ``120万元``. A sign of another currency is
    refused."""
    value, mark = _read(text)
    if mark:
        check_mark(mark, currency)
    return value


def check_mark(mark: str, currency: str) -> None:
    """Refuse the sign of another currency."""
    if mark.upper() not in _marks(currency):
        message = gettext(
            "“%(mark)s” does not fit: the amount is in %(currency)s.", mark=mark, currency=currency
        )
        raise ValueError(message)


def has_unit(text: str) -> bool:
    """Whether a number says itself what it counts, as in ``1.5万`` and ``500元``."""
    return any(sign in text for sign in (*_UNITS, "元", "块"))


def steps(value: Decimal, places: int, largest: int = LARGEST) -> int:
    """A number in units of its last decimal place, exactly: a finer one is refused."""
    if not value.is_finite():
        raise ValueError(gettext("Expected a number."))
    if value and value.adjusted() > 40:
        raise ValueError(gettext("The number is too large."))
    fine = len(value.as_tuple().digits) > 150 or bool(value and value.adjusted() < -40)
    whole = _EXACT.scaleb(value, places)
    if fine or whole != whole.to_integral_value():
        if places:
            raise ValueError(gettext("At most %(places)s decimal places.", places=places))
        raise ValueError(gettext("Expected a whole number."))
    if abs(whole) > largest:
        raise ValueError(gettext("The number is too large."))
    return int(whole)


def minor_units(value: Decimal, currency: str) -> int:
    """Minor units of an amount in major ones."""
    return steps(value, precision(currency), LARGEST_MONEY)


def _read(text: str) -> tuple[Decimal, str]:
    """A number and the sign of a unit before or after it."""
    cleaned = narrow(text)
    found = _NUMBER.fullmatch(cleaned) if len(cleaned) <= _LONGEST else None
    if found is None or bool(found["open"]) != bool(found["close"]):
        raise _refusal(text)
    signs = [sign for sign in found.group("open", "sign", "inner", "last") if sign]
    marks = [mark for mark in (found["before"], found["after"]) if mark]
    if len(signs) > 1 or len(marks) > 1 or found["before"] == "%":
        raise _refusal(text)
    value = Decimal(_GROUPED.sub("", found["digits"]))
    for sign in found["unit"] or "":
        value *= _UNITS[sign]
    return (-value if signs and signs[0] in "(-" else value), marks[0] if marks else ""


@lru_cache(maxsize=400)
def _marks(currency: str) -> frozenset[str]:
    """How an amount of a currency may be marked, in capitals."""
    symbols = {get_currency_symbol(currency, locale=locale) for locale in ("en", "zh")}
    made = {currency, *symbols, *(symbol[-1] for symbol in symbols if not symbol[-1].isalnum())}
    if currency == "CNY":
        made |= {"元", "块", "RMB", "人民币"}
    return frozenset(mark.upper() for mark in made)


def _refusal(text: str) -> ValueError:
    return ValueError(gettext("“%(text)s” is not a number.", text=short(text)))
