"""Paths, rules, sessions, coaching and careers of a demo company, and what came of its courses."""

from __future__ import annotations

import random
from datetime import timedelta

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import SYSTEM, acting_as, clock_at, current_company, now, today
from plugin_api.teams import managers
from plugins.training.demo import words
from plugins.training.models import (
    Attendance,
    Career,
    Coaching,
    Course,
    Criterion,
    Enrolment,
    Ladder,
    Level,
    Observation,
    Path,
    PathStep,
    Reaction,
    Rule,
    Session,
    Skill,
    Talk,
)


def load(
    courses: list[Course], skills: list[Skill], people: list[int], here: int, chance: random.Random
) -> None:
    """All of it, for reps of the company."""
    _rules(courses, here)
    _sessions(courses[0], people, here)
    _said(here, chance)
    _seen(here, chance)
    _coaching(skills, people, here)
    _careers(courses, skills, people, here, chance)


def _rules(courses: list[Course], here: int) -> None:
    path = host().records.create(Path, {"name": words.PATH[here]})
    for place, course in enumerate(courses[:3]):
        host().records.create(
            PathStep,
            {"path_id": path.id, "course_id": course.id, "position": place,
             "due_days": 30 * (place + 1)},
        )  # fmt: skip
    for *names, kind in words.RULES:
        of = {"path_id": path.id} if kind == "joiner" else {"course_id": courses[0].id}
        # Everybody of a demo is new: that rule waits until somebody switches it on.
        values = {"name": names[here], "kind": kind, "active": kind != "joiner"}
        if kind == "failed":
            values |= {"item": "observation", "days": 90}
        host().records.create(Rule, values | of)


def _sessions(course: Course, people: list[int], here: int) -> None:
    for days in (-40, 12):
        start = (now() + timedelta(days=days)).replace(hour=6, minute=0, second=0, microsecond=0)
        with clock_at(start - timedelta(days=9)):
            made = host().records.create(
                Session,
                {"name": words.SESSION[here], "course_id": course.id, "starts_at": start,
                 "ends_at": start + timedelta(hours=3), "place": words.PLACE[here], "seats": 6,
                 "cost": 800_00},
            )  # fmt: skip
            rows = [{"session_id": made.id, "user_id": user_id} for user_id in people[:4]]
            seats = host().records.create_many(Attendance, rows)
        if days < 0:
            with clock_at(start + timedelta(hours=4)):
                for place, seat in enumerate(seats):
                    host().records.transition(seat, "miss" if place == 3 else "attend")
                host().records.transition(made, "hold")


def _said(here: int, chance: random.Random) -> None:
    asked = sa.select(Enrolment).where(Enrolment.state == "completed").order_by(Enrolment.id)
    for place, each in enumerate(host().session.scalars(asked).all()):
        if place % 3 == 2 or each.completed_on is None:
            continue
        ago = today() - each.completed_on
        with clock_at(now() - ago), acting_as(current_company(), SYSTEM):
            host().records.create(
                Reaction,
                {"enrolment_id": each.id, "overall": chance.randint(3, 5),
                 "useful": chance.randint(2, 5), "taught": chance.randint(3, 5),
                 "comment": words.COMMENT[here] if place % 4 == 0 else None},
            )  # fmt: skip


def _seen(here: int, chance: random.Random) -> None:
    asked = sa.select(Observation).where(Observation.due_on <= today()).order_by(Observation.id)
    for place, each in enumerate(host().session.scalars(asked).all()):
        leader = each.observer_id
        if place % 5 == 4 or leader is None:
            continue
        with host().acting_for(leader), clock_at(now() - (today() - each.due_on)):
            seen = min(each.of, chance.choice((0, 1, 2, 2, 3)))
            values = {"seen": seen, "note": words.SEEN[here]}
            host().records.transition(each, "note", values)


def _coaching(skills: list[Skill], people: list[int], here: int) -> None:
    leaders = managers()
    for place, (*names, kind) in enumerate(words.COACHING):
        user_id = people[place]
        skill = skills[0 if kind == "coaching" else 5]
        with clock_at(now() - timedelta(days=25)):
            plan = host().records.create(
                Coaching,
                {"name": names[here], "kind": kind, "user_id": user_id, "skill_id": skill.id,
                 "coach_id": leaders.get(user_id), "level": 4, "starts_on": today(),
                 "ends_on": today() + timedelta(days=90)},
            )  # fmt: skip
            host().records.create(
                Talk,
                {"coaching_id": plan.id, "on": today(), "said": words.TALK[0][here],
                 "agreed": words.TALK[1][here], "next_on": today() + timedelta(days=40)},
            )  # fmt: skip


def _careers(
    courses: list[Course], skills: list[Skill], people: list[int], here: int, chance: random.Random
) -> None:
    ladder = host().records.create(Ladder, {"name": words.LADDER[here]})
    levels = [
        host().records.create(
            Level, {"ladder_id": ladder.id, "name": names[here], "position": place}
        )
        for place, names in enumerate(words.LEVELS, 1)
    ]
    for place, level in enumerate(levels[1:], 3):
        for values in (
            {"kind": "skill", "skill_id": skills[0].id, "at_least": place},
            {"kind": "skill", "skill_id": skills[3].id, "at_least": min(place + 1, 5)},
            {"kind": "course", "course_id": courses[0].id},
            {"kind": "months", "at_least": 12},
        ):
            host().records.create(Criterion, {"level_id": level.id, **values})
    leaders = managers()
    rows = [
        {"user_id": user_id, "ladder_id": ladder.id, "level_id": levels[place % 2].id,
         "since": today() - timedelta(days=chance.randint(100, 700)),
         "mentor_id": leaders.get(user_id)}
        for place, user_id in enumerate(people)
    ]  # fmt: skip
    host().records.create_many(Career, rows)
