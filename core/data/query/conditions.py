"""``where=``: conditions that hold all together, or any of them, as compact JSON.

::

    {"any": [{"stage__in": "3,4"}, {"all": [{"owner": "7"}, {"amount__gte": "5000"}]}]}

A condition is an object with one argument of a list's address and its value; a group stands
in the outermost one at most.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from core.data.query import filters
from plugin_api.context import gettext
from plugin_api.models import Base

MOST_CONDITIONS = 40
LONGEST = 6000

Mode = Literal["all", "any"]


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition: ``amount__gte`` and ``5000``."""

    argument: str
    value: str


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions of which all must hold, or any. Groups stand in the outermost one only."""

    mode: Mode
    parts: tuple[Clause | Group, ...]


def read(text: str) -> Group:
    """The conditions that an argument holds. Raises ValueError in words."""
    if len(text) > LONGEST:
        raise ValueError(gettext("These are too many conditions for one address."))
    try:
        held = json.loads(text, object_pairs_hook=_single)
    except (ValueError, RecursionError):
        raise _unreadable() from None
    group = _part(held, outer=True)
    if not isinstance(group, Group):
        raise _unreadable()
    if sum(1 for _ in clauses(group)) > MOST_CONDITIONS:
        raise ValueError(gettext("At most %(most)s conditions.", most=MOST_CONDITIONS))
    return group


def write(group: Group) -> str:
    """The argument that :func:`read` reads as the same conditions."""
    return json.dumps(_plain(group), ensure_ascii=False, separators=(",", ":"))


def clauses(group: Group) -> list[Clause]:
    """All conditions, in order, whatever groups they stand in."""
    found: list[Clause] = []
    for part in group.parts:
        found += clauses(part) if isinstance(part, Group) else [part]
    return found


def condition(model: type[Base], text: str, arguments: Mapping[str, str]) -> sa.ColumnElement[bool]:
    """What a record must fulfil. ``arguments`` are those of the whole question, where a
    currency may stand. Raises ValueError in words."""
    return _compiled(model, read(text), arguments)


def _compiled(
    model: type[Base], group: Group, arguments: Mapping[str, str]
) -> sa.ColumnElement[bool]:
    plain = [part for part in group.parts if isinstance(part, Clause)]
    known = dict(arguments)
    if group.mode == "all":
        known |= {clause.argument: clause.value for clause in plain}
    made = []
    for part in group.parts:
        if isinstance(part, Group):
            made.append(_compiled(model, part, known))
        else:
            made.append(_one(model, part, known))
    return sa.and_(*made) if group.mode == "all" else sa.or_(*made)


def _one(model: type[Base], clause: Clause, arguments: Mapping[str, str]) -> sa.ColumnElement[bool]:
    try:
        asked = filters.take_apart(clause.argument)
        return filters.condition(model, asked, clause.value, arguments)
    except ValueError as error:
        raise ValueError(f"{clause.argument}: {error}") from None


def _single(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Every object has one key: a condition or a group."""
    if len(pairs) != 1:
        raise ValueError(pairs)
    return dict(pairs)


def _part(held: Any, *, outer: bool) -> Clause | Group:
    if not isinstance(held, dict):
        raise _unreadable()
    [(name, value)] = held.items()
    if isinstance(value, list):
        if name not in ("all", "any") or not value:
            raise _unreadable()
        parts = tuple(_part(part, outer=False) for part in value)
        if not outer and any(isinstance(part, Group) for part in parts):
            raise ValueError(gettext("A group stands in the outermost group only."))
        return Group("all" if name == "all" else "any", parts)
    if not isinstance(value, str) or not name:
        raise _unreadable()
    return Clause(name, value)


def _plain(part: Clause | Group) -> dict[str, Any]:
    if isinstance(part, Clause):
        return {part.argument: part.value}
    return {part.mode: [_plain(each) for each in part.parts]}


def _unreadable() -> ValueError:
    return ValueError(
        gettext('Expected conditions such as {"any": [{"name__contains": "x"}, {"id": "7"}]}.')
    )
