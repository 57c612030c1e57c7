"""Finding records of every plugin at once, the best of each model first.

Two statements, however many models there are. The first counts how often each word stands in
the index of each model that the actor may read, and tells nobody: it only chooses where to look
and by which word. The second reads from each of those models the first few records that the
record rules let through, in the order of the index, which is the order of the answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from core.access.rules import scope_criteria, scope_of
from core.data import texts
from core.data.query.matching import contains
from core.host import services
from core.hosting.enabled import enabled_set
from core.search.index import hides, number_of, shape_of
from core.search.matching import also, begins
from core.search.models import SearchToken
from core.search.showing import Hit, Showing
from core.search.tokens import LONGEST, Kind, Word, normal, words_of
from plugin_api.context import current_actor, current_company
from plugin_api.models import CompanyModel

MOST_WORDS = 12
MOST_TOKENS = 5
"""Rows read of the index for each record shown: several words of one may match."""

Counts = Mapping[int, Mapping[Word, Mapping[int, int]]]
"""Number of a model → word → kind → rows of the index."""


@dataclass(frozen=True, slots=True)
class Found:
    """Records of one model, best first; ``more`` when there are others."""

    model: type[CompanyModel]
    hits: list[Hit]
    more: bool


@dataclass(frozen=True, slots=True)
class _Leg:
    """One range of the index of one model."""

    model: type[CompanyModel]
    kind: Kind
    word: Word
    others: tuple[Word, ...] = ()


def find(search: str, limit: int) -> list[Found]:
    """At most ``limit`` records of each model that have all words, the better models first.

    A record ranks by its title being or beginning with the search, then by words, then by how
    its title is read, then by how any part of it is. Only what the actor may see in plugins
    that are on. Raises ValueError for a character that no database keeps.
    """
    title = normal(texts.storable(search))
    words = words_of(search)[:MOST_WORDS]
    if not words:
        return []
    models = {number_of(model): model for model in searchable()}
    legs = [leg for number, counts in _counts(list(models), title, words).items()
            for leg in _legs(models[number], title, words, counts)]  # fmt: skip
    return _answer(legs, limit) if legs else []


def searchable() -> Iterator[type[CompanyModel]]:
    """Models that the actor may search, in the order of their plugins."""
    actor, enabled = current_actor(), enabled_set(current_company())
    for key, model in services().registry.models.items():
        if (
            issubclass(model, CompanyModel)
            and model.plugin_id() in enabled
            and shape_of(model) is not None
            and scope_of(model, f"{key}.read", actor) is not None
        ):
            yield model


def _counts(numbers: Sequence[int], title: str, words: Sequence[Word]) -> Counts:
    asked = [Word(title, (Kind.TITLE,)), *words] if len(title) <= LONGEST else list(words)
    parts = [
        sa.select(
            sa.literal_column(str(i), sa.Integer()).label("word"),
            SearchToken.model,
            SearchToken.kind,
            sa.func.count().label("rows"),
        )
        .where(
            SearchToken.model.in_(numbers),
            SearchToken.kind.in_(word.kinds),
            begins(SearchToken, word),
        )
        .group_by(SearchToken.model, SearchToken.kind)
        for i, word in enumerate(asked)
    ]
    rows = sa.union_all(*parts).subquery() if len(parts) > 1 else parts[0].subquery()
    found: dict[int, dict[Word, dict[int, int]]] = {number: {} for number in numbers}
    for i, number, kind, count in services().session.execute(sa.select(rows)):
        found[number].setdefault(asked[i], {})[kind] = count
    return found


def _legs(
    model: type[CompanyModel],
    title: str,
    words: Sequence[Word],
    counts: Mapping[Word, Mapping[int, int]],
) -> Iterator[_Leg]:
    """Where to look for a model's records: by the word that the fewest rows begin with."""
    whole = Word(title, (Kind.TITLE,))
    if whole in counts:
        yield _Leg(model, Kind.TITLE, whole)
    if all(word in counts for word in words) and (not hides(model) or _has_title(model)):
        rarest = min(words, key=lambda word: sum(counts[word].values()))
        others = tuple(word for word in words if word is not rarest)
        for kind in rarest.kinds:
            if kind in counts[rarest]:
                yield _Leg(model, kind, rarest, others)


def _answer(legs: Sequence[_Leg], limit: int) -> list[Found]:
    shown = {leg.model: Showing(leg.model) for leg in legs}
    parts = [
        sa.select(_select(place, leg, shown[leg.model], limit * MOST_TOKENS + 1).subquery())
        for place, leg in enumerate(legs)
    ]
    rows = (sa.union_all(*parts) if len(parts) > 1 else parts[0]).subquery()
    statement = sa.select(rows).order_by(rows.c.leg, rows.c.token, rows.c.id)
    by_model: dict[type[CompanyModel], dict[int, Hit]] = {}
    best: dict[type[CompanyModel], int] = {}
    for place, _token, id_, name, detail in services().session.execute(statement):
        leg = legs[place]
        best[leg.model] = min(best.get(leg.model, leg.kind), leg.kind)
        hit = shown[leg.model].hit(id_, name, detail)
        by_model.setdefault(leg.model, {}).setdefault(id_, hit)
    # Of those that match alike, records that belong to somebody come before what describes them.
    order = sorted(by_model, key=lambda model: (best[model], not model.__owner__))
    return [
        Found(model, list(by_model[model].values())[:limit], len(by_model[model]) > limit)
        for model in order
    ]


def _select(place: int, leg: _Leg, shown: Showing, limit: int) -> sa.Select[Any]:
    """The first rows of a range whose records the actor may read and that have all words."""
    model: Any = leg.model
    statement = (
        sa.select(
            sa.literal_column(str(place), sa.Integer()).label("leg"),
            SearchToken.token.label("token"),
            SearchToken.record_id.label("id"),
            *shown.columns(),
        )
        .select_from(SearchToken)
        .join(
            model,
            sa.and_(model.company_id == SearchToken.company_id, model.id == SearchToken.record_id),
        )
    )
    return (
        shown.joined(statement)
        .where(
            SearchToken.model == number_of(leg.model),
            SearchToken.kind == int(leg.kind),
            begins(SearchToken, leg.word),
            *also(leg.model, leg.others),
            *_in_title(leg),
            scope_criteria(leg.model, "read", current_actor()),
        )
        .order_by(SearchToken.token, SearchToken.record_id)
        .limit(limit)
    )


def _in_title(leg: _Leg) -> Iterator[sa.ColumnElement[bool]]:
    """The index does not tell fields apart: where it holds one that the actor does not see, or not
    whole, what is called so is found and nothing else."""
    shape = shape_of(leg.model)
    if shape is not None and shape.title and leg.kind != Kind.TITLE and hides(leg.model):
        title = getattr(leg.model, shape.title)
        yield from (contains(title, word.text) for word in (leg.word, *leg.others))


def _has_title(model: type[CompanyModel]) -> bool:
    shape = shape_of(model)
    return shape is not None and bool(shape.title)
