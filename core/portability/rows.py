"""Rows as lines of JSON that mean the same for every database."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api.models import ScaledDecimal, UTCDateTime

Row = dict[str, Any]


def encoded(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value


def decoder(table: sa.Table) -> Callable[[Row], Row]:
    """Turns a line back into values of the table's columns."""
    kinds = {column.name: _reader(column.type) for column in table.c}

    def decode(row: Row) -> Row:
        return {
            name: kinds[name](value) if value is not None else None for name, value in row.items()
        }

    return decode


def _reader(kind: Any) -> Callable[[Any], Any]:
    if isinstance(kind, UTCDateTime):
        return dt.datetime.fromisoformat
    if isinstance(kind, sa.Date):
        return dt.date.fromisoformat
    if isinstance(kind, ScaledDecimal):
        return Decimal
    if isinstance(kind, sa.LargeBinary):
        return base64.b64decode
    return lambda value: value
