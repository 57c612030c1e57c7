"""The page on which conditions are put together: rows of field, operator and value, in groups."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from core.data.fields import NUMERIC, FieldMeta, all_fields, knows
from core.data.numbers import whole
from core.data.query import conditions, filters
from core.data.query.conditions import Clause, Group, Mode
from core.data.several import CHOOSING
from core.views import words
from core.views.aside import lookup_of_all
from core.views.names import Names
from core.views.page import Option
from core.views.periods import READY, label_of
from plugin_api.context import gettext
from plugin_api.models import Base, model_of

MOST_GROUPS = 8
USUAL = "usual"
"""In place of an operator: the one that a field is asked for by most."""
_ROW = re.compile(r"f(\d{1,3})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Line:
    """A condition as it is put together; ``group`` 0 is the outermost."""

    field: str = ""
    operator: str = ""
    value: str = ""
    group: int = 0
    error: str = ""

    @property
    def clause(self) -> Clause:
        """The condition as the address holds it."""
        if self.operator in ("isnull", "filled"):
            value = "true" if self.operator == "isnull" else "false"
            return Clause(f"{self.field}__isnull", value)
        name = f"{self.field}__{self.operator}" if self.operator else self.field
        return Clause(name, self.value)


@dataclass(frozen=True, slots=True)
class Draft:
    """Conditions as they are put together, right or wrong. ``modes[0]`` is the outermost."""

    modes: tuple[Mode, ...] = ("all",)
    lines: tuple[Line, ...] = (Line(),)


@dataclass(frozen=True, kw_only=True, slots=True)
class Input:
    """A row of the page. ``shape`` tells how its value is entered."""

    number: int
    group: int
    field: str
    fields: tuple[Option, ...]
    operators: tuple[Option, ...]
    shape: str
    value: str = ""
    value_id: str = ""
    options: tuple[Option, ...] = ()
    lookup: str = ""
    error: str = ""


def draft_of(group: Group | None) -> Draft:
    """Conditions of an address, to be changed."""
    if group is None:
        return Draft()
    modes: list[Mode] = [group.mode]
    lines = []
    for part in group.parts:
        if isinstance(part, Group):
            lines += [_line(clause, len(modes)) for clause in conditions.clauses(part)]
            modes.append(part.mode)
        else:
            lines.append(_line(part, 0))
    return Draft(tuple(modes), tuple(lines))


def read(form: Mapping[str, str], several: Mapping[str, Sequence[str]]) -> Draft:
    """Conditions of a posted form; ``several`` holds what was ticked of a value."""
    numbers = sorted(int(found[1]) for name in form if (found := _ROW.fullmatch(name)))
    asked = [form.get("groups", ""), *(form.get(f"g{n}", "") for n in numbers)]
    count = min(MOST_GROUPS, max(whole(text) or 0 for text in asked))
    modes: tuple[Mode, ...] = tuple(
        "any" if form.get(f"m{i}") == "any" else "all" for i in range(count + 1)
    )
    lines = []
    for n in numbers[: conditions.MOST_CONDITIONS]:
        value = ",".join(each.strip() for each in several.get(f"v{n}", ()) if each.strip())
        picked = form.get(f"v{n}__id", "")
        if picked and value == form.get(f"v{n}__label", "").strip():
            value = picked
        # Another field starts with its own usual operator.
        is_same = form.get(f"p{n}", form[f"f{n}"]) == form[f"f{n}"]
        lines.append(
            Line(
                field=form[f"f{n}"],
                operator=form.get(f"o{n}", "") if is_same else USUAL,
                value=value if is_same else "",
                group=min(whole(form.get(f"g{n}", "")) or 0, count),
            )
        )
    return Draft(modes, tuple(lines))


def acted(draft: Draft, action: str) -> Draft:
    """The draft after a button: ``add:0`` a row to a group, ``group`` a new one, ``drop:3``."""
    verb, _, text = action.partition(":")
    number = whole(text) or 0
    if verb == "add" and number < len(draft.modes):
        return replace(draft, lines=(*draft.lines, Line(group=number)))
    if verb == "group" and len(draft.modes) <= MOST_GROUPS:
        inner: Mode = "all" if draft.modes[0] == "any" else "any"
        lines = (*draft.lines, Line(group=len(draft.modes)), Line(group=len(draft.modes)))
        return Draft((*draft.modes, inner), lines)
    if verb == "drop":
        return replace(draft, lines=draft.lines[:number] + draft.lines[number + 1 :])
    return draft


def checked(
    model: type[Base], draft: Draft, arguments: Mapping[str, str]
) -> tuple[Draft, Group | None]:
    """The draft with what is wrong with each row, and the conditions when nothing is."""
    lines = []
    for line in draft.lines:
        error = ""
        if line.field:
            try:
                asked = filters.take_apart(line.clause.argument)
                filters.condition(model, asked, line.clause.value, arguments)
            except ValueError as refused:
                error = str(refused)
        lines.append(replace(line, error=error))
    made = replace(draft, lines=tuple(lines))
    if any(line.error for line in lines):
        return made, None
    parts: list[Clause | Group] = [line.clause for line in lines if line.field and line.group == 0]
    for i, mode in enumerate(draft.modes[1:], 1):
        inside = tuple(line.clause for line in lines if line.field and line.group == i)
        if inside:
            parts.append(Group(mode, inside) if len(inside) > 1 else inside[0])
    if len(parts) == 1 and isinstance(parts[0], Group):
        return made, parts[0]
    return made, Group(draft.modes[0], tuple(parts)) if parts else None


def inputs(model: type[Base], draft: Draft) -> tuple[Input, ...]:
    """The rows of the page."""
    metas = {
        name: meta
        for name, meta in all_fields(model).items()
        if meta.kind != "json" and (meta.target is None or knows(meta.target))
    }
    names = Names()
    names.learn(words.keys_in([line.clause for line in draft.lines if line.field], metas))
    return tuple(_input(i, line, metas, names) for i, line in enumerate(draft.lines))


def _line(clause: Clause, group: int) -> Line:
    asked = filters.take_apart(clause.argument)
    operator = asked.operator
    if operator == "isnull" and clause.value != "true":
        operator = "filled"
    field = asked.name if asked.via in ("", "id") else f"{asked.name}__{asked.via}"
    return Line(field, operator, clause.value, group)


def _input(number: int, line: Line, metas: Mapping[str, FieldMeta], names: Names) -> Input:
    meta = metas.get(line.field)
    fields = [Option(value="", label=str(gettext("Field…")))]
    fields += [
        Option(value=name, label=str(each.label), selected=name == line.field)
        for name, each in sorted(metas.items(), key=lambda pair: str(pair[1].label))
    ]
    if meta is None and line.field:
        fields.append(Option(value=line.field, label=line.field, selected=True))
    known = list(dict.fromkeys(_operators(meta))) if meta else []
    operator = line.operator if line.operator in known else (known or [""])[0]
    line = replace(line, operator=operator)
    made = Input(
        number=number,
        group=line.group,
        field=line.field,
        fields=tuple(fields),
        operators=tuple(
            Option(value=each, label=words.operator_of(meta, each), selected=each == operator)
            for each in known
            if meta is not None
        ),
        shape="text" if meta is not None or line.field else "none",
        value=line.value,
        error=line.error,
    )
    return made if meta is None else _with_value(made, meta, operator, line, names)


def _with_value(made: Input, meta: FieldMeta, operator: str, line: Line, names: Names) -> Input:
    if operator in ("isnull", "filled"):
        return replace(made, shape="none", value="")
    if operator == "period":
        known = READY if line.value in ("", *READY) else (*READY, line.value)
        return replace(made, shape="select", options=_options(known, line.value, label_of))
    if meta.kind in CHOOSING:
        labels = {c.value: str(c.label) for c in meta.choices}
        shape = "several" if operator in words.OF_MANY else "select"
        chosen = line.value if shape == "several" else line.value.partition(",")[0]
        return replace(made, shape=shape, options=_options(labels, chosen, labels.__getitem__))
    if meta.kind == "boolean":
        yes_no = {"true": str(gettext("Yes")), "false": str(gettext("No"))}
        return replace(
            made, shape="select", options=_options(yes_no, line.value, yes_no.__getitem__)
        )
    if meta.target is not None and operator != "in":
        label = words.value_of(meta, line.clause, names) if line.value else ""
        number = line.value if whole(line.value) is not None else ""
        path = lookup_of_all(model_of(meta.target))
        return replace(made, shape="reference", value=label, value_id=number, lookup=path)
    if meta.kind in ("date", "instant"):
        return replace(made, shape="date")
    return replace(made, shape="number" if meta.kind in NUMERIC else "text")


def _options(
    known: Mapping[str, str] | Sequence[str], chosen: str, label: object
) -> tuple[Option, ...]:
    picked = chosen.split(",")
    return tuple(
        Option(value=each, label=label(each), selected=each in picked)  # type: ignore[operator]
        for each in known
    )


def _operators(meta: FieldMeta) -> Iterator[str]:
    """What may be asked of a field here, the usual first."""
    if meta.kind in ("date", "instant"):
        yield from ("period", "gte", "lte", "")
    elif meta.kind in NUMERIC:
        yield from ("gte", "lte", "gt", "lt", "", "ne")
    elif meta.kind == "choice":
        yield from ("in", "", "ne")
    elif meta.kind == "choices":
        yield from ("in", "all", "none")
    elif meta.kind == "reference":
        yield from ("", "ne", "in")
    elif meta.kind == "boolean":
        yield ""
    else:
        yield from ("contains", "startswith", "", "ne")
    if meta.nullable:
        yield from ("isnull", "filled")
