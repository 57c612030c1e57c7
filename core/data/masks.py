"""Masked values in statements, and those that come back.

What a statement reads, sorts, filters, groups or searches by is the masked text itself, made by
the database: nothing that is asked about a masked field is answered from more than what is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from core.host import services
from plugin_api import masking
from plugin_api.context import Text, gettext
from plugin_api.masking import LONG, SHORT, STARS, masked
from plugin_api.models.fields import Kind

Column = sa.ColumnElement[Any]


def value(kind: Kind, held: Any) -> Any:
    """A value as who may not see it whole sees it."""
    return masked(kind, held) if isinstance(held, str) else None


def column(kind: Kind, whole: Column) -> Column:
    """The same of a column, in SQL."""
    length, stars = sa.func.length(whole), _fixed(STARS)
    tail = sa.func.substr(whole, length - _fixed(3), _fixed(4))
    whens: list[tuple[Any, Any]] = [(whole.is_(None), sa.null())]
    if kind == "email":
        at = _place_of_at(whole)
        first = sa.func.substr(
            whole, _fixed(1), sa.case((at > _fixed(1), _fixed(1)), else_=_fixed(0))
        )
        whens.append((at > _fixed(0), first + _fixed("***") + sa.func.substr(whole, at)))
    if kind == "phone":
        begin = sa.func.substr(whole, _fixed(1), _fixed(3))
        whens.append((length >= _fixed(LONG), begin + stars + tail))
    if kind in ("phone", "text"):
        whens.append((length >= _fixed(SHORT), stars + tail))
    return sa.type_coerce(sa.case(*whens, else_=stars), sa.String())


def looks_masked(sent: Any) -> bool:
    """Whether a value may be what somebody was shown instead of it."""
    return isinstance(sent, str) and masking.looks_masked(sent)


def is_untouched(kind: Kind, sent: Any, held: Any) -> bool:
    """Whether what is sent back is only the mask of what is there."""
    if not (looks_masked(sent) and isinstance(held, str)) or sent == held:
        return False
    return bool(sent == masked(kind, held))


def refusal() -> Text:
    """Why a masked text is not taken for a value."""
    return gettext("This is only what is shown of a value. Enter it whole.")


def without_untouched(
    metas: Mapping[str, Any], values: Mapping[str, Any], held: Mapping[str, Any]
) -> dict[str, Any]:
    """Values without those that are only masks of what is held, whoever sends them: a file may
    come from somebody who sees less. ``metas`` by any name of a field, ``held`` by view name."""
    return {
        key: sent
        for key, sent in values.items()
        if (meta := metas.get(key)) is None
        or not is_untouched(meta.kind, sent, held.get(meta.name))
    }


def _place_of_at(whole: Column) -> Column:
    find = sa.func.instr if services().engine.dialect.name == "sqlite" else sa.func.strpos
    return find(whole, _fixed("@"))


def _fixed(value: int | str) -> Column:
    """A part of the text of a statement: PostgreSQL takes two expressions that differ in the
    number of a parameter for different ones, and does not group by what it selects."""
    kind: sa.types.TypeEngine[Any] = sa.String() if isinstance(value, str) else sa.Integer()
    return sa.bindparam(None, value, kind, literal_execute=True, unique=True)
