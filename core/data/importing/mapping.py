"""Maps: which column fills which field, written as TOML.

::

    [options]
    key = "external_id"
    [columns]
    external_id = "opportunity_id"
    account = "account"                 # found by what finds an account, its name first
    account.external_id = "account no"  # or by this field of it
    amount = 7                          # the seventh column
    name = ["first_name", "last_name"]  # several, with a blank between
    [values.stage]
    "Won" = "won"                       # "" stands for an empty cell, on either side
    [defaults]
    currency = "USD"                    # where there is no column, or its cell is empty
    [scale]
    amount = 1000                       # the column is in thousands
    [only]
    status = ["1", "2"]                 # rows to take, by a column
    [except]
    person = ""                         # rows to leave out
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from core.data.importing.errors import UnusableMap
from core.data.importing.options import Options
from plugin_api.context import gettext

MOST_SKIPPED = 100_000
_DATE_FORMAT = re.compile(r"(?:[^%\x00]|%[A-Za-z%]){1,60}")
SECTIONS = ("options", "columns", "values", "defaults", "scale", "only", "except")


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportMap:
    """A map as written. Nothing of it has been held against a collection or a file yet.

    ``columns`` and ``defaults`` are keyed by field, or by ``<reference>.<field to find by>``.
    """

    options: Options = field(default_factory=Options)
    columns: Mapping[str, str | int | tuple[str | int, ...]] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    scale: Mapping[str, Decimal] = field(default_factory=dict)
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    leave_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def with_key(self, *key: str) -> ImportMap:
        """The same map with another key."""
        return replace(self, options=replace(self.options, key=key))


def read_map(path: Path) -> ImportMap:
    """The map in a TOML file. Raises UnusableMap."""
    return parse_map(path.read_bytes(), path.name)


def parse_map(content: bytes, name: str) -> ImportMap:
    """The map that the content of a TOML file holds. Raises UnusableMap."""
    try:
        data = tomllib.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnusableMap(
            [gettext("The map %(name)s cannot be read: %(why)s.", name=name, why=error)]
        ) from error
    return make_map(data)


def make_map(data: Mapping[str, Any]) -> ImportMap:
    """A map of what its TOML holds. Raises UnusableMap with everything that is wrong."""
    problems = [
        gettext(
            "There is no section [%(name)s] in a map; there are: %(known)s.",
            name=name,
            known=", ".join(SECTIONS),
        )
        for name in data
        if name not in SECTIONS
    ]
    sections: dict[str, dict[str, Any]] = {}
    for name in SECTIONS:
        section = data.get(name, {})
        if not isinstance(section, dict):
            problems.append(gettext("[%(name)s] has to be a section.", name=name))
            section = {}
        sections[name] = section

    def read(name: str, one: Callable[[str, Any], Any], deep: bool = True) -> dict[str, Any]:
        made = {}
        for key, value in _flat(sections[name]) if deep else sections[name].items():
            try:
                made[key] = one(key, value)
            except ValueError as error:
                problems.append(f"[{name}] {key}: {error}")
        return made

    made = ImportMap(
        options=_options(read("options", _option, deep=False)),
        columns=read("columns", _source),
        values=read("values", _replaced, deep=False),
        defaults=read("defaults", _text),
        scale=read("scale", _factor),
        only=read("only", _texts, deep=False),
        leave_out=read("except", _texts, deep=False),
    )
    if problems:
        raise UnusableMap(problems)
    return made


def as_data(used: ImportMap) -> dict[str, Any]:
    """The map as plain data, from which :func:`make_map` makes the same one."""
    plain = Options()
    data: dict[str, Any] = {
        "options": {
            each.name: list(value) if isinstance(value, tuple) else value
            for each in fields(Options)
            if (value := getattr(used.options, each.name)) != getattr(plain, each.name)
        },
        "columns": {
            name: list(source) if isinstance(source, tuple) else source
            for name, source in used.columns.items()
        },
        "values": {name: dict(found) for name, found in used.values.items()},
        "defaults": dict(used.defaults),
        "scale": {name: str(factor) for name, factor in used.scale.items()},
        "only": {name: list(texts) for name, texts in used.only.items()},
        "except": {name: list(texts) for name, texts in used.leave_out.items()},
    }
    return {name: section for name, section in data.items() if section}


def _flat(section: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """``{"account": {"external_id": x}}`` as ``account.external_id``, as TOML reads the dot."""
    for key, value in section.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


def _options(found: Mapping[str, Any]) -> Options:
    return Options(**found)


def _option(name: str, value: Any) -> Any:
    reader = OPTIONS.get(name)
    if reader is None:
        raise ValueError(
            gettext("there is no such option; there are: %(known)s", known=", ".join(OPTIONS))
        )
    return reader(name, value)


def _source(name: str, value: Any) -> str | int | tuple[str | int, ...]:
    if isinstance(value, list) and value:
        return tuple(_column(name, each) for each in value)
    return _column(name, value)


def _column(name: str, value: Any) -> str | int:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError(gettext("expected the name or the number of a column"))
    if isinstance(value, int) and value < 1:
        raise ValueError(gettext("columns are counted from 1"))
    return value.strip() if isinstance(value, str) else value


def _text(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if value is None or isinstance(value, list | dict):
        raise ValueError(gettext("expected a value"))
    return str(value).strip()


def _texts(name: str, value: Any) -> tuple[str, ...]:
    return tuple(_text(name, each) for each in (value if isinstance(value, list) else [value]))


def _replaced(name: str, value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise ValueError(gettext("expected a section of texts and what stands for them"))
    return {text.strip(): _text(text, meant) for text, meant in value.items()}


def _factor(name: str, value: Any) -> Decimal:
    try:
        made = Decimal(str(value))
    except InvalidOperation:
        made = Decimal(0)
    if isinstance(value, bool) or not made.is_finite() or not made or not _fits(made):
        raise ValueError(gettext("expected a number to multiply with"))
    return made


def _fits(factor: Decimal) -> bool:
    return abs(factor.adjusted()) <= 12 and len(factor.as_tuple().digits) <= 20


def _yes(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(gettext("expected true or false"))
    return value


def _count(name: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(gettext("expected a number of rows"))
    if value > MOST_SKIPPED:
        raise ValueError(gettext("at most %(most)s", most=MOST_SKIPPED))
    return value


def _sheet(name: str, value: Any) -> str | int:
    return value if isinstance(value, int) and not isinstance(value, bool) else _text(name, value)


def _delimiter(name: str, value: Any) -> str:
    made = {"tab": "\t", "\\t": "\t"}.get(value, value)
    if not isinstance(made, str) or len(made) != 1 or made in '"\r\n':
        raise ValueError(gettext("expected one character, or “tab”"))
    return made


def _date_format(name: str, value: Any) -> str:
    if not isinstance(value, str) or "%" not in value or not _DATE_FORMAT.fullmatch(value):
        raise ValueError(gettext("expected a form such as %%d.%%m.%%Y"))
    return value


def _one_of(*known: str) -> Callable[[str, Any], str]:
    def read(name: str, value: Any) -> str:
        if value not in known:
            raise ValueError(gettext("expected one of: %(known)s", known=", ".join(known)))
        return str(value)

    return read


def _columns(name: str, value: Any) -> tuple[str | int, ...]:
    return tuple(_column(name, each) for each in (value if isinstance(value, list) else [value]))


OPTIONS: Mapping[str, Callable[[str, Any], Any]] = {
    "encoding": _text,
    "delimiter": _delimiter,
    "sheet": _sheet,
    "header": _yes,
    "skip_rows": _count,
    "date_format": _date_format,
    "decimal": _one_of(".", ","),
    "key": _texts,
    "duplicates": _one_of("error", "first", "last"),
    "alike": _one_of("report", "skip", "update", "create"),
    "empty": _texts,
    "empty_cells": _one_of("keep", "clear"),
    "numbers": _columns,
    "round": _yes,
}
