"""Values of a field that holds several of its choices, in one text: ``fair;mail``.

The values of choices are small letters, digits, ``_`` and ``-``, so none contains the mark between
two of them. They stand in the order in which the company offers them, each once, so that the same
choices are the same text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from core.data.meta import FieldMeta
from plugin_api.models import Choice

MARK = ";"
CHOOSING = frozenset({"choice", "choices"})
"""Kinds that have values to choose from."""
_BETWEEN = re.compile(r"[;；|\r\n]+")
_ALSO_BETWEEN = re.compile(r"[;；|\r\n,，、/]+")


def parts(value: str | None) -> list[str]:
    """The values one by one."""
    return [part for part in (value or "").split(MARK) if part]


def joined(meta: FieldMeta, values: Iterable[str]) -> str | None:
    """Values as one text, in the order in which they are offered; what is not offered comes last.
    None where there are none."""
    wanted = dict.fromkeys(values)
    known = [choice.value for choice in meta.choices if choice.value in wanted]
    return MARK.join([*known, *(each for each in wanted if each not in known)]) or None


def chosen(meta: FieldMeta, value: str | None) -> list[Choice]:
    """What was chosen, in the order in which it is offered. One that the company has no more is
    named by its value."""
    held = parts(value)
    known = [choice for choice in meta.choices if choice.value in held]
    names = {choice.value for choice in known}
    return [*known, *(Choice(value=v, label=v) for v in dict.fromkeys(held) if v not in names)]


def read(text: str, one: Callable[[str], str]) -> list[str]:
    """The values that a text names: apart by semicolons, bars or lines, and where a part is none of
    them, by commas and slashes. ``one`` is asked for each, and raises ValueError."""
    whole = text.strip()
    try:
        return [one(whole)]
    except ValueError:
        pass
    made: list[str] = []
    for part in filter(None, (each.strip() for each in _BETWEEN.split(whole))):
        pieces = [each for each in map(str.strip, _ALSO_BETWEEN.split(part)) if each]
        try:
            made.append(one(part))
        except ValueError:
            if len(pieces) < 2:
                raise
            made += map(one, pieces)
    return made


def holds(column: sa.ColumnElement[Any], value: str) -> sa.ColumnElement[bool]:
    """Whether a column holds a value among others."""
    text = sa.type_coerce(column, sa.Text())
    around = sa.literal(MARK, sa.Text()) + text + sa.literal(MARK, sa.Text())
    return around.contains(f"{MARK}{value}{MARK}", autoescape=True)


def holding(
    column: sa.ColumnElement[Any], operator: str, wanted: Sequence[str]
) -> sa.ColumnElement[bool]:
    """Whether it holds any of several values, ``all`` of them, or ``none``: who holds nothing holds
    none."""
    each = [holds(column, value) for value in wanted]
    if operator == "all":
        return sa.and_(sa.true(), *each)
    found = sa.or_(sa.false(), *each)
    return sa.or_(column.is_(None), sa.not_(found)) if operator == "none" else found
