"""A map held against a collection and the columns of a file: what is to be done with a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from core.data.fields import NUMERIC, FieldMeta, fields_of
from core.data.importing.errors import UnusableMap
from core.data.importing.mapping import ImportMap
from core.data.importing.matching import (
    CURRENCY,
    finders,
    importable,
    in_company_currency,
    match,
)
from core.data.importing.numerals import NO_UNIT, unit_of
from core.data.importing.parts import ID, Part, Plan
from core.data.importing.source import ERROR_COLUMN
from core.data.importing.wanted import Texts
from plugin_api.context import gettext
from plugin_api.models import CompanyModel, model_of

UNFIT_FOR_KEYS = ("money", "longtext")


Columns = Mapping[str, str | int | tuple[str | int, ...]]


class _Binder:
    """Collects problems, so that a person sees all of them at once."""

    def __init__(self, model: type[CompanyModel], used: ImportMap, columns: Sequence[str]) -> None:
        self.model = model
        self.used = used
        self.columns = tuple(columns)
        self.metas = importable(model)
        self.problems: list[str] = []

    def field(self, section: str, spec: str) -> tuple[FieldMeta, str] | None:
        """The field that ``spec`` names, and what its record is found by."""
        meta, find = self.metas.get(spec), ""
        if meta is None:
            name, dot, find = spec.partition(".")
            meta = self.metas.get(name) if dot else None
        if meta is None or (find and meta.target is None):
            self._unknown(section, spec)
            return None
        if find and find not in finders(model_of(str(meta.target))):
            known = ", ".join(finders(model_of(str(meta.target))))
            self._problem(
                section, spec, gettext("it cannot be found by that; by: %(known)s", known=known)
            )
            return None
        return meta, find

    def index(self, section: str, column: str | int) -> int | None:
        """Where a column stands, from 0."""
        if isinstance(column, int):
            if column <= len(self.columns):
                return column - 1
            why = gettext(
                "the file has %(count)s columns, not %(number)s",
                count=len(self.columns),
                number=column,
            )
        elif self.columns.count(column) == 1:
            return self.columns.index(column)
        elif column in self.columns:
            why = gettext(
                "the file has several columns “%(name)s”; use the column's number", name=column
            )
        else:
            why = gettext("the file has no column “%(name)s”", name=column)
            why += self._like(column, self.columns)
        self._problem(section, "", why)
        return None

    def one_index(self, columns: Columns, spec: str) -> int | None:
        """Where the single column of something that is no field stands; None without one."""
        source = columns.get(spec)
        if isinstance(source, tuple):
            self._problem("columns", spec, gettext("expected one column"))
            return None
        return None if source is None else self.index("columns", source)

    def _unknown(self, section: str, spec: str) -> None:
        there = fields_of(self.model).get(spec)
        if there is not None:
            self._problem(section, spec, gettext("this field cannot be set by an import"))
            return
        label = str(self.model.__label_plural__ or self.model.__name__)
        why = gettext("%(collection)s have no field “%(name)s”", collection=label, name=spec)
        self._problem(section, "", why + self._like(spec, self.metas))

    def _like(self, name: str, known: Iterable[str]) -> str:
        found = get_close_matches(name, [each for each in known if each], n=1, cutoff=0.6)
        if not found:
            return "; " + str(gettext("there are: %(known)s", known=", ".join(filter(None, known))))
        return "; " + str(gettext("did you mean “%(name)s”?", name=found[0]))

    def _problem(self, section: str, spec: str, why: str) -> None:
        self.problems.append(f"[{section}] {spec}: {why}" if spec else f"[{section}] {why}")

    def parts(self, columns: Columns) -> tuple[Part, ...]:
        """One for each field that a column or a default fills."""
        made: dict[str, Part] = {}
        for spec in dict.fromkeys([*columns, *self.used.defaults]):
            if spec in (ID, CURRENCY) and spec not in self.metas and spec in columns:
                continue
            section = "columns" if spec in columns else "defaults"
            found = self.field(section, spec)
            if found is None:
                continue
            meta, find = found
            sources = columns.get(spec, ())
            if not isinstance(sources, tuple):
                sources = (sources,)
            indexes = [self.index("columns", source) for source in sources]
            index, *more = indexes or [None]
            if more and meta.kind in NUMERIC:
                why = gettext("a number comes from one column; several would be read as one number")
                self._problem(section, spec, why)
            if meta.name in made:
                # A default may find its record by another field than the column does.
                self._problem(section, spec, gettext("the field is filled twice"))
                continue
            column = self.columns[index] if index is not None else ""
            made[meta.name] = Part(
                meta=meta,
                find=find,
                index=index,
                more=tuple(each for each in more if each is not None),
                column=column,
                values=self.used.values.get(meta.name, {}),
                default=self.used.defaults.get(spec, ""),
                scale=self.used.scale.get(meta.name),
                unit=unit_of(column) if meta.kind == "money" else NO_UNIT,
            )
        self._check_named("values", self.used.values, made)
        self._check_named("scale", self.used.scale, made)
        for name in self.used.scale:
            if name in made and made[name].meta.kind not in NUMERIC:
                self._problem("scale", name, gettext("this is no number"))
        return tuple(made.values())

    def _check_named(self, section: str, named: Iterable[str], made: Mapping[str, Part]) -> None:
        for name in named:
            if name not in made and self.field(section, name) is not None:
                self._problem(section, name, gettext("no column or default fills this field"))

    def key(self, parts: Sequence[Part], id_at: int | None) -> tuple[str, ...]:
        """The key's fields, each of which a column fills."""
        key = self.used.options.key
        filled = {part.meta.name for part in parts if part.index is not None}
        for name in key:
            if name == ID:
                if len(key) > 1 or id_at is None:
                    why = gettext("“id” needs a column, and no other field")
                    self._problem("options", "key", why)
            elif self.field("options", name) is not None and name not in filled:
                self._problem("options", "key", gettext("no column fills “%(name)s”", name=name))
            elif name in self.metas and _is_unfit(self.metas[name]):
                self._problem("options", "key", gettext("“%(name)s” cannot be a key", name=name))
        return key

    def rows(
        self, section: str, wanted: Mapping[str, tuple[str, ...]]
    ) -> tuple[tuple[int, Texts], ...]:
        """Columns and their texts by which rows are chosen."""
        made = []
        for column, texts in wanted.items():
            numbered = column not in self.columns and column.isascii() and column.isdigit()
            index = self.index(section, int(column) if numbered else column)
            if index is not None:
                made.append((index, Texts(texts)))
        return tuple(made)


def make_plan(model: type[CompanyModel], used: ImportMap, columns: Sequence[str]) -> Plan:
    """Hold a map against a collection and a file. Raises UnusableMap with all that is wrong.

    A map without columns has them matched by name.
    """
    binder = _Binder(model, used, columns)
    wanted: Columns = used.columns
    if not wanted:
        wanted, _left = match(model, columns)
        if used.options.key != (ID,):
            wanted = {spec: number for spec, number in wanted.items() if spec != ID}
    id_at = binder.one_index(wanted, ID)
    currency_at = binder.one_index(wanted, CURRENCY) if in_company_currency(model) else None
    parts = binder.parts(wanted)
    numbers = [binder.index("options", column) for column in used.options.numbers]
    plan = Plan(
        model=model,
        options=used.options,
        columns=binder.columns,
        parts=parts,
        key=binder.key(parts, id_at),
        id_at=id_at,
        currency_at=currency_at,
        only=binder.rows("only", used.only),
        leave_out=binder.rows("except", used.leave_out),
        numbers=frozenset(number for number in numbers if number is not None),
        unmatched=_unmatched(binder.columns, parts, id_at, currency_at),
    )
    if not parts and not binder.problems:
        binder.problems.append(
            gettext(
                "No column of the file fits a field of %(collection)s. Columns: %(columns)s. "
                "Fields: %(fields)s.",
                collection=model.__label_plural__ or model.__name__,
                columns=", ".join(filter(None, columns)),
                fields=", ".join(binder.metas),
            )
        )
    if binder.problems:
        raise UnusableMap(binder.problems)
    return plan


def _unmatched(
    columns: Sequence[str], parts: Sequence[Part], *others: int | None
) -> tuple[str, ...]:
    used = {index for part in parts for index in (part.index, *part.more)} | set(others)
    return tuple(
        name
        for index, name in enumerate(columns)
        if name and name != ERROR_COLUMN and index not in used
    )


def _is_unfit(meta: FieldMeta) -> bool:
    """Whether no key: by a masked field a file would ask who has a value."""
    return meta.kind in UNFIT_FOR_KEYS or meta.masked
