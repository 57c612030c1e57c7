"""The one statement that answers a question about a measure.

Every measure asked for, and the people without facts, is a leg that yields the grouping keys,
a numerator and a denominator; the legs are summed together and the names of the keys joined
to the sums. All of it is made of mapped classes, so the session adds the company to each part.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import True_

from core.access.rules import scope_criteria
from core.data.numbers import LARGEST
from core.measures.periods import STARTS, first_day
from plugin_api.context import Actor, current_company, gettext, has_permission
from plugin_api.errors import Rejected
from plugin_api.measures import Measure
from plugin_api.models import model_of

PEOPLE = {"user": "core.User", "team": "core.Team", "manager": "core.User"}
"""Keys that every measure has by its user, and what they refer to."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """What is asked of a measure. Days are included; values of one filter are alternatives."""

    by: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    filters: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)


def target_of(measures: Sequence[Measure], key: str) -> str | None:
    """Model that a key refers to; None for a period or a plain value."""
    if key in PEOPLE:
        return PEOPLE[key]
    dimension = measures[0].dimensions.get(key)
    return dimension.target if dimension else None


def check(measures: Sequence[Measure], question: Question) -> None:
    """Raise Rejected naming the first key or filter that the measures do not all have."""
    shared = set.intersection(*(set(measure.dimensions) for measure in measures))
    for key in question.by:
        if key not in shared | PEOPLE.keys() | STARTS.keys():
            raise Rejected("by", gettext("There is no “%(key)s” to group by.", key=key))
    for key in question.filters:
        if key not in shared | PEOPLE.keys():
            raise Rejected(key, gettext("There is no “%(key)s” to filter by.", key=key))


def totals(measures: Sequence[Measure], question: Question, actor: Actor) -> sa.Select[Any]:
    """Columns ``k0 … kn``, ``n``, ``d``, ``facts`` (how many the figure rests on: of a ratio those
    of its denominator) and ``label<i>`` for each key that is a reference.

    ``measures`` is a measure alone or a ratio's numerator and denominator.
    """
    legs = _legs(measures, question, actor)
    many, rows = len(question.by), legs[0].subquery()
    if len(legs) > 1:
        # Each leg by itself first: PostgreSQL lets several workers add up a table, not a union.
        parts = [_summed(leg.subquery(), many) for leg in legs]
        rows = sa.union_all(*parts).subquery()
    sums = _summed(rows, many).subquery()
    answer = sa.select(sums)
    for i, key in enumerate(question.by):
        target = target_of(measures, key)
        if target is None or (key not in PEOPLE and not has_permission(f"{target}.read")):
            continue
        named: Any = aliased(model_of(target))
        answer = answer.outerjoin(named, named.id == sums.c[f"k{i}"]).add_columns(
            getattr(named, named.__title__).label(f"label{i}")
        )
    return answer


def _summed(rows: sa.Subquery, many: int) -> sa.Select[Any]:
    """Rows added up by their ``many`` keys."""
    keys = [rows.c[f"k{i}"] for i in range(many)]
    figures = (sa.func.sum(rows.c[name]).label(name) for name in ("n", "d", "facts"))
    return sa.select(*keys, *figures).group_by(*keys)


def record_ids(measure: Measure, question: Question, actor: Actor) -> sa.Select[Any]:
    """Column ``record_id``: the records behind a number, one of several facts more than once.

    Not made distinct: who asks for being among them is answered row by row then, so that a page in
    the order of an index reads as far as it is long, and not all that is behind the number. Who
    asks for the ids in order has them distinct: they rise with days, and all before the period
    would be walked.
    """
    facts = _facts(measure)
    columns = _Columns(measure, facts)
    return (
        columns.joined(sa.select(facts.c.record_id), question.filters)
        .where(*_conditions(measure, facts, columns, question, actor))
        .where(facts.c.record_id.is_not(None))
    )


def each_fact(measure: Measure, question: Question, actor: Actor) -> sa.Select[Any]:
    """Columns ``on``, ``user_id``, ``record_id`` and ``value``, by day and record."""
    facts = _facts(measure)
    columns = _Columns(measure, facts)
    wanted = [facts.c[name] for name in ("on", "user_id", "record_id", "value")]
    return (
        columns.joined(sa.select(*wanted), question.filters)
        .where(*_conditions(measure, facts, columns, question, actor))
        .order_by(facts.c.on, facts.c.record_id, facts.c.user_id)
    )


def _facts(measure: Measure) -> sa.Subquery:
    facts = measure.facts().subquery()
    names = ("on", "value", "user_id", "record_id", *measure.dimensions)
    if missing := [name for name in names if name not in facts.c]:
        raise TypeError(f"facts of the measure {measure.key} lack: {', '.join(missing)}")
    return facts


class _Columns:
    """The columns of a measure's facts by the name of the key."""

    def __init__(self, measure: Measure, facts: sa.Subquery | None) -> None:
        self.person: Any = aliased(model_of("core.User"))
        self.team: Any = aliased(model_of("core.Team"))
        self.facts = facts
        self.measure = measure

    def __getitem__(self, key: str) -> sa.ColumnElement[Any]:
        if key == "team":
            column: sa.ColumnElement[Any] = self.person.team_id
        elif key == "manager":
            column = self.team.manager_id
        elif self.facts is None:
            column = self.person.id
        elif key == "user":
            column = self.facts.c.user_id
        elif key in self.measure.dimensions:
            column = self.facts.c[key]
        else:
            column = first_day(key, self.facts.c.on, current_company().fiscal_year_start)
        return column

    def joined(self, query: sa.Select[Any], keys: Any) -> sa.Select[Any]:
        """The query with the person's team, and the team, joined as the keys need them."""
        if self.facts is not None:
            query = query.select_from(self.facts)
            if not {"team", "manager"}.isdisjoint(keys):
                query = query.outerjoin(self.person, self.person.id == self.facts.c.user_id)
        if "manager" in keys:
            query = query.outerjoin(self.team, self.team.id == self.person.team_id)
        return query


def _legs(measures: Sequence[Measure], question: Question, actor: Actor) -> list[sa.Select[Any]]:
    facts = [_facts(measure) for measure in measures]
    above = facts[0].c.value.type
    below = facts[-1].c.value.type
    legs = []
    for i, (measure, source) in enumerate(zip(measures, facts, strict=True)):
        columns = _Columns(measure, source)
        query = sa.select(
            *(columns[key].label(f"k{n}") for n, key in enumerate(question.by)),
            (_zero(above) if i else source.c.value).label("n"),
            (source.c.value if i else _zero(below)).label("d"),
            _ONE.label("facts") if i == len(measures) - 1 else _NONE.label("facts"),
        )
        legs.append(
            columns.joined(query, {*question.by, *question.filters}).where(
                *_conditions(measure, source, columns, question, actor)
            )
        )
    if question.by and PEOPLE.keys() >= set(question.by):
        legs.append(_people(measures, question, actor, (_zero(above), _zero(below))))
    return legs


_ONE, _NONE = (sa.literal_column(text, type_=sa.Integer()) for text in ("1", "0"))


def _zero(like: Any) -> sa.ColumnElement[Any]:
    return sa.literal_column("0", type_=like)


def _conditions(
    measure: Measure, facts: sa.Subquery, columns: _Columns, question: Question, actor: Actor
) -> list[sa.ColumnElement[bool]]:
    made = [_is_one_of(key, columns[key], values) for key, values in question.filters.items()]
    if not measure.snapshot and question.start is not None:
        made.append(facts.c.on >= question.start)
    if not measure.snapshot and question.end is not None:
        made.append(facts.c.on <= question.end)
    model: Any = model_of(measure.model)
    rules = scope_criteria(model, "read", actor)
    if not isinstance(rules, True_):
        made.append(facts.c.record_id.in_(sa.select(model.id).where(rules)))
    return made


def _people(
    measures: Sequence[Measure],
    question: Question,
    actor: Actor,
    zeros: tuple[sa.ColumnElement[Any], sa.ColumnElement[Any]],
) -> sa.Select[Any]:
    """A leg of nothing for everyone in a team whose figures the actor may see."""
    columns = _Columns(measures[0], None)
    person = columns.person
    query = columns.joined(
        sa.select(
            *(columns[key].label(f"k{n}") for n, key in enumerate(question.by)),
            zeros[0].label("n"),
            zeros[1].label("d"),
            _NONE.label("facts"),
        ).select_from(person),
        {*question.by, *question.filters},
    ).where(person.active, person.team_id.is_not(None))
    for key in PEOPLE.keys() & question.filters.keys():
        query = query.where(_is_one_of(key, columns[key], question.filters[key]))
    for measure in measures:
        query = query.where(_is_visible(person, measure, actor))
    return query


def _is_visible(person: Any, measure: Measure, actor: Actor) -> sa.ColumnElement[bool]:
    scope = actor.grants.get(f"{measure.model}.read")
    if actor.is_system or scope == "company" or model_of(measure.model).__owner__ is None:
        return sa.true()
    seen: sa.ColumnElement[bool] = person.id == actor.user_id
    if scope == "team" and actor.team_id is not None:
        seen |= person.team_id == actor.team_id
    elif scope == "subtree":
        seen |= person.team_id.in_(actor.team_ids)
    return seen


def _is_one_of(
    key: str, column: sa.ColumnElement[Any], values: tuple[Any, ...]
) -> sa.ColumnElement[bool]:
    typed = [_typed(key, column, value) for value in values if value is not None]
    found = column.in_(typed)
    return found | column.is_(None) if None in values else found


def _typed(key: str, column: sa.ColumnElement[Any], value: Any) -> Any:
    """A filter's value as the column wants it; text is what a URL holds."""
    wanted = column.type.python_type
    if isinstance(value, wanted) and not (wanted is int and isinstance(value, bool)):
        return value
    try:
        if wanted is bool:
            return {"true": True, "false": False}[str(value)]
        if wanted is date:
            return date.fromisoformat(str(value))
        if wanted is int and abs(int(str(value))) > LARGEST:
            raise ValueError
        if wanted in (int, Decimal, str):
            return wanted(str(value))
    except (ValueError, KeyError, InvalidOperation):
        pass
    raise Rejected(key, gettext("“%(value)s” is not a value to filter by.", value=value))
