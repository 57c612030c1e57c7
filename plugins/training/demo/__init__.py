"""Skills, courses, and what people have learnt in two years."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Company, clock_at, now, today
from plugin_api.models import model_of
from plugin_api.money import precision
from plugins.training.demo import growing, learnt, words
from plugins.training.models import Course, Lesson, Question, Quiz, Rating, Requirement, Skill


def load(company: Company, seed: int) -> None:
    """Fill a company that has people; one that has skills is left as it is."""
    if host().session.scalar(sa.select(Skill.id).limit(1)) is not None:
        return
    here = 1 if company.language.startswith("zh") else 0
    chance = random.Random(seed)
    skills = _skills(here)
    courses = _courses(company, here, skills)
    people = _people()
    _ratings(here, skills, people, chance)
    reps = [id_ for id_, code in people if code == "rep"]
    learnt.load(courses, reps, here, chance)
    if reps:
        growing.load(courses, skills, reps, here, chance)


def _skills(here: int) -> list[Skill]:
    role: Any = model_of("core.Role")
    roles = {row[1]: row[0] for row in host().session.execute(sa.select(role.id, role.code))}
    made = []
    for area, *names, level in words.SKILLS:
        skill = host().records.create(Skill, {"name": names[here], "area": area})
        for code, more in (("rep", 0), ("manager", 1)):
            if code in roles:
                values = {"role_id": roles[code], "skill_id": skill.id, "level": level + more}
                host().records.create(Requirement, values)
        made.append(skill)
    return made


def _courses(company: Company, here: int, skills: list[Skill]) -> list[Course]:
    unit = 10 ** precision(company.currency)
    made = []
    for each in words.COURSES:
        quiz = _quiz(each, here) if each["quiz"] else None
        values = {name: each[name] for name in ("area", "level", "hours", "pretest",
                                                "certificate", "valid_months")}  # fmt: skip
        values |= {name: each[name] * unit for name in ("cost", "fixed_cost", "budget")}
        values |= {
            "name": each["name"][here], "summary": each["summary"][here],
            "behaviours": each["behaviours"][here] or None, "measure": _result(),
            "skill_id": skills[each["skill"]].id if each["skill"] is not None else None,
            "quiz_id": quiz.id if quiz else None,
        }  # fmt: skip
        course = host().records.create(Course, values)
        for place, (kind, name, body) in enumerate(each["lessons"], 1):
            host().records.create(
                Lesson,
                {"course_id": course.id, "position": place, "name": name[here], "kind": kind,
                 "body": body[here], "minutes": 15 * place,
                 "required": kind != "exercise",
                 "url": "https://example.com/talk" if kind == "video" else None,
                 "measure": _exercise() if kind == "exercise" else None,
                 "at_least": 5 if kind == "exercise" and _exercise() else None},
            )  # fmt: skip
        made.append(course)
    return made


def _quiz(of: dict[str, Any], here: int) -> Quiz:
    bank = words.QUESTIONS[of["key"]]
    made = host().records.create(
        Quiz,
        {
            "name": of["quiz"][here],
            "pass_mark": 70,
            "draw": len(bank) - 1,
            "attempts": 3,
            "minutes": 20,
        },
    )
    for question in bank:
        options, correct = question[2 + here], question[4]
        kind = "number" if not options else "multiple" if "," in correct else "single"
        host().records.create(
            Question,
            {"quiz_id": made.id, "name": question[here], "kind": kind, "correct": correct,
             "options": "\n".join(options) or None},
        )  # fmt: skip
    return made


def _measure(*wanted: str) -> str | None:
    known = {each.key for each in host().measures.all()}
    return next((key for key in wanted if key in known), None)


def _result() -> str | None:
    return _measure("crm.won_amount", "sales.sold")


def _exercise() -> str | None:
    return _measure("activities.done")


def _people() -> list[tuple[int, str]]:
    user: Any = model_of("core.User")
    role: Any = model_of("core.Role")
    asked = (
        sa.select(user.id, role.code)
        .join(role, role.id == user.role_id)
        .where(user.active, role.code.in_(("rep", "manager")))
        .order_by(user.id)
    )
    return [(row[0], row[1]) for row in host().session.execute(asked)]


def _ratings(here: int, skills: list[Skill], people: list[tuple[int, str]], chance: Any) -> None:
    rows = [
        {"user_id": user_id, "skill_id": skill.id, "note": words.NOTE[here],
         "level": max(1, min(5, words.SKILLS[place][3] + chance.choice((-2, -1, -1, 0, 0, 1)))),
         "on": today() - timedelta(days=chance.randint(200, 500))}
        for user_id, _code in people
        for place, skill in enumerate(skills)
        if chance.random() < 0.85
    ]  # fmt: skip
    with clock_at(now() - timedelta(days=180)):
        host().records.create_many(Rating, rows)
