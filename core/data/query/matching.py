"""Texts that contain, start with or equal other texts, in capitals or not.

``lower`` means the same on both databases: connections to SQLite get one that knows more than
26 letters. Where nothing has a case, as in Chinese, the column is compared as it is.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from plugin_api.context import gettext

ESCAPE = "/"
MOST_ALTERNATIVES = 1000
"""Of one ``__in``: as many as a link to the records behind a figure carries."""


def contains(column: sa.ColumnElement[Any], text: str) -> sa.ColumnElement[bool]:
    """The text stands somewhere in the column."""
    return _like(column, f"%{_escaped(text)}%", text)


def starts_with(column: sa.ColumnElement[Any], text: str) -> sa.ColumnElement[bool]:
    """The column begins with the text."""
    return _like(column, f"{_escaped(text)}%", text)


def has_case(text: str) -> bool:
    """Whether the text could be written in other letters."""
    return text.lower() != text.upper()


def _like(column: sa.ColumnElement[Any], pattern: str, text: str) -> sa.ColumnElement[bool]:
    if has_case(text):
        return sa.func.lower(column).like(sa.func.lower(pattern), escape=ESCAPE)
    return column.like(pattern, escape=ESCAPE)


def _escaped(text: str) -> str:
    for special in (ESCAPE, "%", "_"):
        text = text.replace(special, ESCAPE + special)
    return text


def alternatives(text: str) -> list[str]:
    """Values apart by commas, each once. Raises ValueError in words."""
    parts = list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if len(parts) > MOST_ALTERNATIVES:
        raise ValueError(gettext("At most %(most)s values.", most=MOST_ALTERNATIVES))
    return parts
