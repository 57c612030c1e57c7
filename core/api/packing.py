"""A page of records as JSON text, made from rows as the driver gives them.

It says what :func:`core.api.values.shower` makes of the same rows, and costs a third: column by
column, without a dictionary a record, without decimals and dates that are made only to become
text again.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Sequence
from json.encoder import encode_basestring as quoted
from typing import Any

import sqlalchemy as sa
from flask_babel import get_locale

from core.api.values import STAMPS, described_fields, instant, own_currency
from core.data import several
from core.data.fields import FieldMeta
from core.data.query import Same, Shape
from core.tenancy.prepared import Process
from plugin_api.context import current_actor, current_company
from plugin_api.models import CompanyModel, ScaledDecimal, UTCDateTime
from plugin_api.money import precision

NULL = "null"
Columns = Sequence[Sequence[Any]]
Texts = Callable[[Columns], Iterable[Any]]
"""From the columns of a page to the JSON of one field of each record."""
Text = Callable[[Any], str]
"""From a value that is there to JSON."""
Pack = Callable[[Sequence[Sequence[Any]]], str]


def packer(
    model: type[CompanyModel], names: Iterable[str] | None = None
) -> Callable[[Shape, Sequence[Process]], Pack]:
    """What makes, for the shape of a statement, a function from all of its rows to a JSON array;
    ``names`` narrows the fields as it does for a shower."""
    wanted = None if names is None else frozenset(names)
    metas = described_fields(model, wanted)
    stamps = [name for name in STAMPS if wanted is None or name in wanted]
    ours = current_company().currency
    currency = quoted(ours) if own_currency(model, metas) else None

    # What the words of names depend on, besides what a statement is kept by.
    key = (wanted, ours, str(get_locale()), Same(current_actor().fields))

    def pack(shape: Shape, processes: Sequence[Process]) -> Pack:
        return shape.keep(key, lambda: made_for(shape, processes))

    def made_for(shape: Shape, processes: Sequence[Process]) -> Pack:
        made: list[tuple[str, Texts]] = [
            ("id", _bare(shape.at("id"))), ("version", _bare(shape.at("version"))),
            *((meta.name, _texts(meta, shape, processes, ours)) for meta in metas),
        ]  # fmt: skip
        if currency is not None:
            made.append(("currency", lambda columns: [currency] * len(columns[0])))
        for name in stamps:
            made.append((name, _each(shape.at(name), _instant(processes[shape.at(name)]))))
        keys = (quoted(name).replace("%", "%%") for name, _ in made)
        record = f"{{{','.join(f'{key}:%s' for key in keys)}}}"
        fields = [each for _, each in made]

        def packed(rows: Sequence[Sequence[Any]]) -> str:
            if not rows:
                return "[]"
            columns = list(zip(*rows, strict=True))
            parts = zip(*(texts(columns) for texts in fields), strict=True)
            return f"[{','.join(map(record.__mod__, parts))}]"

        return packed

    return pack


def _texts(meta: FieldMeta, shape: Shape, processes: Sequence[Process], ours: str) -> Texts:
    at = shape.at(meta.name)
    process, kind = processes[at], shape.type_at(at)
    if meta.kind == "reference":
        return _reference(meta, shape, processes)
    if meta.kind == "money":
        return _amount(meta, shape, processes, ours)
    if isinstance(kind, ScaledDecimal):
        # What is stored is the number of the smallest steps, whatever reads it.
        return _each(at, _steps(kind.scale))
    if isinstance(kind, UTCDateTime):
        return _each(at, _instant(process))
    if meta.kind == "date":
        return _each(at, _after(process, _date))
    if meta.kind == "choices":
        return _each(at, _after(process, lambda value: _any(several.parts(value))))
    if meta.kind == "boolean":
        return _each(at, _truth)
    if process is None and isinstance(kind, sa.String):
        return _each(at, quoted)
    if process is None and isinstance(kind, sa.Integer):
        return _each(at, str)
    return _each(at, _after(process, _any))


def _bare(at: int) -> Texts:
    """Whole numbers that are always there."""
    return lambda columns: columns[at]


def _each(at: int, text: Text) -> Texts:
    return lambda columns: [NULL if value is None else text(value) for value in columns[at]]


def _after(process: Process, text: Text) -> Text:
    return text if process is None else lambda value: _of(process(value), text)


def _of(value: Any, text: Text) -> str:
    return NULL if value is None else text(value)


def _reference(meta: FieldMeta, shape: Shape, processes: Sequence[Process]) -> Texts:
    at, titled = shape.at(meta.name), shape.title(meta.name)
    if titled is None:
        return _each(at, lambda id_: f'{{"id":{id_},"label":"#{id_}"}}')
    where, told = titled
    process = processes[where]

    def texts(columns: Columns) -> Iterable[str]:
        # Many rows of a page refer to the same few records.
        known: dict[Any, str] = {None: NULL}
        for id_, title in {*zip(columns[at], columns[where], strict=True)}:
            if id_ is not None:
                words = told(title if process is None else process(title), id_)
                known[id_] = f'{{"id":{id_},"label":{quoted(words)}}}'
        return [known[id_] for id_ in columns[at]]

    return texts


def _amount(meta: FieldMeta, shape: Shape, processes: Sequence[Process], ours: str) -> Texts:
    at = shape.at(meta.name)
    if meta.currency_field is None or meta.currency_field not in shape:
        return _each(at, _minor(ours))
    other = shape.at(meta.currency_field)
    read = processes[other]

    def texts(columns: Columns) -> Iterable[str]:
        known: dict[Any, Text] = {}
        for code in {*columns[other]}:
            known[code] = _minor((code if read is None else read(code)) or ours)
        if len(known) == 1:
            [text] = known.values()
            return [NULL if value is None else text(value) for value in columns[at]]
        pairs = zip(columns[at], columns[other], strict=True)
        return [NULL if value is None else known[code](value) for value, code in pairs]

    return texts


def _minor(currency: str) -> Text:
    return _steps(precision(currency))


def _steps(scale: int) -> Text:
    """A number of smallest steps as decimal text."""
    step, form = 10**scale, f'"%d.%0{scale}d"'

    def text(value: int) -> str:
        if value < 0:
            return f'"-{text(-value)[1:]}'
        return form % divmod(value, step) if scale else f'"{value}"'

    return text


def _instant(process: Process) -> Text:
    def text(value: Any) -> str:
        if isinstance(value, dt.datetime) and value.tzinfo is not None:
            said = value.isoformat()
            if said.endswith("+00:00"):
                return f'"{said[:-6]}Z"'
        read = value if process is None else process(value)
        return NULL if read is None else f'"{instant(read)}"'

    return text


def _date(value: dt.date) -> str:
    return f'"{value.isoformat()}"'


def _truth(value: Any) -> str:
    return "true" if value else "false"


def _any(value: Any) -> str:
    if isinstance(value, str):
        return quoted(value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
