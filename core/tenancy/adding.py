"""Rows that are added without objects: of one table or of many, with one statement.

A record is written with rows of other tables that nothing asks for before the transaction goes
on: its trail, what it is found by, who follows it. They wait in the session and are sent together
with the next statement that could see them, or before the commit. On PostgreSQL one statement
takes them all, each table's rows as one text of JSON (see :mod:`core.tenancy.rowsets`).

What is written like this passes no object of the ORM, so that what a flush would do is done here:
defaults, version, who and when, and the company, which no row may bring along.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from core.tenancy.errors import WallError
from core.tenancy.forms import Form, form_of
from core.tenancy.rowsets import plain
from plugin_api.models import CompanyModel

MOST = 4000
"""Rows of a table that one statement takes."""
MOST_STATEMENTS = 500
Row = Mapping[str, Any]
"""Values by column; what is left out gets its default."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Whose rows they are, who adds them and when."""

    company: int
    person: int | None
    moment: dt.datetime


@dataclass(frozen=True, slots=True)
class Lot:
    """Rows of a table."""

    model: type[CompanyModel]
    rows: list[Row]
    same: Row
    """What all of them have; no row says it."""
    stamp: Stamp


_Shape = tuple[type[CompanyModel], bool, frozenset[str]]
"""A model, whether rows bring their ids, and what all have."""
_statements: dict[tuple[_Shape, ...], str] = {}


def numbers(connection: sa.Connection, model: type[CompanyModel], count: int) -> list[int]:
    """Ids for rows that are to be added in this transaction, in ascending order."""
    table = str(model.__tablename__)
    if connection.dialect.name == "postgresql":
        asked = (
            "select nextval(s) from (select pg_get_serial_sequence(%(table)s, 'id')::regclass s)"
            " as found, generate_series(1, %(count)s)"
        )
        given = {"table": f'"{table}"', "count": count}
        return sorted(connection.exec_driver_sql(asked, given).scalars())
    # Nobody else writes: who may write holds the lock from the beginning.
    taken = "update sqlite_sequence set seq = seq + ? where name = ? returning seq"
    last = connection.exec_driver_sql(taken, (count, table)).scalar()
    if last is None:
        last = count
        begun = "insert into sqlite_sequence (seq, name) values (?, ?)"
        connection.exec_driver_sql(begun, (count, table))
    first = last - count + 1
    return list(range(first, first + count))


def insert(connection: sa.Connection, lots: Sequence[Lot]) -> None:
    """Write rows. Raises what the database raises; WallError for what is not written like this."""
    if connection.dialect.name != "postgresql":
        for lot in lots:
            _insert_on_sqlite(connection, lot)
    else:
        for some in _together(lots):
            _insert_on_postgresql(connection, some)


def _together(lots: Sequence[Lot]) -> Iterator[list[Lot]]:
    """What one statement takes: rows of a table once, or their ids would be in any order, and few
    enough. Later ones may refer to earlier ones."""
    found: list[Lot] = []
    for lot in lots:
        for start in range(0, len(lot.rows), MOST):
            some = replace(lot, rows=lot.rows[start : start + MOST])
            if any(each.model is lot.model for each in found):
                yield found
                found = []
            found.append(some)
    if found:
        yield found


def _form(model: type[CompanyModel], dialect: sa.Dialect) -> Form:
    found = form_of(model, dialect)
    if found is None:
        raise WallError(f"rows of {model.model_key()} are made of objects only")
    return found


def _insert_on_sqlite(connection: sa.Connection, lot: Lot) -> None:
    stamp = lot.stamp
    form = _form(lot.model, connection.dialect)
    _check(form, lot)
    fixed: dict[str, Any] = {
        "company_id": stamp.company,
        "created_by": stamp.person,
        "updated_by": stamp.person,
    }
    fixed |= dict.fromkeys(form.timed, stamp.moment)
    fallbacks = form.fallbacks()
    has_id = form.numbered and "id" in lot.rows[0]
    names = [name for name in form.names if name != "id" or has_id or not form.numbered]
    columns = (*form.stamped, *names)
    same = {**fallbacks, **fixed, **lot.same}
    given = frozenset().union(*lot.rows)
    # Column by column: what all rows have alike is made ready once.
    held = [_column(form, name, lot.rows, same, name in given) for name in columns]
    if has_id not in form.texts:
        written = ", ".join(form.columns[name] for name in columns)
        form.texts[has_id] = (
            f"INSERT INTO {form.table} ({written}) VALUES ({', '.join('?' * len(columns))})"
        )
    connection.exec_driver_sql(form.texts[has_id], list(zip(*held, strict=True)))


def _column(
    form: Form, name: str, rows: Sequence[Mapping[str, Any]], same: Mapping[str, Any], differs: bool
) -> list[Any]:
    """The values of a column as the driver takes them."""
    process, fallen = form.processes.get(name), form.fallen.get(name)
    fallback = None if fallen is None else fallen()
    make = form.defaults.get(name) if name not in same else None
    if not differs and make is None:
        value = same.get(name)
        value = fallback if value is None else value
        return [value if process is None else process(value)] * len(rows)
    if make is None:
        usual = same.get(name)
        values = [row.get(name, usual) for row in rows]
    else:
        values = [row[name] if name in row else make() for row in rows]
    if fallback is not None:
        values = [fallback if value is None else value for value in values]
    return values if process is None else list(map(process, values))


def _check(form: Form, lot: Lot) -> None:
    for row in (lot.same, *lot.rows):
        if not row.keys() <= form.processes.keys():
            unknown = ", ".join(sorted(row.keys() - form.processes.keys()))
            raise WallError(f"{form.table}: rows bring along {unknown}")


def _insert_on_postgresql(connection: sa.Connection, lots: Sequence[Lot]) -> None:
    dialect = connection.dialect
    given: dict[str, Any] = {"company": lots[0].stamp.company}
    forms = [_form(lot.model, dialect) for lot in lots]
    for number, (form, lot) in enumerate(zip(forms, lots, strict=True)):
        given[f"person{number}"] = lot.stamp.person
        given[f"moment{number}"] = lot.stamp.moment
        given[f"rows{number}"], given[f"same{number}"] = _texts(form, lot)
    key = tuple(
        (lot.model, form.numbered and "id" in lot.rows[0], frozenset(lot.same))
        for form, lot in zip(forms, lots, strict=True)
    )
    statement = _statements.get(key)
    if statement is None:
        parts = [
            _written(form, number, has_id, same)
            for number, (form, (_model, has_id, same)) in enumerate(zip(forms, key, strict=True))
        ]
        *others, last = parts
        named = ", ".join(f"w{i} AS ({part})" for i, part in enumerate(others))
        if len(_statements) >= MOST_STATEMENTS:
            _statements.clear()
        statement = _statements[key] = f"WITH {named} {last}" if others else last
    connection.exec_driver_sql(statement, given)


def _written(form: Form, number: int, has_id: bool, same: frozenset[str]) -> str:
    names = [n for n in form.names if n != "id" or has_id or not form.numbered]
    shorts = form.shorts
    who = f"%(person{number})s::bigint"
    fixed: dict[str, Any] = {
        "company_id": "%(company)s::bigint",
        "created_by": who,
        "updated_by": who,
    }
    picked = [fixed[name] for name in form.stamped]
    for name in names:
        if name in same:
            picked.append(f"s.{shorts[name]}")
        elif name in form.fallen:
            picked.append(f"coalesce(r.{shorts[name]}, s.{shorts[name]})")
        elif name in form.timed:
            picked.append(f"coalesce(r.{shorts[name]}, %(moment{number})s::timestamptz)")
        else:
            picked.append(f"r.{shorts[name]}")
    fields = [f"{shorts[n]} {form.types[n]}" for n in form.names if n not in same]
    beside = [f"{shorts[n]} {form.types[n]}" for n in form.names if n in same or n in form.fallen]
    source = (
        f"ROWS FROM (json_to_recordset(%(rows{number})s::json) AS ({', '.join(fields)}))"
        " WITH ORDINALITY AS r"
    )
    if beside:
        source += f", json_to_record(%(same{number})s::json) AS s({', '.join(beside)})"
    ordered = "" if has_id or not form.numbered else " ORDER BY r.ordinality"
    columns = ", ".join(form.columns[name] for name in (*form.stamped, *names))
    return f"INSERT INTO {form.table} ({columns}) SELECT {', '.join(picked)} FROM {source}{ordered}"


def _texts(form: Form, lot: Lot) -> tuple[str, str]:
    """The rows, and what all have, as JSON."""
    defaults = [(name, default) for name, default in form.defaults.items() if name not in lot.same]
    rows: Sequence[Row] = lot.rows
    if defaults:
        rows = [
            {**{name: default() for name, default in defaults if name not in row}, **row}
            for row in rows
        ]
    try:
        same = form.plain({**form.fallbacks(), **lot.same})
        return _json([form.plain(row) for row in rows]), _json(same)
    except KeyError:
        _check(form, lot)
        raise


def _json(value: Any) -> str:
    return json.dumps(value, default=plain, ensure_ascii=False, separators=(",", ":"))
