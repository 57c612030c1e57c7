"""Answers about measures: a value, a table, a series, the records behind a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.data.fields import guarded_of
from core.measures import choosing
from core.measures.behind import NAME, Behind, write
from core.measures.periods import STARTS, label_of, starts_between
from core.measures.statement import Question, check, each_fact, record_ids, target_of, totals
from plugin_api.context import current_actor, current_company, gettext, has_permission
from plugin_api.errors import NotFound, Rejected
from plugin_api.host import MeasuredFact, Point
from plugin_api.measures import Measure, Ratio
from plugin_api.models import Choice, model_of

MAX_RECORDS = 1000
"""How many ids are named; the address of a list leads to all."""


class Declared(Protocol):
    """What the loaded plugins declare, whoever has them enabled."""

    @property
    def measures(self) -> Mapping[str, Measure | Ratio]: ...


class Services(Protocol):
    """What the engine needs of the host."""

    @property
    def session(self) -> Session: ...

    @property
    def registry(self) -> Declared: ...

    def is_enabled(self, plugin_id: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class Evidence:
    """The records behind a number; ``ids`` in order, ``more`` when there are others. ``asked`` is
    the question itself."""

    model: str
    ids: tuple[int, ...]
    more: bool
    asked: Behind

    @property
    def query(self) -> dict[str, str]:
        """What the URL of the model's list holds to show all of them, however many."""
        return {NAME: write(self.asked)}


@dataclass(frozen=True, slots=True)
class Tally:
    """A figure by its parts, so that figures can be put together: sums of the numerator and of
    the denominator, and how many facts it rests on."""

    keys: tuple[Any, ...] = ()
    labels: tuple[str, ...] = ()
    above: Decimal = Decimal(0)
    below: Decimal | None = None
    """None for a measure, which is not divided."""
    facts: int = 0

    @property
    def value(self) -> Decimal | None:
        """The figure; None where there is nothing to divide by."""
        if self.below is None:
            return self.above
        return self.above / self.below if self.below else None

    def __add__(self, other: Tally) -> Tally:
        below = None if self.below is None else self.below + (other.below or 0)
        return replace(
            self, above=self.above + other.above, below=below, facts=self.facts + other.facts
        )


class MeasureEngine:
    """Implements :class:`plugin_api.host.Measures` for the current company and actor."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def all(self) -> list[Measure | Ratio]:
        """Measures of the plugins enabled here that the actor may read, by key."""
        declared = sorted(self._services.registry.measures)
        return [self.get(key) for key in declared if self._parts(key) is not None]

    def get(self, key: str) -> Measure | Ratio:
        """One of them. Raises NotFound."""
        parts = self.parts(key)
        found = self._services.registry.measures[key]
        return parts[0] if isinstance(found, Measure) else found

    def choices(self) -> tuple[Choice, ...]:
        """The same as values of a choice, by label; where two are called alike with the key. Kept
        while a request lasts: a list asks for every row."""
        return choosing.kept(self.all)

    def parts(self, key: str) -> tuple[Measure, ...]:
        """The measure alone, or a ratio's numerator and denominator. Raises NotFound."""
        found = self._parts(key)
        if found is None:
            raise NotFound(gettext("There is no measure “%(key)s”.", key=key))
        return found

    def value(
        self,
        key: str,
        start: date | None = None,
        end: date | None = None,
        filters: Mapping[str, Any] | None = None,
    ) -> Decimal | None:
        """The figure of the period, both days included, in one statement."""
        return self.table(key, start, end, (), filters)[0].value

    def table(
        self,
        key: str,
        start: date | None = None,
        end: date | None = None,
        by: Sequence[str] = (),
        filters: Mapping[str, Any] | None = None,
    ) -> list[Point]:
        """The figure by ``day, week, month, quarter, year, user, team, manager`` (of the user's
        team) or dimensions of the measure, in one statement, ordered by the keys.

        A period's key is its first day; quarters and years are the company's fiscal ones.
        Grouped by people alone, members of teams without facts are there with 0, or None for a
        ratio. A filter's value may be a list of alternatives, None among them. Raises NotFound,
        and Rejected for an unknown key.
        """
        found = self.tallies(key, start, end, by, filters)
        return [Point(tally.keys, tally.labels, tally.value) for tally in found]

    def tallies(
        self,
        key: str,
        start: date | None = None,
        end: date | None = None,
        by: Sequence[str] = (),
        filters: Mapping[str, Any] | None = None,
    ) -> list[Tally]:
        """The same as :meth:`table`, with what each figure is made of."""
        parts = self.parts(key)
        question = _question(by, start, end, filters)
        check(parts, question)
        rows = self._services.session.execute(totals(parts, question, current_actor()))
        found = [
            Tally(
                keys=tuple(row[f"k{i}"] for i in range(len(by))),
                labels=tuple(_label(parts, name, i, row) for i, name in enumerate(by)),
                above=Decimal(row["n"] or 0),
                below=Decimal(row["d"] or 0) if len(parts) > 1 else None,
                facts=int(row["facts"] or 0),
            )
            for row in rows.mappings()
        ]
        return sorted(found, key=lambda tally: [(k is None, k or 0) for k in tally.keys])

    def series(
        self,
        key: str,
        start: date,
        end: date,
        by: str = "month",
        filters: Mapping[str, Any] | None = None,
    ) -> list[Point]:
        """The figure of every ``by`` (a period) that touches start to end, the empty too."""
        if by not in STARTS:
            raise Rejected("by", gettext("“%(by)s” is not a period.", by=by))
        found = {point.keys[0]: point for point in self.table(key, start, end, (by,), filters)}
        nothing = nothing_of(self.parts(key)).value
        return [
            found.get(first) or Point((first,), (label_of(by, first),), nothing)
            for first in starts_between(by, start, end, current_company().fiscal_year_start)
        ]

    def records(
        self,
        key: str,
        start: date | None = None,
        end: date | None = None,
        filters: Mapping[str, Any] | None = None,
        limit: int = MAX_RECORDS,
    ) -> Evidence:
        """The records behind the number that :meth:`value` gives for the same question.

        For a ratio those of its denominator, which are all that were considered.
        """
        parts = self.parts(key)
        question = _question((), start, end, filters)
        check(parts, question)
        found = record_ids(parts[-1], question, current_actor()).distinct().subquery()
        ids = self._services.session.scalars(
            sa.select(found.c.record_id).order_by(found.c.record_id).limit(limit + 1)
        ).all()
        asked = Behind(key=key, start=start, end=end, filters=question.filters)
        return Evidence(parts[-1].model, tuple(ids[:limit]), len(ids) > limit, asked)

    def facts(
        self, key: str, start: date, end: date, filters: Mapping[str, Any] | None = None
    ) -> list[MeasuredFact]:
        """What :meth:`value` is the sum of, by day and record, in one statement."""
        parts = self.parts(key)
        if len(parts) > 1:
            raise Rejected("measure", gettext("This figure is no sum."))
        question = _question((), start, end, filters)
        check(parts, question)
        asked = each_fact(parts[0], question, current_actor())
        return [
            MeasuredFact(row.on, row.user_id, row.record_id, Decimal(row.value or 0))
            for row in self._services.session.execute(asked)
        ]

    def criteria(
        self,
        key: str,
        start: date | None = None,
        end: date | None = None,
        filters: Mapping[str, Any] | None = None,
    ) -> sa.ColumnElement[bool]:
        """A condition on the measure's model: being a record behind the number."""
        parts = self.parts(key)
        question = _question((), start, end, filters)
        check(parts, question)
        model: Any = model_of(parts[-1].model)
        condition: sa.ColumnElement[bool] = model.id.in_(
            record_ids(parts[-1], question, current_actor())
        )
        return condition

    def _parts(self, key: str) -> tuple[Measure, ...] | None:
        """None for an unknown measure, one that is off here, or one the actor may not read."""
        declared = self._services.registry.measures
        found = declared.get(key)
        if found is None or not self._services.is_enabled(key.partition(".")[0]):
            return None
        if isinstance(found, Measure):
            return (_readable(found),) if _may_read(found) else None
        above, below = self._parts(found.numerator), self._parts(found.denominator)
        return (*above, *below) if above and below else None


def _may_read(measure: Measure) -> bool:
    named = (name.rpartition(".") for name in measure.fields)
    return has_permission(f"{measure.model}.read") and all(
        name not in guarded_of(model_of(model or measure.model)) for model, _dot, name in named
    )


def _readable(measure: Measure) -> Measure:
    """The measure without dimensions that are fields which the actor may not read."""
    gone = guarded_of(model_of(measure.model)) & measure.dimensions.keys()
    if not gone:
        return measure
    kept = {name: each for name, each in measure.dimensions.items() if name not in gone}
    return replace(measure, dimensions=kept)


def _question(
    by: Sequence[str], start: date | None, end: date | None, filters: Mapping[str, Any] | None
) -> Question:
    several = {
        key: tuple(value) if isinstance(value, (list, tuple, set, frozenset)) else (value,)
        for key, value in (filters or {}).items()
    }
    return Question(by=tuple(by), start=start, end=end, filters=several)


def nothing_of(parts: Sequence[Measure]) -> Tally:
    """The figure where there are no facts: 0, or for a ratio nothing to divide by."""
    return Tally(below=None if len(parts) == 1 else Decimal(0))


def _label(parts: Sequence[Measure], name: str, i: int, row: Any) -> str:
    """What a key's value is called; empty for none."""
    key = row[f"k{i}"]
    if key is None:
        return ""
    if name in STARTS:
        return label_of(name, key)
    if target_of(parts, name) is not None:
        label = row.get(f"label{i}")
        return f"#{key}" if label is None else str(label)
    if isinstance(key, bool):
        return str(gettext("Yes") if key else gettext("No"))
    return str(parts[0].dimensions[name].labels.get(str(key), key))
