"""Filters of a list's address: ``amount__gte=1000``, ``stage__in=won,lost``, ``owner.email=…``."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from core.access.rules import scope_criteria
from core.custom import beside
from core.data import dates, numbers, periods, several, texts
from core.data.fields import NUMERIC, TEXTUAL, FieldMeta, all_fields, column_of, knows
from core.data.query.labels import inner_of
from core.data.query.matching import alternatives, contains, starts_with
from core.data.several import CHOOSING
from plugin_api.context import current_actor, current_company, gettext, today
from plugin_api.models import Base, model_of

Condition = sa.ColumnElement[bool]
Column = sa.ColumnElement[Any]

RANGES = ("gte", "gt", "lte", "lt")
OPERATORS = frozenset(
    {*RANGES, "ne", "in", "isnull", "contains", "startswith", "period", "all", "none"}
)


@dataclass(frozen=True, slots=True)
class Asked:
    """An argument taken apart: ``account__name__contains`` is (account, name, contains)."""

    name: str
    via: str
    """Field of the reference's target; empty for the field itself."""
    operator: str
    """Empty for equality."""


def operators_of(meta: FieldMeta) -> tuple[str, ...]:
    """What may stand behind ``__`` for a field."""
    if meta.kind == "json":
        return ("isnull",)
    if meta.kind == "choices":
        return ("in", "all", "none", "isnull")
    made: tuple[str, ...] = ("ne", "in", "isnull")
    if meta.kind in NUMERIC:
        made += RANGES
    elif meta.kind in ("date", "instant"):
        made += (*RANGES, "period")
    elif meta.kind in TEXTUAL:
        made += ("contains", "startswith")
    return made


def take_apart(argument: str) -> Asked:
    """The parts of an argument's name, whether they make sense or not."""
    name, dot, rest = argument.partition(".")
    if dot:
        via, _, operator = rest.partition("__")
        return Asked(name, via, operator)
    name, *parts = argument.split("__")
    if len(parts) >= 2:
        return Asked(name, parts[0], "__".join(parts[1:]))
    if parts and parts[0] not in OPERATORS:
        return Asked(name, parts[0], "")
    return Asked(name, "", parts[0] if parts else "")


def condition(
    model: type[Base], asked: Asked, text: str, arguments: Mapping[str, str]
) -> Condition:
    """What a record must fulfil. Raises ValueError in words."""
    metas = all_fields(model)
    meta = _named(asked.name, metas)
    texts.storable(text)
    if meta.kind == "reference" and asked.via not in ("", "id"):
        return _through(model, meta, asked, text)
    if asked.via and meta.kind != "reference":
        raise _no_operator(meta, asked.via)
    currency = _currency(meta, arguments)
    if beside.serves(meta):
        return _beside(model, meta, asked.operator, text, currency)
    return _compiled(column_of(model, meta), meta, asked.operator, text, currency)


def lets_no_empty_pass(asked: Asked) -> bool:
    """Whether the condition is never true for a record whose field is empty."""
    return not asked.via and asked.operator not in ("ne", "none", "isnull")


def near(name: str, known: Iterable[str]) -> str:
    """Names that may have been meant, for a message; empty when none is near."""
    return ", ".join(difflib.get_close_matches(name, list(known), 3, 0.5))


def unknown(name: str, known: Iterable[str]) -> ValueError:
    """The refusal of a field that is not there."""
    meant, name = near(name, known), texts.short(name)
    if meant:
        return ValueError(
            gettext("There is no field “%(name)s”. Near are: %(near)s.", name=name, near=meant)
        )
    return ValueError(gettext("There is no field “%(name)s”.", name=name))


def _named(name: str, metas: Mapping[str, FieldMeta]) -> FieldMeta:
    meta = metas.get(name)
    if meta is None:
        raise unknown(name, metas)
    return meta


def _through(model: type[Base], meta: FieldMeta, asked: Asked, text: str) -> Condition:
    """A condition on the record that a reference points to."""
    if not knows(meta.target or ""):
        raise ValueError(gettext("You may not look into %(field)s.", field=meta.label))
    try:
        target = model_of(meta.target or "")
    except LookupError:
        raise unknown(asked.via, ()) from None
    theirs = all_fields(target)
    reachable = {n: theirs[n] for n in (*target.__find_by__, target.__title__) if n in theirs}
    found = reachable.get(asked.via)
    if found is None or found.kind == "reference":
        raise unknown(asked.via, reachable)
    entity = inner_of(target)
    inner = _compiled(column_of(entity, found), found, asked.operator, text, "")
    if asked.via != target.__title__:
        inner = sa.and_(inner, _within_reach(entity))
    return column_of(model, meta).in_(sa.select(entity.id).where(inner))


def _beside(model: Any, meta: FieldMeta, operator: str, text: str, currency: str) -> Condition:
    """The same, asked of the values beside the records: an index leads to the few that hold it."""
    column = beside.column(meta, beside.entity_of(meta))
    same = _compiled(column, meta, "" if operator == "ne" else operator, text, currency)
    if operator == "isnull":
        return (beside.lacking if texts.yes_or_no(text) else beside.among)(model, meta)
    if meta.kind == "choices":
        return beside.choosing(model, meta, operator, alternatives(text))
    return (beside.lacking if operator == "ne" else beside.among)(model, meta, same)


def _compiled(
    column: Column, meta: FieldMeta, operator: str, text: str, currency: str
) -> Condition:
    if operator and operator not in operators_of(meta):
        raise _no_operator(meta, operator)
    if not text.strip():
        message = gettext("Say a value, or ask for empty ones by %(name)s__isnull=true.",
                          name=meta.name)  # fmt: skip
        raise ValueError(message)
    if operator == "isnull":
        return column.is_(None) if texts.yes_or_no(text) else column.is_not(None)
    if operator == "contains":
        return contains(column, text)
    if operator == "startswith":
        return starts_with(column, text)
    if operator == "period":
        return _in_period(column, meta, text.strip())
    if meta.kind == "json":
        raise _no_operator(meta, "")
    if meta.kind == "choices":
        return several.holding(column, operator, [_typed(meta, p, "") for p in alternatives(text)])
    if meta.kind == "instant" and operator != "in" and dates.is_day(text):
        return _day_of_instant(column, operator, text, not meta.nullable)
    if operator == "in":
        return _any_of(column, meta, alternatives(text), currency)
    if operator in ("", "ne"):
        same = _any_of(column, meta, [text], currency)
        return same if not operator else _not(same, column, not meta.nullable)
    literal = sa.literal(_typed(meta, text, currency), column.type)
    compared: dict[str, Callable[[], Condition]] = {
        "gte": lambda: column >= literal,
        "gt": lambda: column > literal,
        "lte": lambda: column <= literal,
        "lt": lambda: column < literal,
    }
    return compared[operator]()


def _not(same: Condition, column: Column, required: bool) -> Condition:
    """Other ones; an empty value is another one too."""
    return sa.not_(same) if required else sa.not_(same) | column.is_(None)


def _any_of(column: Column, meta: FieldMeta, parts: list[str], currency: str) -> Condition:
    found: list[Condition] = []
    values = []
    for part in parts:
        if meta.kind == "reference" and texts.row_id(part) is None:
            found.append(column.in_(_ids_by_name(meta, part)))
        elif meta.kind == "instant" and dates.is_day(part):
            found.append(_day_of_instant(column, "", part, True))
        else:
            values.append(_typed(meta, part, currency))
    if len(values) == 1:
        found.append(column == sa.literal(values[0], column.type))
    elif values or not found:
        found.append(column.in_(values))
    return sa.or_(*found)


def _ids_by_name(meta: FieldMeta, text: str) -> sa.Select[Any]:
    """Records of the target that a name typed into the filter means."""
    if not knows(meta.target or ""):
        raise ValueError(gettext("Name %(field)s by its id.", field=meta.label))
    target = model_of(meta.target or "")
    entity = inner_of(target)
    theirs = all_fields(target)
    known = [theirs[n] for n in target.__find_by__ if n in theirs and theirs[n].kind in TEXTUAL]
    titles = [column_of(entity, m) == text for m in known if m.name == target.__title__]
    others = [column_of(entity, m) == text for m in known if m.name != target.__title__]
    if others:
        titles.append(sa.and_(sa.or_(*others), _within_reach(entity)))
    return sa.select(entity.id).where(sa.or_(*titles))


def _within_reach(entity: Any) -> Condition:
    """Records that the actor may read. Of others only the name is known, by what refers to them:
    what else they hold must not be found out by asking for it letter by letter."""
    return scope_criteria(entity, "read", current_actor())


def _day_of_instant(column: Column, operator: str, text: str, required: bool) -> Condition:
    """A day stands for all its instants by the company's clock."""
    start, end = dates.bounds(dates.day(text), ZoneInfo(current_company().timezone))
    inside = sa.and_(column >= start, column < end)
    if operator == "ne":
        return _not(inside, column, required)
    return {
        "": inside, "gte": column >= start, "gt": column >= end,
        "lte": column < end, "lt": column < start,
    }[operator]  # fmt: skip


def _in_period(column: Column, meta: FieldMeta, name: str) -> Condition:
    """The days that a moving period means today, by the company's clock and fiscal year."""
    company = current_company()
    span = periods.span_of(name, today(), company.fiscal_year_start)
    first: Any = span.start
    after: Any = None if span.end is None else span.end + dt.timedelta(days=1)
    if meta.kind == "instant":
        zone = ZoneInfo(company.timezone)
        first, after = (day and dates.bounds(day, zone)[0] for day in (first, after))
    found = [] if first is None else [column >= first]
    return sa.and_(*found, *([] if after is None else [column < after]))


def _typed(meta: FieldMeta, text: str, currency: str) -> Any:
    """A value of the field as its column holds it."""
    if meta.kind == "integer":
        return numbers.steps(numbers.number(text), 0)
    if meta.kind in ("decimal", "percent"):
        value = (numbers.percentage if meta.kind == "percent" else numbers.number)(text)
        numbers.steps(value, meta.scale)
        return value
    if meta.kind == "money":
        return numbers.minor_units(numbers.amount(text, currency), currency)
    if meta.kind == "boolean":
        return texts.yes_or_no(text)
    if meta.kind == "date":
        return dates.day(text)
    if meta.kind == "instant":
        zone = ZoneInfo(current_company().timezone)
        return dates.moment(text, zone, with_zone=True)
    if meta.kind == "reference":
        return texts.row_id(text)
    if meta.kind in CHOOSING and text not in {choice.value for choice in meta.choices}:
        allowed = ", ".join(choice.value for choice in meta.choices)
        message = gettext(
            "“%(value)s” is none of: %(allowed)s.", value=texts.short(text), allowed=allowed
        )
        raise ValueError(message)
    return text


def _currency(meta: FieldMeta, arguments: Mapping[str, str]) -> str:
    """The one that the same question asks for, else the company's."""
    asked = arguments.get(meta.currency_field or "", "")
    return asked if len(asked) == 3 and asked.isalpha() else current_company().currency


def _no_operator(meta: FieldMeta, operator: str) -> ValueError:
    known = operators_of(meta)
    message = gettext(
        "%(field)s cannot be asked for by “%(operator)s”, but by: %(known)s.",
        field=meta.name, operator=operator, known=near(operator, known) or ", ".join(known),
    )  # fmt: skip
    return ValueError(message)
