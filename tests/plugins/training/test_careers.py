"""Careers: ladders, readiness by equal rules, steps."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from core.identity.models import User
from plugin_api.context import clock_at, now, today
from plugin_api.errors import Forbidden, Refused, Rejected
from plugin_api.host import host
from plugins.training.models import (
    Career,
    CareerChange,
    Criterion,
    Ladder,
    Level,
    Rating,
)
from plugins.training.rules.readiness import Met, readiness
from plugins.training.services import careers, criteria
from tests.plugins.training.kit import (
    acting,
    course,
    enrol,
    quiz,
    role,
    skill,
    take,
    user,
)

pytestmark = pytest.mark.usefixtures("acme")


def test_readiness_is_never_full_while_something_is_missing() -> None:
    def met(have: int | None, need: int) -> Met:
        return Met(None if have is None else Decimal(have), Decimal(need))

    assert readiness([]) is None
    assert readiness([met(3, 4), met(10, 10)]) == Decimal("87.5")
    assert readiness([met(9, 4), met(10, 10)]) == 100
    assert readiness([met(None, 0)]) == Decimal("99.9"), "what is not known is not met"
    assert readiness([met(-5, 4)]) == 0
    assert readiness([met(99_999, 100_000)] * 3) == Decimal("99.9")


def people(number: int) -> list[int]:
    """So many reps."""
    made = [User(name=f"P{i}", role_id=role("rep"), email=f"p{i}@x.example") for i in range(number)]
    host().session.add_all(made)
    host().session.flush()
    return [each.id for each in made]


def ladder() -> tuple[Ladder, Level, Level]:
    made = host().records.create(Ladder, {"name": "Sales"})
    levels = [
        host().records.create(Level, {"ladder_id": made.id, "name": name, "position": place})
        for place, name in enumerate(("Junior", "Senior"))
    ]
    return made, levels[0], levels[1]


def test_a_career_by_equal_rules_for_all() -> None:
    made, junior, senior = ladder()
    found, taken = skill(), course(lessons=0, quiz_id=quiz(1).id)
    for values in (
        {"kind": "skill", "skill_id": found.id, "at_least": 4},
        {"kind": "course", "course_id": taken.id},
        {"kind": "measure", "measure": "training.completed", "at_least": 1, "months": 3},
        {"kind": "months", "at_least": 12},
    ):
        host().records.create(Criterion, {"level_id": senior.id, **values})
    since = today().replace(year=today().year - 2, day=1)
    both = [
        host().records.create(
            Career,
            {"user_id": user(name), "ladder_id": made.id, "level_id": junior.id, "since": since},
        )
        for name in ("ann", "bo")
    ]  # fmt: skip
    ours = both[0]
    with acting("ann"):
        host().records.create(Rating, {"user_id": user("ann"), "skill_id": found.id, "level": 5})
    ready = criteria.ready(both)
    assert ready[ours.id].percent == 25 == ready[both[1].id].percent, "months alone"
    assert [each.met.have for each in ready[ours.id].judged] == [None, 0, 0, 24]
    with acting("boss"):
        host().records.create(Rating, {"user_id": user("ann"), "skill_id": found.id, "level": 2})
        with pytest.raises(Rejected, match="why all the same"):
            host().records.transition(ours, "promote")
    with clock_at(now() - dt.timedelta(days=40)), acting("ann"):
        take(enrol("ann", taken.id), 1)
    assert criteria.ready(both)[ours.id].percent == Decimal("87.5")
    with acting("ann"):
        assert criteria.ready([ours])[ours.id].percent == Decimal("87.5"), "whoever looks"
        with pytest.raises((Forbidden, Refused)):
            host().records.transition(ours, "promote", {"reason": "Me"})
    with acting("boss"):
        host().records.create(Rating, {"user_id": user("ann"), "skill_id": found.id, "level": 4})
        host().records.transition(ours, "promote")
    assert (ours.level_id, ours.since) == (senior.id, today())
    steps = careers.steps(ours.id)
    assert [(each.to_id, each.readiness) for each in steps] == [(senior.id, 100), (junior.id, None)]
    assert criteria.ready([ours])[ours.id].level is None
    with acting("boss"), pytest.raises(Rejected, match="no level above"):
        host().records.transition(ours, "promote", {"reason": "More"})
    assert host().session.scalar(sa.select(sa.func.count(CareerChange.id))) == 3
    host().records.transition(both[1], "promote", {"reason": "Saved the biggest account"})
    assert careers.steps(both[1].id)[0].readiness == 25


def test_ladders_that_make_no_sense() -> None:
    made, junior, senior = ladder()
    other = host().records.create(Ladder, {"name": "Service"})
    abroad = host().records.create(Level, {"ladder_id": other.id, "name": "Agent", "position": 0})
    good = {"user_id": user("ann"), "ladder_id": made.id, "level_id": senior.id, "since": today()}
    for wrong in (
        {"level_id": abroad.id}, {"target_id": junior.id}, {"mentor_id": user("ann")},
        {"since": today() + dt.timedelta(days=3)},
    ):  # fmt: skip
        with pytest.raises(Refused):
            host().records.create(Career, good | wrong)
    for criterion in (
        {"kind": "skill", "at_least": 3}, {"kind": "months"}, {"kind": "measure", "at_least": 1},
        {"kind": "skill", "skill_id": skill().id, "at_least": 6},
    ):  # fmt: skip
        with pytest.raises(Refused):
            host().records.create(Criterion, {"level_id": senior.id, **criterion})


def test_statements_for_careers_do_not_grow_with_people() -> None:
    made, junior, senior = ladder()
    for months in (3, 6):
        host().records.create(
            Criterion,
            {"level_id": senior.id, "kind": "measure", "measure": "training.completed",
             "at_least": 1, "months": months},
        )  # fmt: skip
    rows = [
        {"user_id": id_, "ladder_id": made.id, "level_id": junior.id, "since": today()}
        for id_ in people(12)
    ]
    all_ = host().records.create_many(Career, rows)
    host().session.flush()
    few, many = counted(all_[:2]), counted(all_)
    assert many == few <= 6


def counted(some: list[Career]) -> int:
    number = 0

    def count(*_given: Any) -> None:
        nonlocal number
        number += 1

    engine = host().session.get_bind()
    sa.event.listen(engine, "before_cursor_execute", count)
    try:
        criteria.ready(some)
    finally:
        sa.event.remove(engine, "before_cursor_execute", count)
    return number
