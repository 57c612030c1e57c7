"""What the page of an uploaded file shows: how it is read, and where its columns go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from core.data.fields import FieldMeta, fields_of
from core.data.importing.mapping import ImportMap
from core.data.importing.matching import CURRENCY, finders, importable, in_company_currency, match
from core.data.importing.report import BadCell
from core.data.importing.saying import shown
from core.data.importing.source import ERROR_COLUMN, Source
from core.views.page import Option
from core.views.record_page import Field
from core.views.row_rules import RowRule, options_of, row_rules
from plugin_api.context import gettext
from plugin_api.models import CompanyModel, model_of

SAMPLES = 3
MOST_REPLACED = 20
SPARE_DEFAULTS = 2
ENCODINGS = ("utf-8", "gb18030", "utf-16", "big5", "shift_jis", "euc-kr", "cp1252", "cp1251")
DATE_FORMS = ("%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%Y%m%d", "%Y-%m-%d %H:%M:%S")


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceColumn:
    """A column of the file, some of what stands in it, and the fields to choose from, once for
    each that it fills."""

    number: int
    name: str
    samples: tuple[str, ...]
    fields: tuple[tuple[Option, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Replacement:
    """A value of the file that nothing here is called, and what is to stand for it."""

    field: str
    label: str
    value: str
    to: str
    kept: bool
    """Whether the map says it; else it is only proposed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Default:
    """A field that the file does not fill, and what it shall hold."""

    options: tuple[Option, ...]
    value: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MapPage:
    """Where the columns of a file go, and how it is read."""

    columns: tuple[SourceColumn, ...]
    defaults: tuple[Default, ...]
    replaced: tuple[Replacement, ...]
    rules: tuple[RowRule, ...]
    reading: tuple[Field, ...]
    """How the file is read."""
    writing: tuple[Field, ...]
    """What becomes of its rows."""
    details: tuple[str, ...]


def map_page(
    model: type[CompanyModel],
    source: Source,
    used: ImportMap,
    on_error: str,
    bad: Iterable[BadCell] = (),
) -> MapPage:
    """The page for a file and a map; columns of a map that says none are matched by name."""
    chosen = chosen_columns(model, source, used)
    samples = [row.cells for row in islice(source.rows(), SAMPLES)]
    return MapPage(
        columns=tuple(
            SourceColumn(
                number=number,
                name=name or gettext("(no name)"),
                samples=tuple(text for cells in samples if (text := shown(cells[number - 1]))),
                fields=tuple(_targets(model, spec) for spec in chosen.get(number, ("",))),
            )
            for number, name in enumerate(source.columns, 1)
            if name != ERROR_COLUMN
        ),
        defaults=tuple(
            Default(options=_targets(model, name, own_names_only=True), value=text)
            for name, text in [*used.defaults.items(), *[("", "")] * SPARE_DEFAULTS]
        ),
        replaced=_replaced(model, used, bad),
        rules=row_rules(source, used),
        reading=_reading(source, used),
        writing=_writing(model, used, on_error, chosen),
        details=tuple(text for name, text in source.details.items() if name != "delimiter"),
    )


def chosen_columns(
    model: type[CompanyModel], source: Source, used: ImportMap
) -> dict[int, tuple[str, ...]]:
    """Number of a column → the fields that it fills."""
    if not used.columns:
        found, _left = match(model, source.columns)
        return {number: (spec,) for spec, number in found.items()}
    made: dict[int, tuple[str, ...]] = {}
    for spec, sources in used.columns.items():
        for each in sources if isinstance(sources, tuple) else (sources,):
            number = each if isinstance(each, int) else _number_of(source, each)
            made[number] = (*made.get(number, ()), spec)
    return made


def _number_of(source: Source, name: str) -> int:
    return source.columns.index(name) + 1 if name in source.columns else 0


def _targets(
    model: type[CompanyModel], chosen: str, *, own_names_only: bool = False
) -> tuple[Option, ...]:
    """Fields to choose from; references also by what else they may be found by."""
    made = [Option(value="", label=gettext("Leave out") if not own_names_only else "")]
    found = dict(_specs(model, own_names_only=own_names_only))
    if chosen and chosen not in found:
        found[chosen] = chosen
    for spec, label in found.items():
        made.append(Option(value=spec, label=label, selected=spec == chosen))
    return tuple(made)


def _specs(model: type[CompanyModel], *, own_names_only: bool) -> Iterable[tuple[str, str]]:
    for name, meta in importable(model).items():
        must = " *" if meta.required and not meta.has_default else ""
        yield name, f"{meta.label}{must}"
        if meta.target is not None and not own_names_only:
            target = model_of(meta.target)
            known = fields_of(target)
            for finder in finders(target):
                by = known[finder].label if finder in known else gettext("Number")
                yield f"{name}.{finder}", gettext("%(field)s, by: %(by)s", field=meta.label, by=by)
    if not own_names_only:
        yield "id", gettext("Number of the record")
        if in_company_currency(model):
            yield CURRENCY, gettext("Currency (checked)")


def _replaced(
    model: type[CompanyModel], used: ImportMap, bad: Iterable[BadCell]
) -> tuple[Replacement, ...]:
    """Values that are replaced, and those that were found to need it."""
    metas = importable(model)
    wanted = {
        (name, value): to for name, pairs in used.values.items() for value, to in pairs.items()
    }
    for each in bad:
        meta = metas.get(each.field)
        fits = meta is not None and meta.kind in ("reference", "choice", "boolean")
        if fits and each.value and len(wanted) < MOST_REPLACED:
            wanted.setdefault((each.field, each.value), "")
    return tuple(
        Replacement(
            field=name,
            label=_label(metas, name),
            value=value,
            to=to,
            kept=value in used.values.get(name, {}),
        )
        for (name, value), to in wanted.items()
    )


def _label(metas: Mapping[str, FieldMeta], name: str) -> str:
    return str(metas[name].label) if name in metas else name


def _select(
    name: str, label: str, chosen: str, options: Mapping[str, str], help: str = ""
) -> Field:
    return Field(
        name=name, label=label, kind="choice", help=help, options=options_of(options, chosen)
    )


def _reading(source: Source, used: ImportMap) -> tuple[Field, ...]:
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
    dates = {"": gettext("Year first: 2026-01-31")} | {form: form for form in DATE_FORMS}
    signs = {".": gettext("Point: 1,234.50"), ",": gettext("Comma: 1.234,50")}
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


def _writing(
    model: type[CompanyModel], used: ImportMap, on_error: str, chosen: Mapping[int, tuple[str, ...]]
) -> tuple[Field, ...]:
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
        keys[key] = " + ".join(_label(importable(model), name) for name in options.key)
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
