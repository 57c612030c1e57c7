"""Grading accounts: what a run would change, and the run itself.

Everything is read in a few statements, however many accounts there are, and only what differs is
written: a second run on the same day writes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.conditions import criteria
from plugin_api.context import today
from plugins.crm.api import Account
from plugins.segments.models import Grading, Override, Standing
from plugins.segments.services import abc, figures, writing

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Result:
    """An account of a grading. ``held`` is the grade on the account, ``grade`` what it comes to;
    ``before`` the percentage of the whole before it, None without a figure."""

    id: int
    name: str
    held: str | None
    computed: str | None
    grade: str | None
    value: Decimal
    rank: int | None
    before: Decimal | None
    override_id: int | None


@dataclass(slots=True)
class Plan:
    """What a run of a grading does."""

    grading: Grading
    results: list[Result] = field(default_factory=list)

    @property
    def changes(self) -> list[Result]:
        """Those whose grade changes, the largest figure first."""
        found = [each for each in self.results if each.grade != each.held]
        return sorted(found, key=lambda each: (-each.value, each.name))

    def matrix(self) -> dict[tuple[str | None, str | None], int]:
        """(held, comes to) → accounts."""
        made: dict[tuple[str | None, str | None], int] = {}
        for each in self.results:
            key = each.held, each.grade
            made[key] = made.get(key, 0) + 1
        return made


def limits_of(grading: Grading) -> list[tuple[str, Decimal | None]]:
    """The limits of a grading as the rule takes them."""
    found: list[tuple[str, Decimal | None]] = [("A", grading.a_share), ("B", grading.b_share)]
    if grading.c_share is None:
        return [*found, ("C", None)]
    return [*found, ("C", grading.c_share), ("D", None)]


def active() -> list[Grading]:
    """The gradings in force, in their order."""
    asked = sa.select(Grading).where(Grading.active).order_by(Grading.position, Grading.id)
    return list(host().session.scalars(asked))


def plan(grading: Grading) -> Plan:
    """What the accounts of a grading come to today. Three statements."""
    asked = (
        sa.select(
            Account.id, Account.name, Account.grade, Standing.computed, Override.id, Override.grade
        )
        .outerjoin(Standing, Standing.account_id == Account.id)
        .outerjoin(
            Override,
            sa.and_(
                Override.account_id == Account.id, Override.state == "approved",
                Override.until >= today(),
            ),
        )
        .where(*_taken(grading))
    )  # fmt: skip
    rows = host().session.execute(asked).all()
    values = figures.by_account(grading.measure, grading.days)
    mine = {row[0]: values[row[0]] for row in rows if row[0] in values}
    limits, found = limits_of(grading), abc.places(mine)
    made = Plan(grading)
    for id_, name, held, computed, override_id, override in rows:
        place = found.get(id_)
        if place is not None:
            now: str | None = abc.grade_of(place.before, limits, computed, grading.slack)
        else:
            now = _kept(computed, held) if grading.without == "keep" else grading.without
        made.results.append(
            Result(
                id_, name, held, now, override or now, mine.get(id_, NOTHING),
                place.rank if place else None, place.before if place else None, override_id,
            )
        )  # fmt: skip
    return made


def _kept(computed: str | None, held: str | None) -> str | None:
    return held if computed is None else computed


def _taken(grading: Grading) -> list[Any]:
    """Conditions: the accounts that this grading takes and none before it."""
    before = [
        other
        for other in active()
        if other.id != grading.id
        and (other.position, other.id) < (grading.position, grading.id or 0)
    ]
    return [
        criteria(Account, grading.condition),
        *(sa.not_(criteria(Account, other.condition)) for other in before),
    ]


def run(grading: Grading) -> int:
    """Grade the accounts of a grading; how many came to another grade."""
    made = plan(grading)
    changed = {each.id: writing.Move(each.held, each.grade, each.value) for each in made.changes}
    keep(grading, made.results)
    written = writing.write(changed, "graded")
    if grading.ran_on != today():
        grading.ran_on = today()
    host().session.flush()
    return written


def keep(grading: Grading, results: Iterable[Result]) -> None:
    """Have the standings say what a run has found: two statements, and one for each that
    differs, or one for all that are not there yet."""
    grading_id = grading.id
    here: Any = Standing
    columns = (
        here.account_id, here.grading_id, here.grade, here.computed, here.value, here.override_id,
    )  # fmt: skip
    held = {row[0]: tuple(row[1:]) for row in host().session.execute(sa.select(*columns))}
    wanted = {
        each.id: (grading_id, each.grade, each.computed, each.value, each.override_id)
        for each in results
    }
    fresh = [id_ for id_ in wanted if id_ not in held]
    host().records.add_rows(Standing, [_row(id_, wanted[id_], today()) for id_ in fresh])
    _alter({id_: want for id_, want in wanted.items() if held.get(id_, want) != want}, held)
    _drop([id_ for id_, was in held.items() if was[0] == grading_id and id_ not in wanted])


def _drop(ids: Sequence[int]) -> None:
    """Accounts that the grading does not take any more have no standing; their grade stays."""
    for start in range(0, len(ids), writing.CHUNK):
        part = ids[start : start + writing.CHUNK]
        host().session.execute(sa.delete(Standing).where(Standing.account_id.in_(part)))


def _row(id_: int, want: Sequence[Any], since: dt.date) -> dict[str, Any]:
    names = ("grading_id", "grade", "computed", "value", "override_id")
    return {"account_id": id_, "since": since, **dict(zip(names, want, strict=True))}


def _alter(wanted: Mapping[int, tuple[Any, ...]], held: Mapping[int, tuple[Any, ...]]) -> None:
    ids = list(wanted)
    for start in range(0, len(ids), writing.CHUNK):
        part = ids[start : start + writing.CHUNK]
        asked = sa.select(Standing).where(Standing.account_id.in_(part))
        for standing in host().session.scalars(asked):
            want = wanted[standing.account_id]
            if want[1] != held[standing.account_id][1]:
                standing.since = today()
            row = _row(standing.account_id, want, standing.since)
            for name, value in row.items():
                setattr(standing, name, value)
