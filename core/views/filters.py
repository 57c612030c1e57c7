"""The filter bar: what may be asked of a list, and what is asked of it now, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from core.data.fields import NUMERIC, FieldMeta, all_fields
from core.data.query.conditions import Clause
from core.data.query.filters import take_apart
from core.views import words
from core.views.aside import BOTH, field_for, lookup_of_all, without
from core.views.collection_page import Filter, Link, Shape
from core.views.names import Names
from core.views.page import Option
from core.views.periods import READY, label_of
from core.views.state import field_of, filters_in
from core.views.urls import Arguments, collection_url, state_url
from plugin_api.context import Text, gettext
from plugin_api.context import lazy_gettext as _
from plugin_api.models import CompanyModel, model_of
from plugin_api.views import ListView

WAYS: Mapping[str, Text] = {
    "in": _("Any of these"),
    "all": _("All of these"),
    "none": _("None of these"),
}
"""Operator → how the ticked values of a field of several choices are meant."""
VISIBLE = 5
"""Declared filters that always show; the others wait in a menu until they are asked for."""


def filter_bar(
    model: type[CompanyModel], arguments: Arguments, declared: Sequence[str], names: Names
) -> tuple[tuple[Filter, ...], tuple[Link, ...]]:
    """Controls of the first declared filters and of what is asked for, and links to the rest."""
    path, metas, aside = collection_url(model), all_fields(model), field_for(model)
    opened = [name.strip() for name in arguments.get("show", "").split(",") if name.strip()]
    own = [name for name in declared if name not in metas or metas[name].custom is None]
    usual = own if len(own) <= VISIBLE + 1 else own[:VISIBLE]
    asked = [field_of(name) for name in filters_in(without(model, arguments))]
    shown = [name for name in dict.fromkeys([*usual, *asked, *opened]) if name in metas]
    controls = tuple(
        _Control(path, arguments, metas[name], names).made(is_aside=name == aside) for name in shown
    )
    more = tuple(
        Link(
            name=name,
            label=str(metas[name].label),
            href=state_url(path, arguments, show=",".join([*opened, name])),
        )
        for name in dict.fromkeys([*declared, *([aside] if aside else [])])
        if name not in shown and name in metas
    )
    return controls, more


def offered(view: ListView, metas: Mapping[str, FieldMeta]) -> tuple[str, ...]:
    """The declared filters, after them custom fields, which no declaration can name."""
    added = (n for n, m in metas.items() if m.custom is not None and m.kind != "longtext")
    return (*view.filters, *added)


def keys_in(arguments: Arguments, metas: Mapping[str, FieldMeta]) -> Iterable[tuple[str, int]]:
    """The records that filters name by number."""
    return words.keys_in(_clauses(arguments), metas)


def in_words(arguments: Arguments, metas: Mapping[str, FieldMeta], names: Names) -> list[str]:
    """Every filter as a sentence."""
    return [words.said(clause, metas, names) for clause in _clauses(arguments)]


def _clauses(arguments: Arguments) -> list[Clause]:
    return [Clause(name, arguments[name]) for name in filters_in(arguments)]


class _Control:
    """Makes the control of one field."""

    def __init__(self, path: str, arguments: Arguments, meta: FieldMeta, names: Names) -> None:
        self._path, self._arguments, self._meta, self._names = path, arguments, meta, names
        self._mine = [name for name in filters_in(arguments) if field_of(name) == meta.name]

    def made(self, *, is_aside: bool) -> Filter:
        kind = self._meta.kind
        if is_aside:
            # Here asking for all is an answer too: the page begins with less.
            return self._aside()
        if kind == "choices":
            return self._several()
        if kind == "choice":
            return self._options()
        if kind == "boolean":
            return self._yes_no()
        if kind == "reference":
            return self._reference()
        if kind in ("date", "instant"):
            return self._days()
        if kind in NUMERIC:
            return self._span("range")
        value = self._of("contains")
        return self._filter("text", ["contains"], value, value=value)

    def _of(self, operator: str) -> str:
        name = self._meta.name
        return self._arguments.get(f"{name}__{operator}" if operator else name, "")

    def _filter(
        self, shape: Shape, operators: Sequence[str], summary: str, **more: object
    ) -> Filter:
        """The control. What its inputs do not carry is said beside what they do."""
        name = self._meta.name
        inputs = frozenset(f"{name}__{each}" if each else name for each in operators)
        rest = [argument for argument in self._mine if argument not in inputs]
        said = [summary] if summary else []
        for argument in rest:
            clause = Clause(argument, self._arguments[argument])
            operator = take_apart(argument).operator
            if operator == "isnull":
                operator = "isnull" if clause.value == "true" else "filled"
                said.append(words.operator_of(self._meta, operator))
                continue
            value = words.value_of(self._meta, clause, self._names)
            said.append(f"{words.operator_of(self._meta, operator)} {value}")
        drop: dict[str, str | None] = dict.fromkeys(self._mine)
        return Filter(
            name=name,
            label=str(self._meta.label),
            shape=shape,
            inputs=inputs,
            summary=", ".join(said),
            clear_href=state_url(self._path, self._arguments, **drop) if drop else "",
            **more,  # type: ignore[arg-type]
        )

    def _options(self) -> Filter:
        options, said = self._ticked(self._of("in") or self._of(""))
        return self._filter("options", ["in", ""], said, options=options)

    def _several(self) -> Filter:
        """Ticked ones and a way to match them. What is asked in a second way is only told."""
        way = next((each for each in WAYS if self._of(each)), "in")
        options, said = self._ticked(self._of(way) or self._of(""))
        ways = tuple(
            Option(value=each, label=str(label), selected=each == way)
            for each, label in WAYS.items()
        )
        if said and way != "in":
            said = f"{words.operator_of(self._meta, way)} {said}"
        carried = ["in", ""] if way == "in" else [way]
        return self._filter("several", carried, said, options=options, ways=ways)

    def _ticked(self, text: str) -> tuple[tuple[Option, ...], str]:
        """The choices, those that a text names ticked, and these in words."""
        chosen = set(text.split(",")) - {""}
        options = tuple(
            Option(value=c.value, label=str(c.label), selected=c.value in chosen)
            for c in self._meta.choices
        )
        return options, ", ".join(option.label for option in options if option.selected) or text

    def _yes_no(self) -> Filter:
        value = self._of("")
        labels = {"": gettext("Any"), "true": gettext("Yes"), "false": gettext("No")}
        options = tuple(
            Option(value=each, label=str(label), selected=each == value)
            for each, label in labels.items()
        )
        said = str(labels.get(value, value)) if value else ""
        return self._filter("yesno", [""], said, options=options)

    def _aside(self) -> Filter:
        value = self._of("in") or self._of("")
        labels = {BOTH: gettext("Any"), "true": gettext("Yes"), "false": gettext("No")}
        options = tuple(
            Option(value=each, label=str(label), selected=each == (value or BOTH))
            for each, label in labels.items()
        )
        said = str(labels.get(value, value)) if value and value != BOTH else ""
        drop: dict[str, str | None] = dict.fromkeys(self._mine)
        everything = state_url(
            self._path, self._arguments, **drop | {f"{self._meta.name}__in": BOTH}
        )
        made = self._filter("yesno", ["in", ""], said, options=options)
        return replace(made, clear_href=everything if said else "")

    def _reference(self) -> Filter:
        value, meta = self._of(""), self._meta
        label = words.value_of(meta, Clause(meta.name, value), self._names) if value else ""
        lookup = lookup_of_all(model_of(meta.target or ""))
        return self._filter("reference", [""], label, value=value, value_label=label, lookup=lookup)

    def _days(self) -> Filter:
        chosen = self._of("period")
        names = READY if chosen in ("", *READY) else (*READY, chosen)
        options = tuple(
            Option(value=name, label=label_of(name), selected=name == chosen) for name in names
        )
        said = label_of(chosen) if chosen else ""
        return self._span("days", said, options)

    def _span(self, shape: Shape, said: str = "", options: tuple[Option, ...] = ()) -> Filter:
        exact = self._of("")
        low, high = self._of("gte") or exact, self._of("lte") or exact
        show = words.day if shape == "days" else words.number
        between = _between(show(low), show(high))
        said = ", ".join(part for part in (said, between) if part)
        return self._filter(
            shape, ["gte", "lte", "period", ""], said, low=low, high=high, options=options
        )


def _between(low: str, high: str) -> str:
    if low and high:
        return low if low == high else f"{low} – {high}"
    return f"≥ {low}" if low else f"≤ {high}" if high else ""
