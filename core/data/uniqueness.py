"""What may be there only once in a company."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from core.data.fields import FieldMeta, column_of, fields_of, value_of
from core.data.shapes import Shape, shape_of
from core.host import services
from plugin_api.context import gettext
from plugin_api.errors import Rejected
from plugin_api.models import Base, CompanyModel

Group = tuple[str, ...]
"""Attributes that together are unique inside a company."""

CHUNK = 300
_SQLITE = re.compile(r"(UNIQUE|FOREIGN KEY|CHECK) constraint failed(?:: (.*))?")


def touches(model: type[Base], attributes: Collection[str]) -> bool:
    """Whether some of the attributes must be unique."""
    return any(not set(group).isdisjoint(attributes) for group in shape_of(model).unique)


def at_risk(record: CompanyModel, changed: Collection[str] | None = None) -> list[Group]:
    """Groups of which the record holds all values; with ``changed``, one of those attributes."""
    shape = shape_of(type(record))
    return [
        group
        for group in shape.unique
        if (changed is None or not set(group).isdisjoint(changed))
        and None not in _values(record, group, shape)
    ]


def some_at_risk(records: Sequence[CompanyModel]) -> bool:
    """Whether one of some records of a model holds what must be unique."""
    shape = shape_of(type(records[0]))
    return any(
        None not in _values(record, group, shape) for group in shape.unique for record in records
    )


def clashes(
    records: Sequence[CompanyModel], changed: Collection[str] | None = None
) -> dict[int, Rejected]:
    """Position of each record that stands against another one → the refusal.

    All are of one model; those that are stored already do not stand against themselves.
    """
    made: dict[int, Rejected] = {}
    wanted: dict[Group, dict[tuple[Any, ...], int]] = {}
    if not records:
        return made
    shape = shape_of(type(records[0]))
    groups = [g for g in shape.unique if changed is None or not set(g).isdisjoint(changed)]
    for i, record in enumerate(records):
        for group in groups:
            values = _values(record, group, shape)
            if None in values:
                continue
            if wanted.setdefault(group, {}).setdefault(values, i) != i:
                made.setdefault(i, _refusal(type(record), group, values))
    for group, places in wanted.items():
        for values in _stored(records, group, list(places)):
            i = places[values]
            made.setdefault(i, _refusal(type(records[i]), group, values))
    return made


def _stored(
    records: Sequence[CompanyModel], group: Group, wanted: list[tuple[Any, ...]]
) -> set[tuple[Any, ...]]:
    model: Any = type(records[0])
    by_key = shape_of(model).by_key
    columns = [
        column_of(model, by_key[key]) if key in by_key else getattr(model, key) for key in group
    ]
    own = [record.id for record in records if record.id is not None]
    session = services().session
    found: set[tuple[Any, ...]] = set()
    with session.no_autoflush:
        for start in range(0, len(wanted), CHUNK):
            some = wanted[start : start + CHUNK]
            if len(group) == 1:
                there = columns[0].in_([values[0] for values in some])
            else:
                there = sa.or_(
                    *(
                        sa.and_(*(c == v for c, v in zip(columns, values, strict=True)))
                        for values in some
                    )
                )
            query = sa.select(*columns).where(there)
            if own:
                query = query.where(model.id.not_in(own))
            found.update(tuple(row) for row in session.execute(query))
    return found.intersection(wanted)


def _values(record: CompanyModel, group: Group, shape: Shape) -> tuple[Any, ...]:
    by_key = shape.by_key
    return tuple(
        value_of(record, by_key[key]) if key in by_key else getattr(record, key) for key in group
    )


def refusal_of(error: IntegrityError, model: type[Base]) -> Rejected:
    """What the database's refusal of a record of ``model`` means, in words."""
    kind, table, columns = _told(error)
    if kind == "unique" and table == model.__tablename__:
        for group in shape_of(model).unique:
            if set(group) == columns:
                return _refusal(model, group, None)
    if kind == "unique":
        return Rejected("", gettext("There is such a record already."))
    if kind == "foreign":
        return Rejected("", gettext("Something that the record refers to is not there."))
    return Rejected("", gettext("The database refuses these values."))


def _told(error: IntegrityError) -> tuple[str, str, set[str]]:
    """Kind, table and columns (by attribute) of the constraint that was violated."""
    diagnosis: Any = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        kinds = {"23505": "unique", "23503": "foreign"}
        kind = kinds.get(diagnosis.sqlstate or "", "")
        table = diagnosis.table_name or ""
        return kind, table, _columns(table, diagnosis.constraint_name) - {"company_id"}
    found = _SQLITE.search(str(error.orig))
    if found is None:
        return "", "", set()
    kind = {"UNIQUE": "unique", "FOREIGN KEY": "foreign"}.get(found[1], "")
    pairs = [name.split(".") for name in (found[2] or "").split(", ") if "." in name]
    return kind, pairs[0][0] if pairs else "", {pair[1] for pair in pairs} - {"company_id"}


def _columns(table: str, name: str | None) -> set[str]:
    """Columns of what is unique in a table under a name."""
    known = Base.metadata.tables.get(table)
    if known is None:
        return set()
    named = {
        str(one.name): set(one.columns.keys())
        for one in (*known.constraints, *known.indexes)
        if isinstance(one, sa.UniqueConstraint | sa.Index)
    }
    return named.get(name or "", set())


def _refusal(model: type[Base], group: Group, values: tuple[Any, ...] | None) -> Rejected:
    by_key = shape_of(model).by_key
    known = fields_of(model)
    metas = [by_key[key] for key in group if key in by_key and by_key[key].name in known]
    field = next((m for m in metas if not m.readonly), metas[0] if metas else None)
    if len(group) == 1 and field is not None and field.kind != "reference" and values:
        return Rejected(field.name, gettext("“%(value)s” already exists.", value=values[0]))
    thing = model.__label__ or gettext("record")
    return Rejected(field.name if field else "", _same(thing, metas))


def _same(thing: Any, metas: list[FieldMeta]) -> str:
    if not metas:
        return str(gettext("Such a record already exists: %(thing)s.", thing=thing))
    names = ", ".join(str(meta.label) for meta in metas)
    return str(
        gettext(
            "%(thing)s: a record with the same %(fields)s already exists.",
            thing=thing, fields=names,
        )
    )  # fmt: skip
