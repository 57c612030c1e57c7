"""From enrolling to the certificate, and skills on the way."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from plugin_api.context import clock_at, now, today
from plugin_api.errors import Forbidden, NotFound, Refused, Rejected
from plugin_api.host import host
from plugins.training.models import Certificate, Enrolment, Item, Question, Quiz, Rating
from plugins.training.services import learning, looking, taking, testing
from tests.harness import Installation
from tests.plugins.training.kit import (
    acting,
    answers,
    course,
    do_all,
    enrol,
    quiz,
    skill,
    take,
    user,
)

pytestmark = pytest.mark.usefixtures("acme")


def test_a_course_from_the_test_before_to_the_certificate() -> None:
    found = skill()
    made = course(
        skill_id=found.id, level=3, quiz_id=quiz(4, pass_mark=75).id, pretest=True,
        certificate=True, valid_months=12, cost=120_00,
    )  # fmt: skip
    with acting("ann"):
        ours = enrol("ann", made.id)
        assert (ours.origin, ours.name, ours.cost) == ("self", "Selling", 120_00)
        with pytest.raises(Rejected, match="test before"):
            do_all(ours)
        with pytest.raises(Rejected, match="test before"):
            testing.begin(ours, "test")
        take(ours, 1, "pre")
        with pytest.raises(Rejected, match="once"):
            testing.begin(ours, "pre")
        do_all(ours)
        assert ours.state == "started"
        take(ours, 2)
        assert ours.state == "started", "50 of 75"
        take(ours, 4)
    assert (ours.state, ours.before, ours.after, ours.gain) == ("completed", 25, 100, 100)
    paper = host().session.scalars(sa.select(Certificate)).one()
    assert paper.number == f"{today().year}-00001"
    assert paper.expires_on is not None and paper.expires_on > today() + dt.timedelta(days=360)
    rated = host().session.scalars(sa.select(Rating)).one()
    assert (rated.level, rated.source, rated.current) == (3, "course", True)


def test_nobody_is_in_a_course_twice_at_once() -> None:
    made = course()
    ours = enrol("ann", made.id)
    with pytest.raises(Refused, match="already"):
        enrol("ann", made.id)
    host().records.transition(ours, "cancel", {"reason": "Ill"})
    enrol("ann", made.id)
    with pytest.raises(Refused):
        host().records.create_many(Enrolment, [{"user_id": user("bo"), "course_id": made.id}] * 2)


def test_what_is_not_offered_or_not_open() -> None:
    aside, asked = course("Old", active=False), course("Costly", open=False)
    with pytest.raises(Rejected, match="not offered"):
        enrol("ann", aside.id)
    with acting("ann"), pytest.raises(Forbidden, match="manager"):
        enrol("ann", asked.id)
    with acting("boss"):
        assert enrol("ann", asked.id).origin == "given"
        with pytest.raises(Refused):
            enrol("zoe", asked.id)


def test_attempts_end_and_another_is_allowed_by_somebody_else() -> None:
    made = course(lessons=0, quiz_id=quiz(2, attempts=2).id)
    with acting("ann"):
        ours = enrol("ann", made.id)
        take(ours, 0)
        take(ours, 1)
        assert ours.state == "failed"
        with pytest.raises(Rejected, match="over"):
            testing.begin(ours, "test")
        with pytest.raises(Refused):
            host().records.transition(ours, "allow")
    host().records.transition(ours, "allow")
    with acting("ann"):
        take(ours, 2)
    assert (ours.state, ours.after) == ("completed", 100)


def test_a_limit_of_time_is_judged_by_the_server() -> None:
    made = course("Quick", 0, quiz_id=quiz(2, name="Quick", minutes=10, attempts=3).id)
    ours = enrol("ann", made.id)

    start = now()

    def after(seconds: int) -> Any:
        return clock_at(start + dt.timedelta(seconds=seconds))

    with acting("ann"), clock_at(start):
        first = taking.begin(ours, "test")
        assert first.ends_at is not None and testing.seconds_left(first) == 600
        with after(100):
            assert taking.begin(ours, "test") is first and testing.seconds_left(first) == 500
        with after(619):
            assert testing.seconds_left(first) == 0 and not testing.is_over(first)
            taking.hand_in(first, answers(first, 1))
        assert (first.score, first.late, ours.after) == (50, False, 50)
        second = taking.begin(ours, "test")
        with after(621):
            assert testing.is_over(second)
            taking.hand_in(second, answers(second, 2))
        assert (second.score, second.late, second.passed) == (0, True, False)
        assert ours.state == "started", "another attempt is left"
        third = taking.begin(ours, "test")
        with after(700):
            assert taking.begin(ours, "test") is third, "it is ended, not begun anew"
        assert (third.late, third.score) == (True, 0)
    assert (ours.state, ours.after) == ("failed", 50)


def test_a_draw_stays_the_same_until_it_is_handed_in() -> None:
    made = course(lessons=0, quiz_id=quiz(6, draw=3, pass_mark=100).id)
    with acting("ann"):
        ours = enrol("ann", made.id)
        attempt = testing.begin(ours, "test")
        first = testing.shown(attempt, ours)
    asked = sa.select(Question).order_by(Question.id)
    for each in host().session.scalars(asked).all():
        host().records.update(each, {"name": "Changed", "correct": "1"})
    with acting("ann"):
        assert testing.begin(ours, "test") is attempt
        assert testing.shown(attempt, ours) == first and len(first) == 3
        testing.hand_in(attempt, answers(attempt, 3))
        assert attempt.passed, "marked as it was drawn"
        with pytest.raises(Rejected, match="already"):
            testing.hand_in(attempt, {})


def test_answers_that_no_question_has_are_wrong_and_do_no_harm() -> None:
    made = course(lessons=0, quiz_id=quiz(2).id)
    with acting("ann"):
        ours = enrol("ann", made.id)
        attempt = testing.begin(ours, "test")
        testing.hand_in(attempt, {0: "99", 1: ["x", "-1", "9" * 30], 7: "1"})
    assert attempt.score == 0
    written = host().records.create(Quiz, {"name": "Written"})
    values = {"quiz_id": written.id, "name": "What?", "kind": "text", "correct": "ab"}
    host().records.create(Question, values)
    other = course("Writing", lessons=0, quiz_id=written.id)
    with acting("ann"):
        attempt = testing.begin(enrol("ann", other.id), "test")
        testing.hand_in(attempt, {0: " a\0b"})
    assert (attempt.score, testing.items(attempt.id)[0].given) == (100, ["ab"])


def test_lessons_of_points_and_of_figures(acme: Installation) -> None:
    from plugins.training.models import Lesson

    made = course(lessons=0)
    points = host().records.create(
        Lesson, {"course_id": made.id, "name": "Set up", "kind": "checklist", "body": "a\n\nb"}
    )
    figure = host().records.create(
        Lesson,
        {"course_id": made.id, "name": "Do it", "kind": "exercise", "at_least": 1,
         "measure": "training.completed"},
    )  # fmt: skip
    other = course("Other")
    with acting("ann"):
        ours = enrol("ann", made.id)
        learning.do(ours, points, [0, 7])
        [first, _second] = learning.standing(ours).parts
        assert (first.done, first.ticks) == (False, {0})
        with pytest.raises(Rejected, match="0 of 1"):
            learning.do(ours, figure, [])
        do_all(enrol("ann", other.id))
        learning.do(ours, figure, [])
        learning.do(ours, points, [0, 1])
    assert ours.state == "completed"


def test_only_the_person_learns() -> None:
    ours = enrol("ann", course(quiz_id=quiz().id).id)
    with acting("boss"):
        with pytest.raises(Forbidden):
            do_all(ours)
        with pytest.raises(Forbidden):
            testing.begin(ours, "test")


def test_others_see_no_question_before_it_is_handed_in() -> None:
    made = course(lessons=0, quiz_id=quiz(2, attempts=2).id)
    with acting("ann"):
        ours = enrol("ann", made.id)
        attempt = testing.begin(ours, "test")
        assert all(not each.right and not each.why for each in testing.shown(attempt, ours))
    with acting("boss"), pytest.raises(NotFound):
        testing.shown(attempt, ours)
    with acting("ann"):
        taking.hand_in(attempt, {})
        shown = testing.shown(attempt, ours)
        assert all(not each.right and not each.why for each in shown), "one attempt is left"
        take(ours, 2)
        assert all(each.right == ("yes",) and each.why for each in testing.shown(attempt, ours))
    with acting("boss"):
        assert all(not each.right for each in testing.shown(attempt, ours)), "may take it too"


def test_item_analysis_of_all_attempts_in_one_statement() -> None:
    made = quiz(3, attempts=None, pass_mark=100)
    for number, right in enumerate((0, 1, 2, 3)):
        ours = enrol(
            ("ann", "bo", "zoe", "boss")[number], course(f"C{number}", 0, quiz_id=made.id).id
        )
        with acting(("ann", "bo", "zoe", "boss")[number]):
            take(ours, right)
    found = looking.questions(made.id)
    assert [each.n for each in found] == [4, 4, 4]
    assert sum(each.difficulty or 0 for each in found) == pytest.approx(6 / 4)
    assert {each.verdict for each in found} == {"few"}


def test_a_course_that_makes_no_sense() -> None:
    with pytest.raises(Rejected, match="belong together"):
        course(level=3)
    with pytest.raises(Rejected, match="needs a test"):
        course(pretest=True)
    with pytest.raises(Rejected, match="expire"):
        course(valid_months=3)
    found = quiz(1)
    with pytest.raises(Rejected, match="no choice"):
        host().records.create(
            Question, {"quiz_id": found.id, "name": "?", "options": "a\nb", "correct": "3"}
        )


def test_certificates_expire_on_the_day_before(acme: Installation) -> None:
    made = course(certificate=True, valid_months=1)
    with clock_at(now() - dt.timedelta(days=100)), acting("ann"):
        do_all(enrol("ann", made.id))
        day = today()
    paper = host().session.scalars(sa.select(Certificate)).one()
    assert paper.issued_on == day and paper.expires_on is not None
    assert dt.timedelta(27) <= paper.expires_on - day <= dt.timedelta(30)


def test_score_keeps_the_best() -> None:
    made = course(lessons=1, quiz_id=quiz(4, pass_mark=50).id)
    with acting("ann"):
        ours = enrol("ann", made.id)
        take(ours, 2)
    assert (ours.state, ours.after, ours.gain) == ("started", Decimal(50), None)
    assert host().session.scalar(sa.select(sa.func.count(Item.id))) == 4
