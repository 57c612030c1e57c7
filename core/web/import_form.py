"""The form of an import as a map."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from core.data.importing.engine import OnError
from core.data.importing.mapping import ImportMap, as_data, make_map
from core.data.importing.source import Source
from core.data.numbers import whole

Form = MultiDict[str, str]
READING = ("encoding", "delimiter", "sheet", "header", "skip_rows")
TEXTS = ("encoding", "delimiter", "sheet", "date_format", "decimal", "duplicates", "alike")


def on_error_of(form: Form) -> OnError:
    """What is to be done with wrong rows."""
    return "skip" if form.get("on_error") == "skip" else "stop"


def map_of(form: Form, before: ImportMap, source: Source) -> ImportMap:
    """The map that a posted form says; what no form shows stays as it was.

    ``source`` is the file as it was shown. Raises UnusableMap.
    """
    data = as_data(before)
    data["options"] = _options(form, data.get("options", {}), source)
    data["columns"] = _columns(form, source, before)
    data["defaults"] = _pairs(form, "default")
    data["values"] = _values(form)
    if "scale-field" in form:
        data["scale"] = {n: f for n, f in _pairs(form, "scale").items() if n in data["columns"]}
    for rule in ("only", "except"):
        data[rule] = _chosen_rows(form, rule)
    made = make_map(data)
    if _how_read(made) != _how_read(before):
        # What was chosen belongs to columns that may not be there any more.
        return make_map({**data, "columns": {}})
    return made


def in_encoding(used: ImportMap, encoding: str) -> ImportMap:
    """The map for a file whose encoding the person knows. Raises UnusableMap."""
    if not encoding:
        return used
    data = as_data(used)
    data["options"] = {**data.get("options", {}), "encoding": encoding}
    return make_map(data)


def reads_anew(before: ImportMap, after: ImportMap) -> bool:
    """Whether the file has to be shown again before anything is done with it."""
    return _how_read(before) != _how_read(after)


def _how_read(used: ImportMap) -> tuple[Any, ...]:
    options = used.options
    return tuple(getattr(options, name) for name in READING)


def _options(form: Form, before: Mapping[str, Any], source: Source) -> dict[str, Any]:
    made = dict(before)
    for name in TEXTS:
        text = form.get(name, "")
        if name == "sheet" and text == source.details.get("sheet"):
            continue
        made.pop(name, None)
        if text:
            made[name] = text
    made["header"] = form.getlist("header")[-1:] != ["false"]
    made["round"] = form.getlist("round")[-1:] == ["true"]
    made["empty_cells"] = "clear" if form.getlist("clear")[-1:] == ["true"] else "keep"
    made["empty"] = [text.strip() for text in form.get("empty", "").split(",") if text.strip()]
    made["key"] = [name for name in form.get("key", "").split(",") if name]
    skipped = form.get("skip_rows", "").strip()
    made["skip_rows"] = whole(skipped, 999_999_999) or 0
    return made


def _columns(form: Form, source: Source, before: ImportMap) -> dict[str, Any]:
    """Field → its column by name, or by number where the name is not its alone; several columns
    of one field are joined, in the order that the map has had."""
    chosen: dict[str, list[str | int]] = {}
    names = list(source.columns)
    for number, name in enumerate(names, 1):
        named = before.options.header and name and names.count(name) == 1
        for spec in dict.fromkeys(filter(None, form.getlist(f"column-{number}"))):
            chosen.setdefault(spec, []).append(name if named else number)
    made: dict[str, Any] = {}
    for spec, columns in chosen.items():
        held = before.columns.get(spec)
        ordered = isinstance(held, tuple) and set(held) == set(columns)
        found = [*held] if ordered else columns  # type: ignore[misc]
        made[spec] = found if len(found) > 1 else found[0]
    return made


def _pairs(form: Form, prefix: str) -> dict[str, str]:
    return {
        name: text.strip()
        for name, text in zip(
            form.getlist(f"{prefix}-field"), form.getlist(f"{prefix}-value"), strict=False
        )
        if name
    }


def _chosen_rows(form: Form, wanted: str) -> dict[str, list[str]]:
    """Column → the texts of rows that are taken, or left out; an empty one is an empty cell."""
    made: dict[str, list[str]] = {}
    names = ("row-rule", "row-column", "row-text")
    for rule, column, text in zip(*(form.getlist(name) for name in names), strict=False):
        if column and rule == wanted:
            made.setdefault(column, []).append(text.strip())
    return made


def _values(form: Form) -> dict[str, dict[str, str]]:
    made: dict[str, dict[str, str]] = {}
    rows = zip(
        form.getlist("value-field"),
        form.getlist("value-from"),
        form.getlist("value-to"),
        form.getlist("value-kept"),
        strict=False,
    )
    for name, text, to, kept in rows:
        # One that was only proposed counts once something stands for it.
        if to.strip() or kept == "yes":
            made.setdefault(name, {})[text] = to.strip()
    return made
