"""What is sent with an import: rows as a table, and a map or which earlier import has it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from core.api import wire
from core.data.escaping import escape
from core.data.importing import saved
from core.data.importing.mapping import ImportMap, make_map, parse_map
from core.data.importing.reverting import run_of
from plugin_api.context import gettext
from plugin_api.errors import Invalid, NotFound
from plugin_api.models import CompanyModel

MAPS = ("map", "like", "saved")
"""One of them says which column fills which field."""
MAPPING = (*MAPS, "key")
KEPT = ("rows", "name", *MAPPING)
"""What may be sent with rows that are to be kept; with what is done to them, ``MAPPING`` and
``on_error``."""
ON_ERROR = ("stop", "skip")


def on_error_of(sent: Mapping[str, Any]) -> str:
    """What a wrong row means. Raises Invalid for this and for fields that nothing knows."""
    known = (*MAPPING, "on_error")
    errors = {name: [gettext("There is no such field.")] for name in sent if name not in known}
    found = sent.get("on_error", "stop")
    if found not in ON_ERROR:
        errors["on_error"] = [gettext("expected one of: %(known)s", known=", ".join(ON_ERROR))]
    _check(errors)
    return str(found)


def map_of(model: type[CompanyModel], sent: Mapping[str, Any]) -> ImportMap:
    """The map that is sent, that of an earlier import (``like``) or one that the company keeps
    under a name (``saved``), with the ``key`` that is sent. Raises Invalid, UnusableMap."""
    errors: dict[str, list[Any]] = {}
    used = ImportMap()
    given = [name for name in MAPS if sent.get(name)]
    if len(given) > 1:
        errors[given[1]] = [gettext("Send one map only.")]
    elif sent.get("map"):
        used = _map(sent["map"], errors)
    elif sent.get("like"):
        used = _like(model, sent["like"], errors)
    elif sent.get("saved"):
        kept = saved.named(f"{model.plugin_id()}.{model.__collection__}", str(sent["saved"]))
        if kept is None:
            errors["saved"] = [gettext("There is no such map any more.")]
        else:
            used = saved.map_of(kept)
    key = sent.get("key")
    if key:
        names = key.split(",") if isinstance(key, str) else key
        if isinstance(names, list) and all(isinstance(name, str) for name in names):
            used = used.with_key(*(name.strip() for name in names))
        else:
            errors["key"] = [gettext("Expected a text.")]
    _check(errors)
    return used


def content_of(sent: Mapping[str, Any]) -> bytes:
    """Rows as the engine reads them: a table whose columns are all names that any row has.
    Raises Invalid naming the first rows at fault."""
    rows = sent.get("rows")
    _check({name: [gettext("There is no such field.")] for name in sent if name not in KEPT})
    if not isinstance(rows, list) or not rows:
        raise Invalid(
            gettext("Some fields need another look."),
            errors={"rows": [gettext("Send a list of objects.")]},
        )
    errors: dict[str, list[Any]] = {}
    columns: dict[str, None] = {}
    for number, row in enumerate(rows):
        if not isinstance(row, dict):
            errors[f"rows.{number}"] = [gettext("Send a list of objects.")]
            continue
        columns |= dict.fromkeys(row)
        for name, value in row.items():
            if isinstance(value, dict | list):
                errors[f"rows.{number}.{name}"] = [gettext("Send a text, a number, or nothing.")]
        if len(errors) > 100:  # enough to see what is wrong
            break
    _check(errors)
    return _table(list(columns), rows)


def _table(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(name)) for name in columns])
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    # The import takes away what keeps a text from being a formula, so one must be there.
    return escape(value) if isinstance(value, str) else str(value)


def _map(sent: Any, errors: dict[str, list[Any]]) -> ImportMap:
    if isinstance(sent, dict):
        return make_map(_plain(sent))
    content = sent.encode() if isinstance(sent, str) else sent
    if not isinstance(content, bytes):
        errors["map"] = [gettext("Send an object, or the text of a map.")]
        return ImportMap()
    if content.lstrip()[:1] != b"{":
        return parse_map(content, "map")
    try:
        return make_map(json.loads(content))
    except (ValueError, RecursionError) as error:
        errors["map"] = [wire.no_json(error)]
        return ImportMap()


def _plain(value: Any) -> Any:
    """What JSON said, with numbers as TOML has them."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, Decimal) else value


def _like(model: type[CompanyModel], number: Any, errors: dict[str, list[Any]]) -> ImportMap:
    text = str(number)
    try:
        if isinstance(number, bool) or not (text.isascii() and text.isdigit() and len(text) < 19):
            raise NotFound("")
        run = run_of(int(text))
        if run.collection != f"{model.plugin_id()}.{model.__collection__}":
            raise NotFound("")
    except NotFound:
        errors["like"] = [gettext("There is no such import.")]
        return ImportMap()
    return make_map(run.map)


def _check(errors: Mapping[str, Sequence[Any]]) -> None:
    if errors:
        raise Invalid(gettext("Some fields need another look."), errors=errors)
