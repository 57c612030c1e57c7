"""Many rows in one parameter: how PostgreSQL is given what it inserts.

A statement with a parameter for each value of each row is a new one for each number of rows, and
most of the time goes into binding parameters. The rows as one text of JSON make the same statement
for any number of them; the database takes it apart by the types of the columns.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.compiler import _InsertManyValuesBatch

LEAST = 5
"""Rows for which it is worth it."""
_VALUE = re.compile(r"%\((\w+)\)s(?:::([A-Z][A-Z0-9 (),]*))?")


class Unfit(Exception):
    """A value that JSON does not hold as the column would."""


def batches(
    compiled: Any, statement: str, parameters: Sequence[dict[str, Any]], size: int
) -> Iterator[_InsertManyValuesBatch] | None:
    """The statements that insert the rows; None where they are not to be written like this."""
    form = _form(compiled, statement) if len(parameters) >= LEAST else None
    if form is None:
        return None
    insert, names = form
    counted = [(f"c{i}", name) for i, name in enumerate(names)]
    some = [parameters[start : start + size] for start in range(0, len(parameters), size)]
    try:
        texts = [
            json.dumps(
                [
                    {"n": n, **{short: row[name] for short, name in counted}}
                    for n, row in enumerate(rows)
                ],
                default=plain, ensure_ascii=False, separators=(",", ":"),
            )
            for rows in some
        ]  # fmt: skip
    except Unfit:
        return None
    sorted_ = bool(compiled._insertmanyvalues.sort_by_parameter_order)
    return (
        _InsertManyValuesBatch(
            insert, {"rows": text}, None, rows, [], len(rows), number, len(some), sorted_, False
        )
        for number, (rows, text) in enumerate(zip(some, texts, strict=True), 1)
    )


def _form(compiled: Any, statement: str) -> tuple[str, list[str]] | None:
    """The statement for any number of rows, and which parameters of a row it takes."""
    known: dict[str, Any] = compiled.__dict__.setdefault("xiaoguan_rowsets", {})
    if statement not in known:
        known[statement] = _written(compiled, statement)
    found: tuple[str, list[str]] | None = known[statement]
    return found


def _written(compiled: Any, statement: str) -> tuple[str, list[str]] | None:
    many = compiled._insertmanyvalues
    if (
        many.is_default_expr or many.includes_upsert_behaviors
        or (many.sort_by_parameter_order and not many.implicit_sentinel)
    ):  # fmt: skip
        return None
    columns, types, names = [], [], []
    for column, quoted, expression, _names in many.insert_crud_params:
        value = _VALUE.fullmatch(expression)
        if value is None or isinstance(column.type, sa.LargeBinary):
            return None
        columns.append(quoted)
        names.append(value[1])
        types.append(value[2] or compiled.dialect.type_compiler_instance.process(column.type))
    head, parted, returned = statement.partition(" RETURNING ")
    start = f"({', '.join(columns)})"
    if start not in head:
        return None
    into = head[: head.index(start)] + start
    fields = ", ".join(f"c{i} {type_}" for i, type_ in enumerate(types))
    picked = ", ".join(f"c{i}" for i in range(len(types)))
    source = f"json_to_recordset(%(rows)s::json) AS given(n INTEGER, {fields})"
    return f"{into} SELECT {picked} FROM {source} ORDER BY n{parted}{returned}", names


def plain(value: Any) -> Any:
    """What JSON does not know of itself, as the database takes it. Raises Unfit."""
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    held = getattr(value, "obj", None)
    if held is None:
        raise Unfit
    return held
