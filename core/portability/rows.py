"""Rows as lines of JSON that mean the same for every database."""

from __future__ import annotations

import base64
import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl, urlencode

import sqlalchemy as sa

from core.data.fields import fields_of
from core.data.verifying import DIGESTS, ERASE
from core.host import services
from plugin_api.models import ScaledDecimal, UTCDateTime

Row = dict[str, Any]
Own = Mapping[str, frozenset[str]]
_ABOUT = re.compile(r"(.*:)(\d+)")


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


def shifter(
    table: sa.Table, ids: tuple[str, ...], offset: int, own: Own = MappingProxyType({})
) -> Callable[[Row], Row]:
    """Raises every id of a row by a number, those inside of structures too.

    ``own``: model key → names of the company's own fields that name another record.
    """
    inside = _INSIDE.get(table.name, _nothing)
    names = own.get(_model_of(table.name), frozenset())

    def shift(row: Row) -> Row:
        shifted = inside(dict(row), offset, own)
        for name in ids:
            if shifted[name] is not None:
                shifted[name] += offset
        if names and row.get("custom"):
            shifted["custom"] = {
                name: value + offset if name in names and isinstance(value, int) else value
                for name, value in row["custom"].items()
            }
        return shifted

    return shift if offset else lambda row: row


def own_references(rows: Iterable[Row]) -> Own:
    """Fields that name another record, of the definitions of a company's own fields."""
    found: dict[str, frozenset[str]] = {}
    for row in rows:
        if row["kind"] == "reference":
            found[row["model"]] = found.get(row["model"], frozenset()) | {row["name"]}
    return found


def _model_of(table: str) -> str:
    models = services().registry.models
    return next((key for key, model in models.items() if model.__tablename__ == table), "")


def _nothing(row: Row, by: int, own: Own) -> Row:
    return row


def _audit(row: Row, by: int, own: Own) -> Row:
    changes = dict(row["changes"])
    if row["action"] == ERASE and DIGESTS in changes:
        old, digests = changes[DIGESTS]
        changes[DIGESTS] = [old, {str(int(id_) + by): text for id_, text in digests.items()}]
    for name in _references(row["model"], own) & changes.keys():
        changes[name] = [each + by if isinstance(each, int) else each for each in changes[name]]
    return row | {"changes": changes}


def _comment(row: Row, by: int, own: Own) -> Row:
    return row | {"mentions": [{**each, "id": each["id"] + by} for each in row["mentions"]]}


def _notification(row: Row, by: int, own: Own) -> Row:
    params = dict(row["params"])
    if isinstance(params.get("comment"), int):
        params["comment"] += by
    return row | {"params": params}


def _imported(row: Row, by: int, own: Own) -> Row:
    names = frozenset[str]().union(*own.values())
    before = {
        name: value + by
        if (name.endswith("_id") or name in names) and isinstance(value, int)
        else value
        for name, value in row["before"].items()
    }
    return row | {"before": before}


def _job(row: Row, by: int, own: Own) -> Row:
    found = _ABOUT.fullmatch(row["about"] or "")
    return row | {"about": f"{found[1]}{int(found[2]) + by}"} if found else row


def _view(row: Row, by: int, own: Own) -> Row:
    """A saved view names records in its address: ``owner=7``, ``stage__in=3,4``."""
    references = _references(row["model"], own)
    pairs = [
        (name, _raised(value, by) if name.partition("__")[0] in references else value)
        for name, value in parse_qsl(row["query"], keep_blank_values=True)
    ]
    return row | {"query": urlencode(pairs)}


def _raised(text: str, by: int) -> str:
    return ",".join(
        str(int(each) + by) if each.isascii() and each.isdigit() else each
        for each in text.split(",")
    )


def _references(model_key: str, own: Own) -> frozenset[str]:
    model = services().registry.models.get(model_key)
    if model is None:
        return frozenset()
    declared = {name for name, meta in fields_of(model).items() if meta.target is not None}
    return own.get(model_key, frozenset()) | declared


_INSIDE: Mapping[str, Callable[[Row, int, Own], Row]] = {
    "core_audit_entry": _audit,
    "core_comment": _comment,
    "core_notification": _notification,
    "core_imported_row": _imported,
    "core_job_run": _job,
    "core_saved_view": _view,
}
"""Tables whose structures name rows of the company."""
