"""Whether a course was worth it, coaching, and careers."""

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
from plugin_api.periods import month_start
from plugins.training.models import (
    Career,
    CareerChange,
    Coaching,
    Criterion,
    Enrolment,
    Ladder,
    Level,
    Observation,
    Rating,
    Reaction,
    Talk,
)
from plugins.training.rules import kirkpatrick
from plugins.training.rules.readiness import Met, readiness
from plugins.training.services import careers, evaluating
from tests.plugins.training.kit import (
    acting,
    course,
    do_all,
    enrol,
    quiz,
    role,
    skill,
    take,
    user,
)

pytestmark = pytest.mark.usefixtures("acme")


def test_the_worked_example_of_the_four_levels() -> None:
    found = kirkpatrick.learnt([(Decimal(58), Decimal(79))])
    assert (found.before, found.after, found.gain) == (58, 79, 50)
    assert kirkpatrick.learnt([(Decimal(100), Decimal(100))]).gain is None
    assert kirkpatrick.learnt([(Decimal(100), Decimal(100))]).topped == 1
    assert kirkpatrick.learnt([]).n == 0
    assert kirkpatrick.share(12, 20) == 60 and kirkpatrick.share(0, 0) is None
    assert kirkpatrick.return_on(Decimal(48_000), Decimal(30_000)) == 60
    assert kirkpatrick.return_on(Decimal(48_000), Decimal(0)) is None


def test_readiness_is_never_full_while_something_is_missing() -> None:
    def met(have: int | None, need: int) -> Met:
        return Met(None if have is None else Decimal(have), Decimal(need))

    assert readiness([]) is None
    assert readiness([met(3, 4), met(10, 10)]) == Decimal("87.5")
    assert readiness([met(9, 4), met(10, 10)]) == 100
    assert readiness([met(None, 0)]) == Decimal("99.9"), "what is not known is not met"
    assert readiness([met(-5, 4)]) == 0
    assert readiness([met(99_999, 100_000)] * 3) == Decimal("99.9")


def test_what_people_say_and_learn_and_who_uses_it() -> None:
    made = course(quiz_id=quiz(4, pass_mark=50).id, pretest=True, behaviours="a\nb", lessons=0)
    for name, before, after in (("ann", 1, 3), ("bo", 2, 4)):
        with acting(name):
            ours = enrol(name, made.id)
            take(ours, before, "pre")
            if name == "bo":
                with pytest.raises(Rejected, match="not completed"):
                    react(ours)
            take(ours, after)
            react(ours, overall=4 if name == "ann" else 5)
            with pytest.raises(Refused):
                react(ours)
    with acting("boss"), pytest.raises(Refused):
        react(ours)
    looked = host().session.scalars(sa.select(Observation).order_by(Observation.id)).all()
    with acting("boss"):
        host().records.transition(looked[0], "note", {"seen": 1})
        assert evaluating.said(made).n == 2
    said, tested, seen = evaluating.said(made), evaluating.tested(made), evaluating.seen(made)
    assert (said.n, said.of, said.overall, said.taught) == (2, 2, Decimal("4.5"), None)
    assert (tested.learnt.before, tested.learnt.after) == (Decimal("37.5"), Decimal("87.5"))
    assert (tested.learnt.gain, tested.without) == (80, 0)
    assert (seen.uses, seen.of, seen.due, seen.share) == (1, 1, 1, 100)
    with acting("ann"):
        assert len(host().session.scalars(visible_to_me()).all()) == 1
    with acting("boss"):
        assert host().session.scalars(visible_to_me()).all() == [], "honest answers"


def visible_to_me() -> Any:
    return sa.select(Reaction).where(host().records.visible(Reaction))


def react(ours: Enrolment, **values: int) -> Reaction:
    marks = {"overall": 4, "useful": 3, **values}
    return host().records.create(Reaction, {"enrolment_id": ours.id, **marks})


def people(number: int) -> list[int]:
    """So many reps."""
    made = [User(name=f"P{i}", role_id=role("rep"), email=f"p{i}@x.example") for i in range(number)]
    host().session.add_all(made)
    host().session.flush()
    return [each.id for each in made]


def test_results_against_those_who_were_not_trained() -> None:
    """Ten complete the course in May; each month before everybody completes two small ones, and
    afterwards the trained four, the others three: an effect of one, not of two."""
    ids = people(20)
    made = course("Big", lessons=0, measure="training.completed", cost=100_00, fixed_cost=500_00)
    small = [course(f"S{i}", lessons=0) for i in range(4)]
    month = month_start(today(), -5)
    rows = []
    for place, user_id in enumerate(ids):
        trained = place < 10
        if trained:
            rows.append((user_id, made.id, month + dt.timedelta(days=9)))
        for shift in range(-3, 4):
            number = 2 if shift < 0 else 4 if trained else 3
            number += (place + shift) % 2 * (1 if shift else 0)
            day = month_start(month, shift)
            if shift:
                rows += [(user_id, small[i % 4].id, day) for i in range(number)]
    host().session.add_all(
        Enrolment(name="x", user_id=user_id, course_id=course_id, state="completed",
                  enrolled_on=day, completed_on=day, cost=100_00)
        for user_id, course_id, day in rows
    )  # fmt: skip
    host().session.flush()
    asked = evaluating.Asked(month, month_start(month, 1) - dt.timedelta(days=1), 3)
    found = evaluating.result(made, asked)
    assert found.effect is not None and found.effect.estimate is not None
    assert (found.effect.treated, found.effect.control) == (10, 13), "Ann, Bo and Zoe too"
    assert found.cost == Decimal(1500), "ten people and the making of it"
    assert found.benefit is None, "no money, no return"
    assert found.effect.naive == pytest.approx(2, abs=0.4)
    assert found.effect.estimate > 0
    assert {each.key for each in found.effect.caveats} >= {"by_rule", "few"}
    assert evaluating.wave(made, 3).first <= month <= evaluating.wave(made, 3).last
    host().session.execute(
        sa.update(Enrolment).where(Enrolment.course_id == made.id).values(origin="self")
    )
    host().session.expire_all()
    keys = {each.key for each in evaluating.result(made, asked).effect.caveats}  # type: ignore[union-attr]
    assert "self_chosen" in keys and "by_rule" not in keys
    with acting("boss"):
        alone = evaluating.result(made, asked)
        assert alone.effect is not None and alone.effect.refused, "of the own people nobody took it"


def test_what_cannot_be_judged_says_why() -> None:
    plain, gone = course("Plain"), course("Gone", measure="training.completed")
    asked = evaluating.wave(plain, 3)
    assert evaluating.result(plain, asked).missing == "none"
    found = evaluating.result(gone, asked)
    assert found.effect is not None and found.effect.refused
    gone.measure = "nowhere.figure"
    assert evaluating.result(gone, asked).missing == "off"


def plan(**values: Any) -> Coaching:
    given = {"name": "Ask more", "user_id": user("ann"), "starts_on": today(),
             "ends_on": today() + dt.timedelta(days=30), **values}  # fmt: skip
    return host().records.create(Coaching, given)


def test_a_coaching_plan_is_judged_by_what_it_names() -> None:
    found, easy = skill(), course()
    host().records.create(Rating, {"user_id": user("ann"), "skill_id": found.id, "level": 2})
    with acting("boss"):
        ours = plan(skill_id=found.id, level=3, measure="training.completed", goal=Decimal(1))
        assert (ours.level_before, ours.before, ours.coach_id) == (2, 0, user("boss"))
        host().records.create(
            Talk, {"coaching_id": ours.id, "on": today(), "agreed": "Twice a week"}
        )
        with acting("ann"):
            with pytest.raises(Refused):
                host().records.transition(ours, "close")
            do_all(enrol("ann", easy.id))
        host().records.transition(ours, "close")
        assert (ours.state, ours.after, ours.level_after) == ("missed", 1, 2), "level 3 is missing"
        host().records.create(Rating, {"user_id": user("ann"), "skill_id": found.id, "level": 3})
        host().records.transition(ours, "reopen")
        host().records.transition(ours, "close", {"conclusion": "Well done"})
        assert ours.state == "met"
    for wrong in (
        {}, {"skill_id": found.id}, {"measure": "training.completed"},
        {"course_id": course("X").id, "ends_on": today() - dt.timedelta(days=1)},
        {"course_id": course("Y").id, "coach_id": user("ann")},
    ):  # fmt: skip
        with pytest.raises(Rejected):
            plan(**wrong)


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
    ready = careers.ready(both)
    assert ready[ours.id].percent == 25 == ready[both[1].id].percent, "months alone"
    assert [each.met.have for each in ready[ours.id].judged] == [None, 0, 0, 24]
    with acting("boss"):
        host().records.create(Rating, {"user_id": user("ann"), "skill_id": found.id, "level": 2})
        with pytest.raises(Rejected, match="why all the same"):
            host().records.transition(ours, "promote")
    with clock_at(now() - dt.timedelta(days=40)), acting("ann"):
        take(enrol("ann", taken.id), 1)
    assert careers.ready(both)[ours.id].percent == Decimal("87.5")
    with acting("ann"):
        assert careers.ready([ours])[ours.id].percent == Decimal("87.5"), "whoever looks"
        with pytest.raises((Forbidden, Refused)):
            host().records.transition(ours, "promote", {"reason": "Me"})
    with acting("boss"):
        host().records.create(Rating, {"user_id": user("ann"), "skill_id": found.id, "level": 4})
        host().records.transition(ours, "promote")
    assert (ours.level_id, ours.since) == (senior.id, today())
    steps = careers.steps(ours.id)
    assert [(each.to_id, each.readiness) for each in steps] == [(senior.id, 100), (junior.id, None)]
    assert careers.ready([ours])[ours.id].level is None
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
        careers.ready(some)
    finally:
        sa.event.remove(engine, "before_cursor_execute", count)
    return number
