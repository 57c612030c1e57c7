"""Texts as people type them. Raises ValueError with the reason."""

from __future__ import annotations

import re

from babel.numbers import list_currencies

from plugin_api.context import gettext

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_NARROW = str.maketrans(
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys((0x3000, 0xA0, 0x2009, 0x202F), " ")
    | {"￥": "¥", "￡": "£", "−": "-"}
)
_YES = frozenset({"yes", "y", "true", "t", "1", "on", "是", "对"})
_NO = frozenset({"no", "n", "false", "f", "0", "off", "否", "不是"})
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+")
_URL = re.compile(r"(?:(https?)://)?([^/\s:?#@\\]+)(:\d{1,5})?([/?#]\S*)?", re.IGNORECASE)
_HOST = re.compile(r"(?:[\w-]+\.)+[\w-]+|localhost", re.IGNORECASE)
_PHONE = re.compile(r"\+?[\d\s().\-/*#]+(?:(?:,|;|x|ext\.?|转)\s*\d{1,8})?", re.IGNORECASE)
_CURRENCIES = frozenset(list_currencies())


def storable(text: str) -> str:
    """The text itself, unless it has a character that no database keeps."""
    if _UNSTORABLE.search(text):
        raise ValueError(gettext("There is a character in it that cannot be stored."))
    return text


def narrow(text: str) -> str:
    """Full-width letters, digits and signs as the usual ones, without space around."""
    return text.translate(_NARROW).strip()


def short(text: str) -> str:
    """So much of a text as a message should repeat."""
    text = text.strip()
    return text if len(text) <= 40 else f"{text[:39]}…"


def row_id(text: str) -> int | None:
    """An id written in digits; None for any other text."""
    if not (text.isascii() and text.isdigit()):
        return None
    value = int(text[:40])
    if value >= 2**63:
        raise ValueError(gettext("The number is too large."))
    return value


def yes_or_no(text: str) -> bool:
    """Yes, no, true, false, 1, 0, 是, 否."""
    word = narrow(text).lower()
    if word in _YES or word in _NO:
        return word in _YES
    raise ValueError(gettext("Expected yes or no, not “%(text)s”.", text=short(text)))


def email(text: str) -> str:
    """An address that mail could be sent to."""
    text = narrow(text)
    if not _EMAIL.fullmatch(text):
        raise ValueError(gettext("“%(text)s” is no e-mail address.", text=short(text)))
    return text


def url(text: str) -> str:
    """An address of the web; ``https://`` is put before one without."""
    text = text.strip()
    found = _URL.fullmatch(text)
    if found is None or not _HOST.fullmatch(found[2]):
        raise ValueError(gettext("“%(text)s” is no web address.", text=short(text)))
    return text if found[1] else f"https://{text}"


def phone(text: str) -> str:
    """A telephone number, with an extension if need be."""
    text = narrow(text)
    if not _PHONE.fullmatch(text) or sum(c.isdigit() for c in text) < 3:
        raise ValueError(gettext("“%(text)s” is no telephone number.", text=short(text)))
    return text


def currency_code(text: str) -> str:
    """An ISO 4217 code."""
    code = narrow(text).upper()
    if code not in _CURRENCIES:
        raise ValueError(gettext("“%(text)s” is no currency code.", text=short(text)))
    return code
