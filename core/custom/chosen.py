"""Several choices beside the records: a row for each that a record holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from core.custom.models import CHOICE_LENGTH
from core.data import several
from core.data.meta import FieldMeta

KIND = "choices"


def rows(meta: FieldMeta, held: Sequence[tuple[int, str]]) -> Iterator[dict[str, Any]]:
    """What stands beside records that hold something. ``held`` are ids and texts."""
    for id_, text in held:
        for value in dict.fromkeys(several.parts(text)):
            # What somebody saved while the type was changed may be a text of any length.
            if len(value) <= CHOICE_LENGTH:
                yield {"field_id": meta.custom, "record_id": id_, "value": value}


def differ(
    held: sa.ColumnElement[Any], entity: Any, same: sa.ColumnElement[bool]
) -> sa.ColumnElement[bool]:
    """Whether a record holds other choices than stand beside it; ``same`` tells which rows of
    ``entity`` are the record's. As many there as in the text, and each of them in it, are the
    same."""
    text = sa.func.nullif(sa.type_coerce(held, sa.Text()), "")
    marks = sa.func.length(text) - sa.func.length(sa.func.replace(text, several.MARK, ""))
    number = sa.select(sa.func.count()).where(same).scalar_subquery()
    around, value = several.MARK + text + several.MARK, several.MARK + entity.value + several.MARK
    without = sa.func.replace(around, value, "")
    strange = sa.exists().where(same, without == around)
    return sa.or_(number != sa.func.coalesce(marks + 1, 0), strange)
