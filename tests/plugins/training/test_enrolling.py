"""Sessions, paths, and rules that enrol by themselves."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from plugin_api.context import clock_at, now, today
from plugin_api.errors import Forbidden, Refused, Rejected
from plugin_api.host import host
from plugin_api.models import model_of
from plugins.training.models import (
    Attendance,
    Certificate,
    Coaching,
    Enrolment,
    Observation,
    Path,
    PathStep,
    Rating,
    Requirement,
    Rule,
    Session,
)
from plugins.training.services import applying, learning, looking, reminding, sessions
from tests.harness import Installation
from tests.plugins.training.kit import acting, course, do_all, enrol, role, skill, user

pytestmark = pytest.mark.usefixtures("acme")


def session(course_id: int, days: int = 5, **values: Any) -> Session:
    start = now() + dt.timedelta(days=days)
    return host().records.create(
        Session,
        {"name": "Room 1", "course_id": course_id, "starts_at": start,
         "ends_at": start + dt.timedelta(hours=2), **values},
    )  # fmt: skip


def seat(name: str, of: Session) -> Attendance:
    return host().records.create(Attendance, {"session_id": of.id, "user_id": user(name)})


def rule(**values: Any) -> Rule:
    return host().records.create(Rule, {"name": f"Rule {len(values)}", "kind": "all", **values})


def planned(of: Rule) -> dict[str, str]:
    return {each.person: each.reason for each in applying.plan(of)}


def test_being_at_a_session_is_part_of_the_course() -> None:
    made = course(needs_session=True)
    of = session(made.id, 0, seats=1)
    with acting("ann"):
        ours = enrol("ann", made.id)
        do_all(ours)
        assert ours.state == "started" and "session" in learning.missing(ours)[0]
        here = seat("ann", of)
        [(_each, state)] = sessions.ahead(made.id, user("ann"), now() - dt.timedelta(days=1))
        assert state == "invited"
        with pytest.raises(Refused):
            host().records.transition(here, "attend")
    with acting("bo"), pytest.raises(Rejected, match="No seat"):
        seat("bo", of)
    with acting("boss"):
        host().records.transition(here, "attend")
    assert ours.state == "completed"
    host().records.transition(of, "hold")
    with pytest.raises(Rejected, match="over or called off"):
        seat("zoe", of)
    with pytest.raises(Rejected, match="before it begins"):
        session(made.id, ends_at=now())


def test_a_seat_that_is_excused_is_free_again() -> None:
    made = course()
    of = session(made.id, seats=1)
    first = seat("ann", of)
    host().records.transition(first, "excuse")
    seat("bo", of)
    with pytest.raises(Refused):
        host().records.create_many(Attendance, [{"session_id": of.id, "user_id": user("zoe")}])


def test_a_path_for_who_is_new_with_days_of_its_own() -> None:
    path = host().records.create(Path, {"name": "Start"})
    for number in range(2):
        made = course(f"C{number}")
        host().records.create(
            PathStep,
            {"path_id": path.id, "course_id": made.id, "position": number,
             "due_days": 10 * (number + 1)},
        )  # fmt: skip
    of = rule(kind="joiner", path_id=path.id, role_id=role("rep"), days=30)
    assert planned(of).keys() == {"Ann", "Bo", "Zoe"}
    assert all("new since" in reason for reason in planned(of).values())
    assert applying.apply_all() == 6
    assert applying.apply_all() == 0, "nobody twice"
    rows = (
        host()
        .session.scalars(
            sa.select(Enrolment).where(Enrolment.user_id == user("ann")).order_by(Enrolment.id)
        )
        .all()
    )
    assert [(each.due_on, each.origin) for each in rows] == [
        (today() + dt.timedelta(days=10), "path"), (today() + dt.timedelta(days=20), "path"),
    ]  # fmt: skip
    with acting("ann"):
        do_all(rows[0])
    assert looking.paths_of(user("ann")) == {"Start": (1, 2)}
    with clock_at(now() + dt.timedelta(days=60)):
        assert planned(of) == {}, "nobody is new any more"


def test_who_is_short_of_a_skill_and_who_has_left_are_told_apart() -> None:
    found = skill()
    made = course(skill_id=found.id, level=3)
    host().records.create(Requirement, {"role_id": role("rep"), "skill_id": found.id, "level": 3})
    host().records.create(Rating, {"user_id": user("ann"), "skill_id": found.id, "level": 3})
    host().records.create(Rating, {"user_id": user("bo"), "skill_id": found.id, "level": 1})
    person: Any = model_of("core.User")
    host().session.get_one(person, (1, user("zoe"))).active = False
    of = rule(kind="gap", course_id=made.id)
    assert planned(of) == {"Bo": "Rule 2: level 1 of 3"}
    with acting("boss"):
        assert planned(of) == {"Bo": "Rule 2: level 1 of 3"}


def test_a_weak_figure_enrols_and_a_rate_of_few_cases_does_not() -> None:
    base, made = course("Base"), course("Help")
    with acting("ann"):
        do_all(enrol("ann", base.id))
    few = rule(
        kind="measure", course_id=made.id, measure="training.completed", threshold=Decimal(1),
        role_id=role("rep"),
    )  # fmt: skip
    found = planned(few)
    assert found.keys() == {"Bo", "Zoe"}
    assert "Courses completed 0.00 in 30 days, threshold 1" in found["Bo"]
    above = rule(
        kind="measure", course_id=made.id, measure="training.completed", threshold=Decimal(0),
        bound="above", name="Up",
    )  # fmt: skip
    assert planned(above).keys() == {"Ann"}
    rate = rule(
        kind="measure", course_id=made.id, measure="training.pass_rate", threshold=Decimal(1),
        name="Rate",
    )  # fmt: skip
    assert planned(rate) == {}, "nobody has taken a test"
    gone = rule(
        kind="measure", course_id=made.id, measure="training.completed", threshold=Decimal(1),
        name="Gone",
    )  # fmt: skip
    gone.measure = "nowhere.figure"
    assert planned(gone) == {}, "a figure that nothing publishes enrols nobody"


def test_a_certificate_that_expires_brings_its_course_again() -> None:
    made = course(certificate=True, valid_months=1)
    with clock_at(now() - dt.timedelta(days=20)), acting("ann"):
        do_all(enrol("ann", made.id))
    of = rule(kind="expiry", course_id=made.id, days=30)
    assert planned(of).keys() == {"Ann"}
    assert reminding.certificates() == 1 and reminding.certificates() == 0
    assert applying.apply(of) == 1 and applying.apply(of) == 0
    with acting("ann"):
        again = (
            host().session.scalars(sa.select(Enrolment).where(Enrolment.is_open.is_(True))).one()
        )
        do_all(again)
    assert planned(of).keys() == {"Ann"}, "the one of today ends within thirty days too"
    assert host().session.scalar(sa.select(sa.func.count(Certificate.id))) == 2


def test_without_a_catalogue_a_new_product_enrols_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    of = rule(kind="product", course_id=course().id, products="no_such_field=1")
    assert planned(of) == {}
    monkeypatch.setattr(type(host()), "is_enabled", lambda self, key: True)
    assert planned(of) == {}, "nor where its condition cannot be read"


@pytest.fixture(scope="module")
def wide(inst: Installation) -> Installation:
    """A company that has a catalogue and targets as well, in which Ann works."""
    inst.company("wide", "training", "catalog", "targets", currency="CNY", language="en")
    inst.person("wide", "ann")
    return inst


def test_a_new_product_enrols_with_a_catalogue(wide: Installation) -> None:
    with wide.working("wide"):
        product: Any = model_of("catalog.Product")
        of = rule(kind="product", course_id=course().id, days=7, products="name=Pump")
        assert planned(of) == {}
        with clock_at(now() - dt.timedelta(days=9)):
            host().records.create(product, {"name": "Pump"})
        host().records.create(product, {"name": "Valve"})
        assert planned(of) == {}, "one is old, the other not of the rule"
        host().records.update(of, {"products": "name=Valve"})
        assert planned(of) == {"Ann": "Rule 4: new: Valve"}
        assert (applying.apply(of), applying.apply(of)) == (1, 0)
        host().session.rollback()


def test_a_target_that_was_missed_enrols(wide: Installation) -> None:
    with wide.working("wide"):
        cycles, targets = model_of("targets.TargetCycle"), model_of("targets.Target")
        start = today().replace(month=1, day=1, year=today().year - 1)
        year = {"start": start, "end": start.replace(month=12, day=31)}
        cycle = host().records.create(cycles, {"name": "Last year", **year})
        host().records.create(
            targets,
            {"measure": "training.completed", "period": "year", "quantity": Decimal(4),
             "level": "user", "user": user("ann"), **year},
        )  # fmt: skip
        for days in range(3):
            short = course(f"Short {days}")
            day = now().replace(year=start.year, month=6, day=9 + days, hour=6)
            with clock_at(day), acting("ann", "wide"):
                do_all(enrol("ann", short.id))
        of = rule(
            kind="failed", item="target", course_id=course("Plan the year").id, days=30,
            threshold=Decimal("0.8"), measure="training.completed",
        )  # fmt: skip
        assert planned(of) == {}
        host().records.transition(cycle, "close", {"closed_to": year["end"]})
        assert planned(of) == {"Ann": f"Rule 6: Ann · {start.year}: 75.0 % attained"}
        host().records.update(of, {"threshold": Decimal("0.75")})
        assert planned(of) == {}
        host().session.rollback()


def test_who_failed_at_work_or_in_coaching_is_enrolled_again() -> None:
    found = skill()
    made = course(behaviours="Asks\nSums up\nAgrees", skill_id=found.id, level=3)
    with clock_at(now() - dt.timedelta(days=60)), acting("ann"):
        do_all(enrol("ann", made.id))
    look = host().session.scalars(sa.select(Observation)).one()
    of = rule(name="Again", kind="failed", item="observation", course_id=made.id, days=30)
    assert planned(of) == {}
    with acting("boss"):
        host().records.transition(look, "note", {"seen": 1})
    assert planned(of) == {"Ann": "Again: Selling: 1 of 3 seen at work"}
    assert (applying.apply(of), applying.apply(of)) == (1, 0)
    again = host().session.scalars(sa.select(Enrolment).order_by(Enrolment.id.desc())).first()
    assert again is not None and (again.origin, again.state) == ("rule", "assigned")
    with acting("ann"):
        do_all(again)
    assert planned(of) == {}, "once for each time that it is failed"
    host().records.update(of, {"item": "coaching"})
    assert planned(of) == {}
    with acting("boss"):
        plan = host().records.create(
            Coaching,
            {"name": "Ask more", "user_id": user("bo"), "starts_on": today(), "level": 4,
             "ends_on": today() + dt.timedelta(days=30), "skill_id": found.id},
        )  # fmt: skip
        host().records.transition(plan, "close")
        assert plan.ended_on == today()
    assert planned(of) == {"Bo": "Again: not reached: Ask more"}
    with acting("boss"):
        host().records.transition(plan, "reopen")
    assert planned(of) == {}
    host().records.update(of, {"item": "target", "threshold": Decimal("0.8")})
    assert planned(of) == {}, "no targets here"


def test_rules_that_cannot_be_followed() -> None:
    made = course()
    path = host().records.create(Path, {"name": "Start"})
    for wrong in (
        {}, {"course_id": made.id, "path_id": path.id}, {"kind": "gap", "path_id": path.id},
        {"kind": "gap", "course_id": made.id}, {"kind": "measure", "course_id": made.id},
        {"kind": "failed", "course_id": made.id},
        {"kind": "failed", "item": "observation", "path_id": path.id},
        {"kind": "failed", "item": "target", "course_id": made.id},
    ):  # fmt: skip
        with pytest.raises(Refused):
            rule(name="Wrong", **wrong)


def test_who_leads_enrols_those_below_only() -> None:
    of = rule(course_id=course().id)
    with acting("boss"):
        assert planned(of).keys() == {"Ann", "Bo", "Boss"}
        assert applying.apply(of) == 3
    assert planned(of).keys() == {"Zoe", "Ada"}


def test_what_is_due_is_told_once_and_again_when_it_is_overdue() -> None:
    ours = enrol("ann", course().id, due_on=today() + dt.timedelta(days=3))
    assert (reminding.courses(), reminding.courses()) == (1, 0)
    with clock_at(now() + dt.timedelta(days=5)):
        assert (reminding.courses(), reminding.courses()) == (1, 0)
    assert ours.reminded_on is not None


def remind() -> None:
    """What the job of each morning does."""
    reminding.courses()
    reminding.certificates()
    reminding.observations()


def test_a_job_that_runs_twice_tells_once(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    monkeypatch.setattr(type(host()), "remind", lambda self, record, ids, text: told.extend(ids))
    ann, bo, boss = user("ann"), user("bo"), user("boss")
    made = course(behaviours="Asks", certificate=True, valid_months=12)
    with acting("bo"):
        do_all(enrol("bo", made.id))
    enrol("ann", made.id, due_on=today() + dt.timedelta(days=3))
    for days, whom in ((0, [ann]), (5, [ann]), (9, []), (61, [boss]), (350, [bo]), (351, [])):
        told.clear()
        with clock_at(now() + dt.timedelta(days=days)):
            remind()
            remind()
        assert told == whom, days


def test_what_is_seen_at_work(acme: Installation) -> None:
    made = course(behaviours="Asks\nSums up\nAgrees", behaviour_days=60)
    with acting("ann"):
        do_all(enrol("ann", made.id))
    look = host().session.scalars(sa.select(Observation)).one()
    assert (look.of, look.due_on) == (3, today() + dt.timedelta(days=60))
    assert look.observer_id == user("boss")
    with clock_at(now() + dt.timedelta(days=61)):
        assert (reminding.observations(), reminding.observations()) == (1, 0)
    with acting("ann"), pytest.raises((Forbidden, Refused)):
        host().records.transition(look, "note", {"seen": 3})
    with acting("boss"):
        with pytest.raises(Rejected, match="3 points"):
            host().records.transition(look, "note", {"seen": 4})
        host().records.transition(look, "note", {"seen": 1})
        assert not look.uses
        host().records.transition(look, "again")
        host().records.transition(look, "note", {"seen": 2})
    assert look.uses and look.state == "done"
