"""From the arguments of an address to a question that can be run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.sql.elements import True_

from core.access.rules import scope_criteria, scope_of
from core.data import texts
from core.data.fields import TEXTUAL, all_fields, column_of, fields_of
from core.data.numbers import whole
from core.data.query import conditions, filters, scopes
from core.data.query.matching import contains
from core.data.query.ordering import UNSORTABLE, Key, keys_of, read_cursor
from core.host import services
from core.measures.behind import NAME
from core.measures.behind import read as read_behind
from core.search.matching import found
from plugin_api.context import current_actor, gettext
from plugin_api.errors import Forbidden, Invalid, Refused
from plugin_api.models import CompanyModel

T = TypeVar("T")

PAGE = 80
MOST_ROWS = 1000
MOST_WORDS = 12
RESERVED = frozenset({"q", "sort", "limit", "cursor", "count", "fields", "scope", "where", NAME})
"""Arguments that name no field. A field of such a name is asked for with an operator."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Query:
    """A question about records of one model, of the actor who asked."""

    model: type[CompanyModel]
    fields: tuple[str, ...]
    """Described fields that the rows shall hold."""
    where: tuple[sa.ColumnElement[bool], ...]
    """Record rules and filters; the company is added by the session."""
    order: tuple[Key, ...]
    limit: int
    after: tuple[Any, ...] | None = None
    """Sort values of the last row seen."""
    count: bool = False
    """Whether the number of all records is asked for besides the page."""


def parse_query(model: type[CompanyModel], arguments: Mapping[str, str]) -> Query:
    """The question that arguments ask.

    ``q`` words to search for; ``scope`` whose records; ``where`` conditions in groups; ``behind``
    the figure that they are behind (see :mod:`core.measures.behind`); ``sort``
    such as ``-amount,name``; ``limit`` 1 to 1000; ``cursor`` of the page before; ``count``;
    ``fields``; every other one a filter.
    Raises Forbidden without ``<model>.read``, Invalid with a message for each bad argument.
    """
    actor = current_actor()
    if scope_of(model, f"{model.model_key()}.read", actor) is None:
        raise Forbidden(gettext("You may not read %(things)s.", things=model.__label_plural__))
    reader = _Reader(arguments)
    where, filled = reader.filters(model)
    where += reader.read("q", partial(_search, model), [])
    where += reader.read("scope", lambda text: [scopes.condition(model, text)], [])
    where += reader.read("where", lambda text: [conditions.condition(model, text, arguments)], [])
    where += reader.read(NAME, partial(_behind, model), [])
    nothing: list[str] = []
    names = reader.read("sort", partial(_sort, model), nothing)
    order = keys_of(model, names, all_fields(model), filled)
    after: tuple[Any, ...] | None = None
    if "sort" not in reader.errors:
        after = reader.read("cursor", partial(read_cursor, order), None)
    made = Query(
        model=model,
        fields=reader.read("fields", partial(_fields, model), usual(model)),
        where=(*_rules(model), *where),
        order=order,
        limit=reader.read("limit", _limit, PAGE),
        after=after,
        count=reader.read("count", texts.yes_or_no, False),
    )
    if reader.errors:
        raise Invalid(gettext("The list cannot be asked for like this."), errors=reader.errors)
    return made


def narrowed(query: Query, *criteria: sa.ColumnElement[bool]) -> Query:
    """The same question for those records only that fulfil further conditions."""
    return replace(query, where=(*query.where, *criteria))


def sortable(model: type[CompanyModel]) -> set[str]:
    """Fields that a list may be sorted by."""
    return {name for name, meta in all_fields(model).items() if meta.kind not in UNSORTABLE}


class _Reader:
    """Reads arguments one by one and keeps what is wrong with each."""

    def __init__(self, arguments: Mapping[str, str]) -> None:
        self._arguments = arguments
        self.errors: dict[str, list[str]] = {}

    def read(self, name: str, parse: Callable[[str], T], default: T) -> T:
        """What an argument means; the default when it is missing, empty or wrong."""
        text = self._arguments.get(name, "")
        if text.strip():
            try:
                return parse(text)
            except ValueError as error:
                self.errors[name] = [str(error)]
        return default

    def filters(
        self, model: type[CompanyModel]
    ) -> tuple[list[sa.ColumnElement[bool]], frozenset[str]]:
        """Conditions, and the fields that they let no empty value pass of."""
        found, filled = [], set()
        for name, text in self._arguments.items():
            if name in RESERVED:
                continue
            try:
                asked = filters.take_apart(name)
                found.append(filters.condition(model, asked, text, self._arguments))
                if filters.lets_no_empty_pass(asked):
                    filled.add(asked.name)
            except ValueError as error:
                self.errors[name] = [str(error)]
        return found, frozenset(filled)


def _behind(model: type[CompanyModel], text: str) -> list[sa.ColumnElement[bool]]:
    asked, engine = read_behind(text), services().measures
    try:
        if engine.parts(asked.key)[-1].model != model.model_key():
            message = gettext("“%(key)s” is not of these records.", key=texts.short(asked.key))
            raise ValueError(message)
        return [engine.criteria(asked.key, asked.start, asked.end, asked.filters)]
    except Refused as refused:
        raise ValueError(refused.words) from None


def _rules(model: type[CompanyModel]) -> tuple[sa.ColumnElement[bool], ...]:
    rules = scope_criteria(model, "read", current_actor())
    return () if isinstance(rules, True_) else (rules,)


def usual(model: type[CompanyModel]) -> tuple[str, ...]:
    """The fields of a question that names none."""
    return tuple(name for name, meta in fields_of(model).items() if meta.kind != "json")


def _search(model: type[CompanyModel], text: str) -> list[sa.ColumnElement[bool]]:
    """Every word stands in one of the fields that are searched, or is known to the index: by
    pinyin and its initials, by a telephone number that is grouped otherwise."""
    metas = fields_of(model)
    names = dict.fromkeys([*model.__search__, *(n for n, m in metas.items() if m.searchable)])
    searched = [metas[n] for n in names if n in metas and metas[n].kind in TEXTUAL]
    if not searched:
        raise ValueError(gettext("There is nothing to search in."))
    words = texts.storable(text).split()
    if len(words) > MOST_WORDS:
        raise ValueError(gettext("At most %(most)s words.", most=MOST_WORDS))
    columns = [column_of(model, meta) for meta in searched]
    return [
        sa.or_(*(contains(column, word) for column in columns), *found(model, word))
        for word in words
    ]


def _sort(model: type[CompanyModel], text: str) -> list[str]:
    names = [part.strip() for part in text.split(",") if part.strip()]
    known, there = sortable(model), all_fields(model)
    plain = [name.removeprefix("-") for name in names]
    for name in plain:
        if name in there and name not in known:
            raise ValueError(gettext("Records are not sorted by “%(name)s”.", name=name))
        if name not in known:
            raise filters.unknown(name, known)
        if plain.count(name) > 1:
            raise ValueError(gettext("“%(name)s” stands twice.", name=name))
    return names


def _fields(model: type[CompanyModel], text: str) -> tuple[str, ...]:
    known, described = all_fields(model), fields_of(model)
    names = dict.fromkeys(part.strip() for part in text.split(",") if part.strip())
    for name in names:
        if name not in known:
            raise filters.unknown(name, known)
    return tuple(name for name in names if name in described)


def _limit(text: str) -> int:
    if number := whole(text.strip(), MOST_ROWS):
        return number
    raise ValueError(gettext("Expected a number from 1 to %(most)s.", most=MOST_ROWS))
