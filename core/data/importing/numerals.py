"""What a file tells of its numbers: their decimal sign, and what its headers say they count."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from babel.numbers import list_currencies

from core.data.texts import narrow

_BODY = re.compile(r"\d[\d.,]*\d|\d", re.ASCII)
_UNCLEAR = re.compile(r"[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_GROUP = r"[1-9]\d{{0,2}}(?:\{sign}\d{{3}})+"
_THOUSANDS = {sign: re.compile(_GROUP.format(sign=sign), re.ASCII) for sign in ".,"}
_OTHER = {".": ",", ",": "."}
_SWAPPED = str.maketrans(_OTHER)

_WORDS: dict[str, int] = {
    "十": 10, "百": 10**2, "千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7,
    "亿": 10**8, "k": 10**3, "thousand": 10**3, "thousands": 10**3, "t": 10**3, "tsd": 10**3,
    "m": 10**6, "mn": 10**6, "mio": 10**6, "million": 10**6, "millions": 10**6,
    "bn": 10**9, "mrd": 10**9, "billion": 10**9, "billions": 10**9,
}  # fmt: skip
_SIGNS = {
    10**3: "千", 10**4: "万", 10**5: "十万", 10**6: "百万", 10**7: "千万", 10**8: "亿",
    10**9: "十亿",
}  # fmt: skip
_MARKS = frozenset(
    {"元", "块", "人民币", "rmb", "us$", "€", "£", "$", "¥", "₹", "₩", "₽"}
    | {code.lower() for code in list_currencies()}
)
_BRACKETS = re.compile(r"[(（\[［【]\s*([^()（）\[\]［］【】]{1,30})\s*[)）\]］】]\s*[*:：]?\s*$")
_SLASH = re.compile(r"[/／]\s*([十百千万亿]*元|[A-Z]{3})$")
_ABOVE = re.compile(r"(?:单位|金额单位|unit|units)\s*[:：]\s*([^\s,，;；)）]{1,12})", re.IGNORECASE)
_PREFIX = re.compile(r"(?:(?:单位|unit)\s*[:：]|in\s|以)\s*", re.IGNORECASE)

Unit = tuple[Decimal, str]
"""What numbers are multiplied with, and the sign of their currency; 1 and an empty text where
nothing is said."""
NO_UNIT: Unit = (Decimal(1), "")


def swapped(text: str) -> str:
    """A number with the two signs in each other's place."""
    return text.translate(_SWAPPED)


def is_unclear(text: str) -> bool:
    """Whether a number may be a thousand times what it says with the other decimal sign: 1.500."""
    found = _BODY.search(narrow(text))
    return found is not None and _UNCLEAR.fullmatch(found[0]) is not None


def sign_of(texts: Iterable[str]) -> str:
    """The decimal sign that numbers are written with: ``,`` or ``.``, or nothing where they may be
    read in both ways, or do not agree."""
    found = {sign for text in texts if (sign := _sign_in(text))}
    return found.pop() if len(found) == 1 else ""


def _sign_in(text: str) -> str:
    """The decimal sign that one number proves."""
    body = _BODY.search(re.sub(r"[ '’]", "", narrow(text)))
    if body is None:
        return ""
    digits = body[0]
    signs = [sign for sign in ".," if sign in digits]
    if len(signs) == 2:
        last = max(signs, key=digits.rindex)
        return last if digits.count(last) == 1 else ""
    if not signs:
        return ""
    (sign,) = signs
    if digits.count(sign) > 1:
        return _OTHER[sign] if _THOUSANDS[sign].fullmatch(digits) else ""
    return "" if _UNCLEAR.fullmatch(digits) else sign


def unit_of(column: str) -> Unit:
    """What the name of a column says its numbers count: ``金额（万元）`` is 10000 and 元."""
    text = narrow(column)
    found = _BRACKETS.search(text) or _SLASH.search(text)
    return _unit(found[1]) if found else NO_UNIT


def unit_above(texts: Iterable[str]) -> Unit:
    """What the titles above a header say that amounts count: ``单位：万元``."""
    for text in texts:
        found = _ABOVE.search(narrow(text))
        if found and (unit := _unit(found[1])) != NO_UNIT:
            return unit
    return NO_UNIT


def has_percent(text: str) -> bool:
    """Whether a number says itself that it is a percentage: 45 %."""
    return "%" in narrow(text)


def are_fractions(values: Iterable[Decimal], most: int = 1) -> bool:
    """Whether percentages may be fractions of one: none is beyond what they are at ``most``, and
    not all are nothing."""
    found = list(values)
    return any(found) and all(abs(value) <= most for value in found)


def with_unit(text: str, factor: Decimal) -> str:
    """A number with what it counts beside it, so that it is right without its title."""
    sign = _SIGNS.get(int(factor), "")
    return f"{text}{sign}" if text[-1:].isdigit() else text


def _unit(text: str) -> Unit:
    """A factor and a currency in whatever order, and nothing else."""
    said = _PREFIX.sub("", narrow(text).lower(), count=1).rstrip(".").replace(" of ", " ").strip()
    for mark in sorted(_MARKS, key=len, reverse=True):
        if said.startswith(mark) or said.endswith(mark):
            rest = said.removeprefix(mark) if said.startswith(mark) else said.removesuffix(mark)
            rest = rest.strip(" .")
            if not rest or rest in _WORDS:
                return Decimal(_WORDS.get(rest, 1)), mark.upper()
    return (Decimal(_WORDS[said]), "") if said in _WORDS else NO_UNIT
