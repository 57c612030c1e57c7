"""What of a text tells whether two records are about the same: texts in, texts out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache
from urllib.parse import urlsplit

METHODS = ("exact", "normalised", "pinyin", "domain", "fuzzy")
"""The sharpest first."""
LEGAL_HAN = (
    "股份有限公司", "有限责任公司", "集团有限公司", "有限公司", "集团公司", "责任公司", "总公司",
    "分公司", "公司", "股份",
)  # fmt: skip
LEGAL_WORDS = frozenset(
    (
        "ltd", "limited", "inc", "incorporated", "llc", "llp", "lp", "plc", "corp", "corporation",
        "co", "company", "gmbh", "ag", "kg", "ohg", "se", "sa", "sas", "sarl", "srl", "spa", "bv",
        "nv", "oy", "ab", "as", "pty", "pte", "kk", "sdn", "bhd",
    )
)  # fmt: skip
FREE_MAIL = frozenset(
    (
        "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com",
        "yahoo.com", "icloud.com", "me.com", "aol.com", "gmx.de", "gmx.net", "web.de", "proton.me",
        "protonmail.com", "qq.com", "foxmail.com", "163.com", "126.com", "yeah.net", "sina.com",
        "sina.cn", "sohu.com", "139.com", "189.cn", "aliyun.com", "21cn.com",
    )
)  # fmt: skip
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")
_WORDS = re.compile(r"\w+")
_EXTENSION = re.compile(r"(?:转|分机|ext\.?|x)\s*(\d+)\s*$", re.IGNORECASE)
_DIGITS = re.compile(r"\D+")
_NUMBERS = re.compile(r"\d+")
LEAST_DIGITS = 5
BLOCK = 4


@lru_cache(maxsize=65536)
def reduced(method: str, kind: str, is_person: bool, text: str, region: str = "") -> str:
    """What two texts are compared by; nothing where there is nothing to compare.

    ``kind`` is the field's; ``is_person`` that it names a person, whose name has no legal form.
    ``region`` is the country, ISO 3166, that phone numbers without its code belong to.
    """
    if method == "exact":
        return text.strip()
    if method == "domain":
        return _domain(kind, text)
    if kind == "phone":
        return phone(text, region)
    if kind == "email":
        return plain(text).replace(" ", "")
    if kind == "url":
        return _host(text) or plain(text)
    named = plain(text) if is_person else without_legal_form(plain(text))
    if method == "fuzzy":
        return named
    joined = named.replace(" ", "")
    return read_aloud(joined) if method == "pinyin" else joined


def plain(text: str) -> str:
    """In one width and case, without accents and marks, with single blanks between words."""
    wide = unicodedata.normalize("NFKD", text.replace("ß", "ss")).casefold()
    bare = "".join(c for c in wide if not unicodedata.combining(c))
    return " ".join(_WORDS.findall(unicodedata.normalize("NFKC", bare).replace("_", " ")))


def without_legal_form(text: str) -> str:
    """Without 有限公司, Ltd and the like at its end, unless nothing else is left."""
    words = text.split(" ")
    while len(words) > 1 and words[-1] in LEGAL_WORDS:
        words.pop()
    found = " ".join(words)
    joined = found.replace(" ", "")
    if _HAN.search(joined):
        for ending in LEGAL_HAN:
            if joined.endswith(ending) and len(joined) > len(ending) + 1:
                return joined.removesuffix(ending)
    return found


def read_aloud(text: str) -> str:
    """Chinese characters by their pinyin without tones, all else as it is."""
    if not _HAN.search(text):
        return text
    from pypinyin import lazy_pinyin  # its dictionary is loaded with the first text

    return "".join(lazy_pinyin(text))


def phone(text: str, region: str) -> str:
    """The digits with the country's code, and an extension: ``+862166667777x3``."""
    import phonenumbers  # few requests need the numbering plans of all countries

    main = unicodedata.normalize("NFKC", text)
    found = _EXTENSION.search(main)
    extension = found[1] if found else ""
    main = main[: found.start()] if found else main
    try:
        number = phonenumbers.parse(main, region.upper() or None)
        made = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    except phonenumbers.NumberParseException:
        made = _DIGITS.sub("", main)
        if len(made) < LEAST_DIGITS:
            return ""
    return f"{made}x{extension}" if extension else made


def _domain(kind: str, text: str) -> str:
    """Where mail goes or a site is; nothing for who gives addresses to everybody."""
    if kind == "url":
        return _host(text)
    domain = plain_domain(text.rpartition("@")[2]) if "@" in text else ""
    return "" if domain in FREE_MAIL else domain


def plain_domain(text: str) -> str:
    """A domain in lower case without its ``www.``."""
    return text.strip().casefold().strip(".").removeprefix("www.")


def _host(text: str) -> str:
    said = text.strip()
    try:
        return plain_domain(urlsplit(said if "//" in said else f"//{said}").hostname or "")
    except ValueError:
        return ""


def likeness(method: str, one: str, other: str) -> float:
    """How alike two reduced texts are, 0 to 100; nothing is like nothing."""
    if not one or not other:
        return 0.0
    if one == other:
        return 100.0
    if method != "fuzzy" or _NUMBERS.findall(one) != _NUMBERS.findall(other):
        # Branch 12 is not branch 13.
        return 0.0
    from rapidfuzz import fuzz

    joined = fuzz.ratio(one.replace(" ", ""), other.replace(" ", ""))
    if " " not in one and " " not in other:
        return float(joined)
    # The words in whatever order.
    return float(max(joined, fuzz.ratio(_ordered(one), _ordered(other))))


def _ordered(text: str) -> str:
    return " ".join(sorted(text.split(" ")))


def blocks(method: str, text: str) -> Collection[str]:
    """Keys of which two texts that are alike share one. For ``fuzzy``: the beginning and the end,
    as they stand and with the words in order; what differs at both is not found."""
    if not text:
        return ()
    if method != "fuzzy":
        return (text,)
    made: set[str] = set()
    for form in {text.replace(" ", ""), _ordered(text).replace(" ", "")}:
        length = len(form)
        for size in {min(BLOCK, max(1, length // 2)), min(BLOCK, max(1, (length + 1) // 2))}:
            made |= {f"<{form[:size]}", f">{form[-size:]}"}
    return made
