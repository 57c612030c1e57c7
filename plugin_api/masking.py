"""Values of which only enough is shown to tell them apart: ``138****5678``, ``r***@acme.com``."""

from __future__ import annotations

from plugin_api.models.fields import Kind

STARS = "****"
MASKABLE: frozenset[Kind] = frozenset({"text", "longtext", "email", "phone", "url"})
"""Kinds of fields that can be masked: texts. Other ones are hidden, or shown."""
LONG = 11
"""Characters of a telephone number of which the beginning is shown too."""
SHORT = 8
"""Characters of any text of which the end is shown."""


def masked(kind: Kind, text: str) -> str:
    """What is shown of a text: of an address its first letter and where it is, of a telephone
    number its ends, of other texts the last four characters. Short ones show nothing, and how
    many characters are left out is not told.

    >>> masked("phone", "13812345678"), masked("email", "rick@acme.com"), masked("text", "1234567")
    ('138****5678', 'r***@acme.com', '****')
    """
    if kind == "email":
        name, at, domain = text.partition("@")
        return f"{name[:1]}***@{domain}" if at else STARS
    if kind == "phone" and len(text) >= LONG:
        return f"{text[:3]}{STARS}{text[-4:]}"
    if kind in ("phone", "text") and len(text) >= SHORT:
        return f"{STARS}{text[-4:]}"
    return STARS


def looks_masked(text: str) -> bool:
    """Whether a text may have been masked: no telephone number and no address has such stars."""
    return "***" in text
