"""Ratings of skills, the matrix, and its gaps."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from core.identity.models import User
from plugin_api.context import current_actor, today
from plugin_api.errors import Refused, Rejected
from plugin_api.host import host
from plugins.training.models import Career, Rating, Requirement
from plugins.training.services import matrix
from tests.harness import Installation
from tests.plugins.training.kit import (
    acting,
    course,
    enrol,
    role,
    skill,
    user,
)

pytestmark = pytest.mark.usefixtures("acme")


def test_ratings_count_by_who_gives_them() -> None:
    found = skill()
    host().records.create(Requirement, {"role_id": role("rep"), "skill_id": found.id, "level": 4})

    def current() -> list[tuple[int, str]]:
        asked = sa.select(Rating.level, Rating.source).where(Rating.current)
        return [(row[0], row[1]) for row in host().session.execute(asked)]

    def rate(level: int, **values: object) -> Rating:
        return host().records.create(
            Rating, {"user_id": user("ann"), "skill_id": found.id, "level": level, **values}
        )

    with acting("ann"):
        rate(5)
    assert current() == [(5, "self")]
    with acting("boss"):
        by_boss = rate(2, on=today() - dt.timedelta(days=9))
        assert current() == [(2, "other")]
        rate(1, on=today() - dt.timedelta(days=20))
        assert current() == [(2, "other")], "the later day counts"
        with pytest.raises(Refused):
            host().records.create(
                Rating, {"user_id": user("zoe"), "skill_id": found.id, "level": 1}
            )
    with acting("ann"):
        rate(5)
        with pytest.raises(Refused):
            host().records.update(by_boss, {"level": 5})
    assert current() == [(2, "other")]
    assert [(each.level, each.needed) for each in matrix.lacks(user("ann"))] == [(2, 4)]
    host().records.delete(by_boss)
    assert current() == [(1, "other")]
    with pytest.raises(Rejected, match="yet to come"):
        rate(3, on=today() + dt.timedelta(days=2))


def test_the_matrix_and_its_gaps() -> None:
    first, second = skill("A"), skill("B")
    for each, level in ((first, 3), (second, 2)):
        host().records.create(
            Requirement, {"role_id": role("rep"), "skill_id": each.id, "level": level}
        )
    for name, level in (("ann", 3), ("bo", 1)):
        host().records.create(Rating, {"user_id": user(name), "skill_id": first.id, "level": level})
    with acting("boss"):
        sheet = matrix.sheet(matrix.Asked())
        got = {
            row[1]: [(cell.level, cell.needed, cell.tone) for cell in row[3]] for row in sheet.rows
        }
        assert got == {
            "Ann": [(3, 3, "good"), (None, 2, "bad")], "Bo": [(1, 3, "bad"), (None, 2, "bad")],
            "Boss": [(None, None, ""), (None, None, "")],
        }  # fmt: skip
        [row] = matrix.gaps(matrix.Asked(), "team").rows
        assert [(gap.people, gap.short, gap.levels) for gap in row[2] if gap] == [
            (2, 1, 2),
            (2, 2, 4),
        ]
    with acting("ann"):
        assert [row[1] for row in matrix.sheet(matrix.Asked()).rows] == ["Ann"]
    [row] = matrix.gaps(matrix.Asked(), "role").rows
    assert [gap.people for gap in row[2] if gap] == [3, 3]


def test_statements_of_the_matrix_do_not_grow_with_people() -> None:
    for number in range(6):
        made = skill(f"S{number}")
        host().records.create(
            Requirement, {"role_id": role("rep"), "skill_id": made.id, "level": 3}
        )
    few = counted()
    host().session.add_all(
        User(name=f"Person {i}", email=f"p{i}@x.example", role_id=role("rep")) for i in range(30)
    )
    host().session.flush()
    assert counted() == few <= 8


def counted() -> int:
    """Statements of a page of people and both tables of gaps."""
    number = 0

    def count(*_given: object) -> None:
        nonlocal number
        number += 1

    engine = host().session.get_bind()
    sa.event.listen(engine, "before_cursor_execute", count)
    try:
        matrix.sheet(matrix.Asked())
        matrix.gaps(matrix.Asked(), "team")
    finally:
        sa.event.remove(engine, "before_cursor_execute", count)
    return number


def test_a_trainer_runs_training_and_sees_nobody_earn(inst: Installation) -> None:
    tim = inst.person("acme", "tim", "trainer")
    with acting("tim"):
        grants = current_actor().grants
        assert not [key for key in grants if key.split(".")[0] not in ("core", "training")]
        made, found = course(), skill("Calls")
        assert enrol("zoe", made.id).origin == "given"
        rated = host().records.create(
            Rating, {"user_id": user("zoe"), "skill_id": found.id, "level": 2}
        )
        assert (rated.source, rated.current) == ("other", True)
        with pytest.raises(Refused):
            host().records.create(Career, {"user_id": tim})
