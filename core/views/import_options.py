"""What the page of an uploaded file asks: how it is read, and what becomes of its rows."""

from __future__ import annotations

from collections.abc import Mapping

from core.data.fields import FieldMeta
from core.data.importing.mapping import ImportMap
from core.data.importing.matching import importable
from core.data.importing.source import Source
from core.views.record_page import Field
from core.views.row_rules import options_of
from plugin_api.context import gettext
from plugin_api.models import CompanyModel

ENCODINGS = ("utf-8", "gb18030", "utf-16", "big5", "shift_jis", "euc-kr", "cp1252", "cp1251")


def label_of(metas: Mapping[str, FieldMeta], name: str) -> str:
    """What a field is called; its name when it is none."""
    return str(metas[name].label) if name in metas else name


def _select(
    name: str, label: str, chosen: str, options: Mapping[str, str], help: str = ""
) -> Field:
    return Field(
        name=name, label=label, kind="choice", help=help, options=options_of(options, chosen)
    )


def reading(source: Source, used: ImportMap) -> tuple[Field, ...]:
    """How the file is read."""
    options = used.options
    automatic = gettext("As found: %(value)s", value=source.details.get("encoding", ""))
    delimiter = source.details.get("delimiter", "")
    names = {",": gettext("Comma"), ";": gettext("Semicolon"), "\t": gettext("Tab"), "|": "|"}
    made = []
    if source.sheets:
        sheets = {name: name for name in source.sheets}
        chosen = str(options.sheet or source.details["sheet"])
        made.append(_select("sheet", gettext("Sheet"), chosen, sheets))
    else:
        encodings = {"": automatic} | {name: name.upper() for name in ENCODINGS}
        found = gettext("As found: %(value)s", value=names.get(delimiter, delimiter))
        made += [
            _select("encoding", gettext("Encoding"), options.encoding, encodings),
            _select("delimiter", gettext("Delimiter"), options.delimiter, {"": found} | names),
        ]
    dates = {
        "": gettext("Told from the file"),
        "%d.%m.%Y": gettext("Day first: 31.12.2026, 31/12/26"),
        "%m/%d/%Y": gettext("Month first: 12/31/2026, 12-31-26"),
        "%y-%m-%d": gettext("Year first: 26-12-31"),
    }
    signs = {
        "": gettext("Told from the file"),
        ".": gettext("Point: 1,234.50"),
        ",": gettext("Comma: 1.234,50"),
    }
    return (
        *made,
        _number("skip_rows", gettext("Rows above the header"), str(options.skip_rows)),
        _yes("header", gettext("The first row names the columns"), options.header),
        _select("date_format", gettext("Dates"), options.date_format, dates),
        _select("decimal", gettext("Decimal sign"), options.decimal, signs),
        Field(
            name="empty",
            label=gettext("Words for empty"),
            kind="text",
            value=", ".join(options.empty),
            help=gettext("With commas between them: NA, none"),
        ),
        _yes("round", gettext("Round what is finer than its field"), options.round),
    )


def writing(
    model: type[CompanyModel], used: ImportMap, on_error: str, chosen: Mapping[int, tuple[str, ...]]
) -> tuple[Field, ...]:
    """What becomes of its rows."""
    options = used.options
    filled = {spec for specs in chosen.values() for spec in specs}
    keys = {"": gettext("None: every row is a new record")}
    keys |= {
        name: str(meta.label)
        for name, meta in importable(model).items()
        if name in {spec.partition(".")[0] for spec in filled}
        and meta.kind not in ("money", "longtext", "boolean")
    }
    if "id" in filled:
        keys["id"] = gettext("Number of the record")
    key = ",".join(options.key)
    if key not in keys:
        keys[key] = " + ".join(label_of(importable(model), name) for name in options.key)
    stops = {
        "stop": gettext("Import nothing when a row is wrong"),
        "skip": gettext("Import the good rows, leave out the wrong ones"),
    }
    repeated = {
        "error": gettext("An error, unless they say the same"),
        "first": gettext("The first one holds"),
        "last": gettext("The last one holds"),
    }
    alike = {
        "report": gettext("Are wrong"),
        "skip": gettext("Are left out"),
        "update": gettext("Change the record that is there"),
        "create": gettext("Are made all the same"),
    }
    matched = _select("alike", gettext("Rows that seem to be there already"), options.alike, alike)
    about = gettext("A row whose value is there already updates that record.")
    return (
        _select("key", gettext("Recognise records by"), key, keys, about),
        _select("on_error", gettext("Wrong rows"), on_error, stops),
        _select("duplicates", gettext("Rows with the same key"), options.duplicates, repeated),
        *((matched,) if model.__matched__ else ()),
        _yes("clear", gettext("An empty cell empties the field"), options.empty_cells == "clear"),
    )


def _yes(name: str, label: str, value: bool) -> Field:
    return Field(name=name, label=label, kind="boolean", value="true" if value else "false")


def _number(name: str, label: str, value: str) -> Field:
    return Field(name=name, label=label, kind="integer", value=value)
