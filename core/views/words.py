"""Filters in words: what a chip says, what stands above a printed list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from core.data.fields import NUMERIC, FieldMeta
from core.data.query.conditions import Clause, Group
from core.data.query.filters import take_apart
from core.data.several import CHOOSING
from core.data.texts import row_id
from core.views.names import Key, Names
from core.views.periods import label_of
from core.web import formats
from plugin_api.context import Text, gettext
from plugin_api.context import lazy_gettext as _

OPERATORS: Mapping[str, Text] = {
    "": _("is"),
    "ne": _("is not"),
    "in": _("is any of"),
    "gte": _("is at least"),
    "gt": _("is more than"),
    "lte": _("is at most"),
    "lt": _("is less than"),
    "contains": _("contains"),
    "startswith": _("starts with"),
    "isnull": _("is empty"),
    "filled": _("is not empty"),
    "period": _("is within"),
    "all": _("holds all of"),
    "none": _("holds none of"),
}
OF_MANY = frozenset({"in", "all", "none"})
"""Operators whose value names several, apart by commas."""
OF_CHOICES: Mapping[str, Text] = {"": _("holds"), "in": _("holds any of")}
OF_DAYS: Mapping[str, Text] = {
    "gte": _("is on or after"),
    "gt": _("is after"),
    "lte": _("is on or before"),
    "lt": _("is before"),
}


def operator_of(meta: FieldMeta, operator: str) -> str:
    """An operator in words."""
    words = OF_DAYS if meta.kind in ("date", "instant") else {}
    words = OF_CHOICES if meta.kind == "choices" else words
    return str(words.get(operator) or OPERATORS.get(operator, operator))


def keys_in(clauses: Iterable[Clause], metas: Mapping[str, FieldMeta]) -> Iterator[Key]:
    """The records that conditions name by number."""
    for clause in clauses:
        asked = take_apart(clause.argument)
        meta = metas.get(asked.name)
        if meta is None or meta.target is None or asked.via not in ("", "id"):
            continue
        for part in clause.value.split(","):
            id_ = _number(part)
            if id_ is not None:
                yield meta.target, id_


def said(clause: Clause, metas: Mapping[str, FieldMeta], names: Names) -> str:
    """A condition as a sentence: ``Amount is at least 5,000``."""
    asked = take_apart(clause.argument)
    meta = metas.get(asked.name)
    if meta is None:
        return f"{clause.argument} = {clause.value}"
    label, operator = str(meta.label), asked.operator
    if asked.via and asked.via != "id":
        label = f"{label} ({asked.via})"
    if operator == "isnull":
        operator = "isnull" if clause.value == "true" else "filled"
        return f"{label} {operator_of(meta, operator)}"
    if operator == "in" and "," not in clause.value:
        operator = ""
    return f"{label} {operator_of(meta, operator)} {value_of(meta, clause, names)}"


def value_of(meta: FieldMeta, clause: Clause, names: Names) -> str:
    """The value of a condition in words."""
    asked = take_apart(clause.argument)
    if asked.operator == "period":
        return label_of(clause.value)
    if asked.via and asked.via != "id":
        return clause.value
    parts = clause.value.split(",") if asked.operator in OF_MANY else [clause.value]
    return ", ".join(_one(meta, part.strip(), names) for part in parts)


def group_said(group: Group, metas: Mapping[str, FieldMeta], names: Names) -> str:
    """A group as a sentence, with groups inside in brackets."""
    joint = gettext(" and ") if group.mode == "all" else gettext(" or ")
    parts = [
        f"({group_said(part, metas, names)})"
        if isinstance(part, Group)
        else said(part, metas, names)
        for part in group.parts
    ]
    return str(joint).join(parts)


def _one(meta: FieldMeta, text: str, names: Names) -> str:
    if meta.kind in CHOOSING:
        return next((str(c.label) for c in meta.choices if c.value == text), text)
    if meta.kind == "boolean":
        return str(gettext("Yes") if text == "true" else gettext("No"))
    if meta.target is not None:
        id_ = _number(text)
        return text if id_ is None else names.of(meta.target, id_)
    if meta.kind in ("date", "instant"):
        return day(text)
    return text if meta.kind not in NUMERIC else number(text)


def group_label(meta: FieldMeta, text: str) -> str:
    """What rows are grouped by, in words."""
    grain = text.partition("__")[2]
    labels = {
        "day": gettext("%(field)s by day", field=meta.label),
        "week": gettext("%(field)s by week", field=meta.label),
        "month": gettext("%(field)s by month", field=meta.label),
        "quarter": gettext("%(field)s by quarter", field=meta.label),
        "year": gettext("%(field)s by year", field=meta.label),
    }
    return str(labels.get(grain, meta.label))


def day(text: str) -> str:
    """An ISO day in the reader's language; other texts as they are."""
    try:
        return formats.date(dt.date.fromisoformat(text))
    except ValueError:
        return text


def number(text: str) -> str:
    """Digits with groups; other texts as they are."""
    plain = text.replace(",", "")
    try:
        whole = int(plain)
    except ValueError:
        return text
    return formats.number(whole) if plain.isascii() else text


def _number(text: str) -> int | None:
    try:
        return row_id(text.strip())
    except ValueError:
        return None
