"""Numbers of records inside of structures and texts, which are raised with the others.

Every column of the host that may hold such a structure has a rule in :data:`INSIDE`, or is named
in :data:`PLAIN`; those of plugins say it where they are declared.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl, urlencode

import sqlalchemy as sa

from core.data.fields import own_fields
from core.data.query import conditions
from core.data.query.conditions import Clause, Group
from core.data.query.filters import take_apart
from core.data.verifying import DIGESTS, ERASE
from core.host import services
from core.measures.behind import NAME, PREFIX
from core.measures.statement import target_of
from core.portability.rows import Row
from plugin_api.models.numbers import Renumber

Own = Mapping[str, frozenset[str]]
Rule = Callable[[Row, int, Own], Any]
_ABOUT = re.compile(r"(.*:)(\d+)")
_WITHOUT_NUMBERS = ("isnull", "contains", "startswith", "period")


def shifter(
    table: sa.Table, ids: tuple[str, ...], offset: int, own: Own = MappingProxyType({})
) -> Callable[[Row], Row]:
    """Raises every id of a row by a number, those inside of structures too.

    ``own``: model key → names of the company's own fields that name another record.
    """
    rules, exchanged = INSIDE.get(table.name, {}), declared(table)
    numbers = _Raised(offset, own)
    names = own.get(_model_of(table.name), frozenset())

    def shift(row: Row) -> Row:
        shifted = dict(row)
        for name, rule in rules.items():
            shifted[name] = rule(row, offset, own)
        for name, renumber in exchanged.items():
            shifted[name] = renumber(row[name], row, numbers)
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


def declared(table: sa.Table) -> dict[str, Renumber]:
    """Columns of which their model says what becomes of the numbers in them."""
    infos = ((column.name, column.info.get("field")) for column in table.c)
    return {
        name: info.renumber
        for name, info in infos
        if info is not None and info.renumber is not None
    }


@dataclass(frozen=True, slots=True)
class _Raised:
    """See :class:`plugin_api.models.Numbers`."""

    by: int
    own: Own

    def __call__(self, number: int) -> int:
        return number + self.by

    def value(self, model_key: str, name: str, value: Any) -> Any:
        if isinstance(value, int) and name in _references(model_key, self.own):
            return value + self.by
        return value


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


def _changes(row: Row, by: int, own: Own) -> Any:
    changes = dict(row["changes"])
    if row["action"] == ERASE and DIGESTS in changes:
        old, digests = changes[DIGESTS]
        changes[DIGESTS] = [old, {str(int(id_) + by): text for id_, text in digests.items()}]
    for name in _references(row["model"], own) & changes.keys():
        changes[name] = [each + by if isinstance(each, int) else each for each in changes[name]]
    return changes


def _mentions(row: Row, by: int, own: Own) -> Any:
    return [{**each, "id": each["id"] + by} for each in row["mentions"]]


def _params(row: Row, by: int, own: Own) -> Any:
    return _raised_at(row["params"], by, "comment")


def _before(row: Row, by: int, own: Own) -> Any:
    names = frozenset[str]().union(*own.values())
    return {
        name: value + by
        if (name.endswith("_id") or name in names) and isinstance(value, int)
        else value
        for name, value in row["before"].items()
    }


def _about(row: Row, by: int, own: Own) -> Any:
    found = _ABOUT.fullmatch(row["about"] or "")
    return f"{found[1]}{int(found[2]) + by}" if found else row["about"]


def _payload(row: Row, by: int, own: Own) -> Any:
    """Of jobs of the host; what others were started with nobody can read from outside."""
    held = row["payload"]
    if row["job"] == "core.import":
        return _raised_at(held, by, "import")
    if row["job"] == "core.erase" and held:
        return {**held, "left": [{**each, "id": each["id"] + by} for each in held["left"]]}
    return {}


def _result(row: Row, by: int, own: Own) -> Any:
    return _raised_at(row["result"], by, "import") if row["job"] == "core.import" else {}


def _raised_at(held: Mapping[str, Any], by: int, name: str) -> dict[str, Any]:
    value = held.get(name)
    return {**held, name: value + by} if isinstance(value, int) else dict(held)


def _view(row: Row, by: int, own: Own) -> Any:
    return _query(row["query"], row["model"], by, own)


def _tiles(row: Row, by: int, own: Own) -> Any:
    made = []
    for tile in json.loads(row["tiles"] or "[]"):
        query = tile.get("query", "")
        if tile["kind"] == "records":
            query = _query(query, tile["source"], by, own)
        elif tile["kind"] == "analysis":
            query = _analysis(query, tile["source"], by)
        made.append({**tile, "query": query})
    return json.dumps(made, ensure_ascii=False)


def _query(text: str, model: str, by: int, own: Own) -> str:
    """An address names records: ``owner=7``, ``stage__in=3,4``, and so in ``where``."""
    pairs = []
    for name, value in parse_qsl(text, keep_blank_values=True):
        raised = value
        if name == "where":
            raised = conditions.write(_group(conditions.read(value), model, by, own))
        elif name == NAME:
            key, mark, rest = value.partition("?")
            raised = key + mark + _analysis(rest, key, by)
        elif _names_records(name, model, own):
            raised = _raised(value, by)
        pairs.append((name, raised))
    return urlencode(pairs, safe=",")


def _group(group: Group, model: str, by: int, own: Own) -> Group:
    return Group(
        group.mode,
        tuple(
            _group(part, model, by, own)
            if isinstance(part, Group)
            else Clause(part.argument, _raised(part.value, by))
            if _names_records(part.argument, model, own)
            else part
            for part in group.parts
        ),
    )


def _names_records(argument: str, model: str, own: Own) -> bool:
    asked = take_apart(argument)
    if asked.via not in ("", "id") or asked.operator in _WITHOUT_NUMBERS:
        return False
    return asked.name == "id" or asked.name in _references(model, own)


def _analysis(text: str, key: str, by: int) -> str:
    measure = services().registry.measures.get(key)
    numerator = getattr(measure, "numerator", None)
    measure = services().registry.measures.get(numerator) if numerator else measure
    pairs = [
        (name, _raised(value, by) if _is_key(measure, name) else value)
        for name, value in parse_qsl(text, keep_blank_values=True)
    ]
    return urlencode(pairs, safe=",")


def _is_key(measure: Any, name: str) -> bool:
    name = name.removeprefix(PREFIX)
    return measure is not None and target_of((measure,), name) is not None


def _raised(text: str, by: int) -> str:
    return ",".join(
        str(int(each) + by) if each.isascii() and each.isdigit() else each
        for each in text.split(",")
    )


def _references(model_key: str, own: Own) -> frozenset[str]:
    model = services().registry.models.get(model_key)
    if model is None:
        return frozenset()
    declared = {name for name, meta in own_fields(model).items() if meta.target is not None}
    return own.get(model_key, frozenset()) | declared


INSIDE: Mapping[str, Mapping[str, Rule]] = {
    "core_custom_field": {"filled": lambda row, by, own: False},
    "core_audit_entry": {"changes": _changes},
    "core_comment": {"mentions": _mentions},
    "core_notification": {"params": _params},
    "core_imported_row": {"before": _before},
    "core_job_run": {"about": _about, "payload": _payload, "result": _result},
    "core_saved_view": {"query": _view},
    "core_saved_dashboard": {"tiles": _tiles},
}
"""Table → column → what becomes of it."""
PLAIN = frozenset(
    {
        ("core_home_layout", "cards"),
        ("core_saved_map", "columns"),
        ("core_saved_map", "map"),
        ("core_import_run", "kept"),
        ("core_import_run", "map"),
        ("core_import_run", "messages"),
        ("core_setting_value", "value"),
        ("core_user", "muted"),
    }
)
"""Columns with structures that name no record by its number."""
