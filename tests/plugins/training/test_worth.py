"""Whether a course was worth it, coaching, and careers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from core.identity.models import User
from plugin_api.context import acting_as, current_actor, current_company, today
from plugin_api.errors import Refused, Rejected
from plugin_api.host import host
from plugin_api.periods import month_start
from plugins.training.models import (
    Coaching,
    Enrolment,
    Observation,
    Rating,
    Reaction,
    Talk,
)
from plugins.training.rules import kirkpatrick
from plugins.training.services import coaching, evaluating, results
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
    asked = results.Asked(month, month_start(month, 1) - dt.timedelta(days=1), 3)
    found = results.result(made, asked)
    assert found.effect is not None and found.effect.estimate is not None
    assert (found.effect.treated, found.effect.control) == (10, 13), "Ann, Bo and Zoe too"
    assert found.cost == Decimal(1500), "ten people and the making of it"
    assert found.benefit is None, "no money, no return"
    made.measure = "training.cost"
    dear = results.result(made, asked)
    assert dear.effect is not None and dear.effect.estimate is not None and dear.benefit is not None
    assert dear.effect.estimate > 0 > dear.benefit, "cost that rises brings nothing"
    made.measure = "training.completed"
    assert found.effect.naive == pytest.approx(2, abs=0.4)
    assert found.effect.estimate > 0
    assert {each.key for each in found.effect.caveats} >= {"by_rule", "few"}
    assert results.wave(made, 3).first <= month <= results.wave(made, 3).last
    host().session.execute(
        sa.update(Enrolment).where(Enrolment.course_id == made.id).values(origin="self")
    )
    host().session.expire_all()
    keys = {each.key for each in results.result(made, asked).effect.caveats}  # type: ignore[union-attr]
    assert "self_chosen" in keys and "by_rule" not in keys
    with acting("boss"):
        alone = results.result(made, asked)
        assert alone.effect is not None and alone.effect.refused, "of the own people nobody took it"


def test_who_completes_it_later_is_compared_with_who_had_not_yet(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ids = [*people(15), *(user(name) for name in ("ann", "bo", "zoe"))]
    made = course("Waves", lessons=0, measure="training.completed")
    first = month_start(today(), -7)
    figures: dict[tuple[int, dt.date], float] = {}
    for place, user_id in enumerate(ids):
        begun = [first, month_start(first, 2), None, None][place // 5]
        if begun:
            host().session.add(
                Enrolment(name="x", user_id=user_id, course_id=made.id, state="completed",
                          enrolled_on=begun, completed_on=begun + dt.timedelta(days=4))
            )  # fmt: skip
        for shift in range(-4, 7):
            month = month_start(first, shift)
            figures[user_id, month] = (
                5.0 + shift + (place + shift) % 3 + 2 * bool(begun and month >= begun)
            )
    host().session.flush()
    monkeypatch.setattr(results, "_figures", lambda *_: figures)
    asked = results.Asked(first, month_start(first, 3) - dt.timedelta(days=1), 3)
    effect = results.result(made, asked).effect
    assert effect is not None and effect.method == "staggered"
    assert effect.estimate == pytest.approx(2, abs=0.3)
    assert (effect.treated, effect.verdict) == (10, "up")
    assert "by_starts" in {each.key for each in effect.caveats}


def test_what_cannot_be_judged_says_why() -> None:
    plain, gone = course("Plain"), course("Gone", measure="training.completed")
    asked = results.wave(plain, 3)
    assert results.result(plain, asked).missing == "none"
    found = results.result(gone, asked)
    assert found.effect is not None and found.effect.refused
    gone.measure = "nowhere.figure"
    assert results.result(gone, asked).missing == "off"


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
    days = {"starts_on": today() + dt.timedelta(days=9), "ends_on": today() + dt.timedelta(days=9)}
    early = plan(measure="training.cost", goal=Decimal(5), **days)
    with pytest.raises(Rejected, match="not begun"):
        host().records.transition(early, "close")
    with acting("ann"):
        alone = plan(course_id=easy.id)
        with pytest.raises(Rejected, match="stays with its person"):
            host().records.update(alone, {"user_id": user("bo"), "coach_id": user("ann")})
        host().session.refresh(alone)
    for wrong in (
        {}, {"skill_id": found.id}, {"measure": "training.completed"},
        {"course_id": course("X").id, "ends_on": today() - dt.timedelta(days=1)},
        {"course_id": course("Y").id, "coach_id": user("ann")},
        {"measure": "training.completed", "goal": Decimal(1), "ends_on": dt.date.max},
    ):  # fmt: skip
        with pytest.raises(Rejected):
            plan(**wrong)


def test_what_is_agreed_with_a_coach_is_changed_by_who_leads() -> None:
    found = skill()
    with acting("boss"):
        ours = plan(skill_id=found.id, level=4)
    with acting("ann"):
        for values in ({"level": 2}, {"coach_id": None}, {"ends_on": today()}):
            with pytest.raises(Rejected, match="coach or manager changes it"):
                host().records.update(ours, values)
            host().session.refresh(ours)
        with pytest.raises(Rejected, match="coach or manager ends it"):
            host().records.transition(ours, "drop", {"conclusion": "Too hard"})
        host().records.update(ours, {"actions": "Listens to own calls"})
        alone = plan(skill_id=found.id, level=4)
        host().records.update(alone, {"level": 3})
        host().records.update(alone, {"coach_id": user("boss")})
        with pytest.raises(Rejected, match="coach or manager changes it"):
            host().records.update(alone, {"level": 2})
        host().session.refresh(alone)
    with acting("boss"):
        host().records.update(ours, {"level": 3})
        host().records.transition(ours, "close")
        with pytest.raises(Rejected, match="has ended"):
            host().records.update(ours, {"level": 1})


def test_a_figure_that_is_to_fall_is_judged_so_whoever_ends_the_plan() -> None:
    cheap = plan(measure="training.cost", goal=Decimal(5))
    with acting_as(current_company(), replace(current_actor(), is_system=False, grants={})):
        coaching.close(cheap, {})
    assert (cheap.after, cheap.state) == (0, "met")
