"""What the page of an uploaded file shows: how it is read, and where its columns go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from core.data.fields import NUMERIC, fields_of
from core.data.importing import telling
from core.data.importing.errors import UnusableMap
from core.data.importing.mapping import ImportMap
from core.data.importing.matching import CURRENCY, finders, importable, in_company_currency, match
from core.data.importing.missing import missing_in
from core.data.importing.parts import Part
from core.data.importing.plan import make_plan
from core.data.importing.report import BadCell
from core.data.importing.saying import shown
from core.data.importing.sequence import MIXED, UNCLEAR
from core.data.importing.source import ERROR_COLUMN, Source
from core.views.import_options import label_of, reading, writing
from core.views.page import Option
from core.views.record_page import Field
from core.views.row_rules import RowRule, options_of, row_rules
from plugin_api.context import gettext
from plugin_api.models import CompanyModel, model_of

SAMPLES = 3
MOST_REPLACED = 20
SPARE_DEFAULTS = 2
DATES, SCALES = "f-date_format", "scales"
"""Places of the page."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceColumn:
    """A column of the file, some of what stands in it, and the fields to choose from, once for
    each that it fills."""

    number: int
    name: str
    samples: tuple[str, ...]
    fields: tuple[tuple[Option, ...], ...]
    told: str
    """What the file tells of its values, as words, such as what its amounts count."""
    asks: str
    """Where on the page is to be said what the file does not tell; empty when it tells all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Replacement:
    """A value of the file that nothing here is called, and what is to stand for it."""

    field: str
    label: str
    value: str
    to: str
    kept: bool
    """Whether the map says it, or will if nobody objects; else it is only asked for."""


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
    scales: tuple[Default, ...]
    """Fields of numbers, and what the numbers of their columns are multiplied with."""
    replaced: tuple[Replacement, ...]
    rules: tuple[RowRule, ...]
    reading: tuple[Field, ...]
    """How the file is read."""
    asks: bool
    """Whether it has to be said how, because it cannot be told from the file."""
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
    parts = _told(model, source, used)
    notes = {part.index: part.note for part in parts}
    asked = {part.index: _asked(part) for part in parts}
    return MapPage(
        columns=tuple(
            SourceColumn(
                number=number,
                name=name or gettext("(no name)"),
                samples=tuple(text for cells in samples if (text := shown(cells[number - 1]))),
                fields=tuple(_targets(model, spec) for spec in chosen.get(number, ("",))),
                told=notes.get(number - 1, ""),
                asks=asked.get(number - 1, ""),
            )
            for number, name in enumerate(source.columns, 1)
            if name != ERROR_COLUMN
        ),
        defaults=tuple(
            Default(options=_targets(model, name, own_names_only=True), value=text)
            for name, text in [*used.defaults.items(), *[("", "")] * SPARE_DEFAULTS]
        ),
        scales=_scales(model, used, parts),
        replaced=_replaced(model, used, bad, missing_in(parts, source)),
        rules=row_rules(source, used),
        reading=reading(source, used),
        asks=DATES in asked.values(),
        writing=writing(model, used, on_error, chosen),
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


def _told(model: type[CompanyModel], source: Source, used: ImportMap) -> tuple[Part, ...]:
    """What the file tells of the columns that fill fields; nothing where the map does not fit."""
    try:
        return telling.told(make_plan(model, used, source.columns), source).parts
    except UnusableMap:
        return ()


def _asked(part: Part) -> str:
    """Where on the page is to be said what the file does not tell of a column."""
    if part.order in (UNCLEAR, MIXED):
        return DATES
    return SCALES if part.fractions else ""


def _scales(
    model: type[CompanyModel], used: ImportMap, parts: Iterable[Part]
) -> tuple[Default, ...]:
    """What the numbers of columns are multiplied with, what is proposed, and room for one more."""
    metas = {name: meta for name, meta in importable(model).items() if meta.kind in NUMERIC}
    if not metas:
        return ()
    options = {"": "", **{name: str(meta.label) for name, meta in metas.items()}}
    factors = [(name, f"{factor:f}") for name, factor in used.scale.items()]
    factors += [(part.meta.name, "100") for part in parts if part.fractions]
    return tuple(
        Default(options=options_of(options, name), value=text)
        for name, text in (*factors, ("", ""))
    )


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
    model: type[CompanyModel],
    used: ImportMap,
    bad: Iterable[BadCell],
    missing: Iterable[tuple[str, str]],
) -> tuple[Replacement, ...]:
    """Values that are replaced, words for nothing, and what was found to need it."""
    metas = importable(model)
    kept = {(name, value): to for name, pairs in used.values.items() for value, to in pairs.items()}
    kept |= {each: "" for each in missing if each not in kept and each[1] not in used.options.empty}
    wanted = dict(kept)
    for each in bad:
        meta = metas.get(each.field)
        fits = meta is not None and meta.kind in ("reference", "choice", "boolean")
        if fits and each.value and len(wanted) < MOST_REPLACED:
            wanted.setdefault((each.field, each.value), "")
    return tuple(
        Replacement(
            field=name,
            label=label_of(metas, name),
            value=value,
            to=to,
            kept=(name, value) in kept,
        )
        for (name, value), to in wanted.items()
    )
