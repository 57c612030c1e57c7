"""On PostgreSQL: what adds up in the database, and two who do the same at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
import sqlalchemy as sa

from core.host import services
from plugin_api.context import now
from plugin_api.errors import Refused
from plugin_api.host import host
from plugins.training.models import Attempt, Attendance, Enrolment, Rating, Session
from plugins.training.services import testing
from tests.harness import Installation
from tests.plugins.training import kit
from tests.plugins.training.conftest import settled
from tests.plugins.training.test_careers import test_a_career_by_equal_rules_for_all
from tests.plugins.training.test_enrolling import (
    test_a_certificate_that_expires_brings_its_course_again,
    test_a_path_for_who_is_new_with_days_of_its_own,
    test_being_at_a_session_is_part_of_the_course,
    test_who_is_short_of_a_skill_and_who_has_left_are_told_apart,
)
from tests.plugins.training.test_learning import (
    test_a_course_from_the_test_before_to_the_certificate,
    test_item_analysis_of_all_attempts_in_one_statement,
)
from tests.plugins.training.test_skills import test_the_matrix_and_its_gaps
from tests.plugins.training.test_worth import (
    test_results_against_those_who_were_not_trained,
    test_what_people_say_and_learn_and_who_uses_it,
)

__all__ = [
    "test_a_career_by_equal_rules_for_all",
    "test_a_certificate_that_expires_brings_its_course_again",
    "test_a_course_from_the_test_before_to_the_certificate",
    "test_a_path_for_who_is_new_with_days_of_its_own",
    "test_being_at_a_session_is_part_of_the_course",
    "test_item_analysis_of_all_attempts_in_one_statement",
    "test_results_against_those_who_were_not_trained",
    "test_the_matrix_and_its_gaps",
    "test_what_people_say_and_learn_and_who_uses_it",
    "test_who_is_short_of_a_skill_and_who_has_left_are_told_apart",
]
pytestmark = pytest.mark.usefixtures("acme")


@pytest.fixture(scope="module")
def inst(
    tmp_path_factory: pytest.TempPathFactory, new_postgres_url: Callable[[], str]
) -> Iterator[Installation]:
    """In place of the one on the embedded database."""
    made = settled(tmp_path_factory.mktemp("training-pg"), database_url=new_postgres_url())
    yield made
    with made.app.app_context():
        services().engine.dispose()


def at_once(inst: Installation, names: tuple[str, ...], act: Callable[[], Any]) -> list[Any]:
    """What people who do something at the same moment get; a refusal as its words."""
    gate = Barrier(len(names))

    def one(name: str) -> Any:
        with inst.working("acme", name):
            gate.wait(20)
            try:
                return act()
            except Refused as refused:
                host().session.rollback()
                return refused.words

    with ThreadPoolExecutor(len(names)) as all_:
        return list(all_.map(one, names))


def test_two_windows_begin_one_attempt_and_hand_it_in_once(inst: Installation) -> None:
    with inst.working("acme", "ada"):
        made = kit.course("Race", 0, quiz_id=kit.quiz(2, name="Race").id)
        ours = kit.enrol("ann", made.id).id

    def begin() -> int:
        return testing.begin(host().records.get(Enrolment, ours), "test").id

    first, second = at_once(inst, ("ann", "ann"), begin)
    assert first == second

    def hand_in() -> str:
        testing.hand_in(host().records.get(Attempt, first), {})
        return "done"

    got = at_once(inst, ("ann", "ann"), hand_in)
    assert sorted(got)[1] == "done" and "already" in sorted(got)[0]


def test_the_last_seat_is_taken_once(inst: Installation) -> None:
    with inst.working("acme", "ada"):
        made = kit.course("Seats")
        start = now() + dt.timedelta(days=3)
        values = {"name": "Room", "course_id": made.id, "starts_at": start, "seats": 1}
        room = host().records.create(Session, values).id

    def sit() -> str:
        from plugin_api.context import current_actor

        values = {"session_id": room, "user_id": current_actor().user_id}
        host().records.create(Attendance, values)
        return "done"

    got = at_once(inst, ("ann", "bo", "zoe"), sit)
    assert got.count("done") == 1 and sum("No seat" in each for each in got) == 2
    with inst.working("acme"):
        asked = sa.select(sa.func.count(Attendance.id)).where(Attendance.session_id == room)
        assert host().session.scalar(asked) == 1


def test_two_who_rate_one_person_at_once_leave_one_that_counts(inst: Installation) -> None:
    with inst.working("acme"):
        skill = kit.skill("Raced skill").id

    def rate() -> str:
        values = {"user_id": kit.user("ann"), "skill_id": skill, "level": 3}
        host().records.create(Rating, values)
        host().session.flush()
        inserted.wait(0.4)
        host().session.commit()
        return "done"

    inserted = Barrier(2)

    def rate_beside() -> str:
        try:
            return rate()
        except BrokenBarrierError:
            # Who comes second is waiting for the first.
            host().session.commit()
            return "done"

    assert at_once(inst, ("boss", "ada"), rate_beside) == ["done", "done"]
    with inst.working("acme"):
        asked = sa.select(Rating.current).where(Rating.skill_id == skill).order_by(Rating.id)
        assert list(host().session.scalars(asked)) == [False, True]
