"""The pages, and that no path tells a learner what is right before it is handed in."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from plugin_api.context import now, today
from plugin_api.effects import Unit, staggered
from plugin_api.host import host
from plugins.training.models import (
    Attempt,
    Career,
    Item,
    Ladder,
    Level,
    Requirement,
    Rule,
    Session,
)
from plugins.training.services import results
from tests.harness import Installation
from tests.plugins.training import kit
from tests.plugins.training.conftest import settled

SECRET = "Zanzibar"
WHY = "Kilimanjaro"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A company whose records stay for the whole file."""
    made = settled(tmp_path_factory.mktemp("training-pages"))
    with made.working("acme", "ada"):
        quiz = kit.quiz(0, name="Final", attempts=2, reveal="each")
        host().records.create(
            kit.Question,
            {"quiz_id": quiz.id, "name": "Which island?", "kind": "text", "correct": SECRET,
             "explanation": WHY},
        )  # fmt: skip
        found = kit.skill()
        course = kit.course(
            "Islands", quiz_id=quiz.id, certificate=True, skill_id=found.id, level=2
        )
        host().records.create(
            Requirement, {"role_id": kit.role("rep"), "skill_id": found.id, "level": 3}
        )
        kit.enrol("bo", course.id)
    yield made


def form(company: int = 1, **values: Any) -> dict[str, Any]:
    return {"_company": str(company), **values}


def first(text: str, pattern: str) -> str:
    found = re.search(pattern, text)
    assert found, text[:2000]
    return found[1]


def test_a_course_in_the_browser_and_what_is_told_of_answers(shop: Installation) -> None:
    ann = shop.client("acme", "ann")
    page = ann.get("/training/mine").text
    assert "Islands" in page and "For your role" in page
    course_id = first(page, r'name="course" value="(\d+)"')
    learn = ann.post("/training/mine/enrol", data=form(course=course_id)).headers["Location"]
    page = ann.get(learn).text
    lesson = first(page, r'name="lesson" value="(\d+)"')
    number = first(learn, r"/enrolments/(\d+)/")
    assert (
        ann.post(f"/training/enrolments/{number}/lessons", data=form(lesson=lesson)).status_code
        == 303
    )
    assert (
        ann.post(f"/training/enrolments/{number}/lessons", data=form(lesson=999)).status_code == 404
    )
    begun = ann.post(f"/training/enrolments/{number}/attempts", data=form()).headers["Location"]
    attempt = first(begun, r"/attempts/(\d+)/")
    page = ann.get(begun).text
    assert "Which island?" in page
    # Pages, REST, exports and the search, of what leads there and of what might.
    token = shop.token("acme", "ann")
    places = (
        begun, learn, "/training/mine", "/training/questions", "/training/questions/1",
        "/training/quizzes/1", f"/training/attempts/{attempt}", "/search?q=Zanzibar",
        f"/training/attempts/{attempt}/answers?reveal=each", "/training/attempts?view=pivot",
        "/training/questions/export?form=csv", "/training/attempts/export?form=csv",
    )  # fmt: skip
    for place in places:
        told = ann.get(place, follow_redirects=True).text.replace("q=Zanzibar", "")
        assert SECRET not in told.replace(f'value="{SECRET}"', "").replace(f"“{SECRET}”", ""), place
        assert WHY not in told, place
    api = shop.app.test_client()
    for name in ("questions", "questions/1", "attempts", f"attempts/{attempt}", "items", "lessons",
                 "quizzes", "questions?correct=Zanzibar", "attempts?fields=items"):  # fmt: skip
        told = api.get(f"/api/v1/training/{name}", headers=token).text
        assert SECRET not in told and WHY not in told, name
    boss = shop.client("acme", "boss")
    assert boss.get(begun).status_code == 404
    assert SECRET not in boss.get(f"/training/attempts/{attempt}").text
    # A wrong answer: one attempt is left, and the quiz tells after each.
    done = ann.post(f"/training/attempts/{attempt}/answers", data=form(**{"q-0": "Bali"}))
    page = ann.get(done.headers["Location"]).text
    assert "Bali" in page and SECRET in page and WHY in page
    assert SECRET not in boss.get(begun).text, "who leads may take the course too"
    assert SECRET in shop.client("acme", "ada").get(begun).text
    begun = ann.post(f"/training/enrolments/{number}/attempts", data=form()).headers["Location"]
    ann.post(begun, data=form(**{"q-0": " zanzibar "}))
    page = ann.get(learn).text
    assert "Completed" in page
    paper = first(ann.get("/training/mine").text, r"/training/certificates/(\d+)/pdf")
    for language in ("en", "zh"):
        file = ann.get(f"/training/certificates/{paper}/pdf?language={language}")
        assert file.data.startswith(b"%PDF") and file.mimetype == "application/pdf"
    assert shop.client("acme", "bo").get(f"/training/certificates/{paper}/pdf").status_code == 404


def test_a_question_that_a_role_may_read_does_not_tell_what_is_right(shop: Installation) -> None:
    from core.identity.models import Role, RoleGrant
    from core.identity.service import role_named

    with shop.working("acme"):
        role: Role = role_named("rep")
        for key in ("Question.read", "Question.export", "Quiz.read", "Quiz.export"):
            host().session.add(
                RoleGrant(role_id=role.id, permission=f"training.{key}", scope="company")
            )
    try:
        bo, token = shop.client("acme", "bo"), shop.token("acme", "bo")
        told = [bo.get("/training/questions/1").text, bo.get("/training/questions").text]
        told += [bo.get("/training/questions/export?form=csv").text]
        for query in ("", "?correct=Zanzibar", "?sort=correct", "?q=Zanzibar"):
            told.append(
                shop.app.test_client().get(f"/api/v1/training/questions{query}", headers=token).text
            )
        assert "Which island?" in told[0]
        for text in told:
            assert SECRET not in text.replace("q=Zanzibar", "").replace("correct=Zanzibar", "")
            assert WHY not in text
    finally:
        with shop.working("acme"):
            host().session.execute(
                sa.delete(RoleGrant).where(RoleGrant.permission.like("training.Qu%"))
            )


def test_pages_of_others(shop: Installation) -> None:
    with shop.working("acme"):
        bo, zoe = kit.user("bo"), kit.user("zoe")
    boss, ann = shop.client("acme", "boss"), shop.client("acme", "ann")
    assert "Islands" in boss.get(f"/training/mine?user={bo}").text
    assert boss.get(f"/training/mine?user={zoe}").status_code == 404
    assert ann.get(f"/training/mine?user={bo}").status_code == 404
    for view in ("people", "team", "role"):
        assert "Discovery" in boss.get(f"/training/matrix?view={view}").text
    page = shop.client("acme", "ada", language="zh").get("/training/quizzes/1/items").text
    assert "题目分析" in page and "Which island?" in page
    assert boss.get("/training/quizzes/1/items").status_code == 404
    assert boss.post("/training/mine/enrol", data=form(course="x")).status_code == 303


def test_what_was_drawn_has_no_pages(shop: Installation) -> None:
    assert not Item.__collection__ and "create" not in Attempt.__actions__
    ada = shop.client("acme", "ada")
    assert ada.get("/training/items").status_code == 404


def test_cards_and_panels(shop: Installation) -> None:
    bo = shop.client("acme", "bo")
    assert "Islands" in bo.get("/home/cards/training.todo").text


def test_rules_sessions_reactions_and_careers_in_the_browser(shop: Installation) -> None:
    with shop.working("acme", "ada"):
        course = kit.course("Maps", 1, behaviours="Looks at a map", cost=10_00, budget=100_00)
        rule = (
            host()
            .records.create(Rule, {"name": "All reps", "kind": "all", "course_id": course.id})
            .id
        )
        start = now() + dt.timedelta(days=2)
        room = (
            host()
            .records.create(Session, {"name": "Room 9", "course_id": course.id, "starts_at": start})
            .id
        )
        ladder = host().records.create(Ladder, {"name": "Guides"}).id
        level = (
            host().records.create(Level, {"ladder_id": ladder, "name": "Guide", "position": 1}).id
        )
        career = host().records.create(
            Career,
            {"user_id": kit.user("ann"), "ladder_id": ladder, "level_id": level, "since": today()},
        ).id  # fmt: skip
        course_id = course.id
    boss, ann, bo = (shop.client("acme", name) for name in ("boss", "ann", "bo"))
    page = boss.get(f"/training/rules/{rule}/preview").text
    assert "All reps: everybody of the rule" in page and ">Zoe<" not in page
    assert bo.get(f"/training/rules/{rule}/preview").status_code == 404
    done = boss.post(f"/training/rules/{rule}/apply", data=form(), follow_redirects=True).text
    assert "3 are enrolled." in done
    number = first(ann.get("/training/mine").text, r"/enrolments/(\d+)/learn\">Maps")
    learn = f"/training/enrolments/{number}/learn"
    assert "Room 9" in ann.get(learn).text
    seat = f"/training/enrolments/{number}/seats"
    assert "You have a seat" in ann.post(seat, data=form(session=room), follow_redirects=True).text
    assert ann.post(seat, data=form(session="x")).status_code == 303
    assert bo.post(seat, data=form(session=room)).status_code == 404
    react = f"/training/enrolments/{number}/reaction"
    early = ann.post(react, data=form(overall=5, useful=5), follow_redirects=True).text
    assert "not completed yet" in early
    lesson = first(ann.get(learn).text, r'name="lesson" value="(\d+)"')
    ann.post(f"/training/enrolments/{number}/lessons", data=form(lesson=lesson))
    assert "How was it?" in ann.get(learn).text
    ann.post(react, data=form(overall=5, useful=4))
    assert "How was it?" not in ann.get(learn).text
    page = boss.get(
        f"/training/courses/{course_id}/evaluation?from=2026-01&to=2025-01&months=99"
    ).text
    assert "Was it worth it?" in page and "names no result to raise" in page
    far = f"/training/courses/{course_id}/evaluation?from=0001-01&to=9999-12"
    assert boss.get(far).status_code == 200
    assert ann.get(f"/training/courses/{course_id}/evaluation").status_code == 403
    assert "¥30.00" in shop.client("acme", "ada").get(f"/training/courses/{course_id}").text
    assert "highest level" in ann.get(f"/training/careers/{career}/readiness").text
    assert bo.get(f"/training/careers/{career}/readiness").status_code == 404


def test_a_course_that_was_completed_in_waves(
    shop: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    units = [
        Unit(values=[10 + i % 3 + 2 * bool(start and month >= start) for month in range(8)],
             start=start)
        for i, start in enumerate([3] * 6 + [5] * 6 + [None] * 6)
    ]  # fmt: skip

    def in_waves(course: Any, asked: results.Asked) -> results.Result:
        measure = host().measures.get("training.cost")
        return results.Result(asked, measure, staggered(units), Decimal(0))

    monkeypatch.setattr(results, "result", in_waves)
    with shop.working("acme", "ada"):
        course_id = kit.course("Waves", 0, measure="training.cost").id
    page = shop.client("acme", "boss").get(f"/training/courses/{course_id}/evaluation").text
    assert "In month 1 with it" in page and "In month 5 with it" in page and "¥2.00" in page
    assert "Trained, before" not in page, "of each wave it is another time"


def test_rest_makes_and_moves(shop: Installation) -> None:
    api, token = shop.app.test_client(), shop.token("acme", "boss")
    with shop.working("acme"):
        bo, course = kit.user("bo"), host().session.scalar(sa.select(kit.Course.id))
        found = host().session.scalar(sa.select(kit.Skill.id))
    rated = api.post(
        "/api/v1/training/ratings", json={"user": bo, "skill": found, "level": 3}, headers=token
    )
    assert rated.status_code == 201 and rated.json["source"] == "other"
    again = api.post(
        "/api/v1/training/enrolments", json={"user": bo, "course": course}, headers=token
    )
    assert again.status_code == 422 and "already" in again.text
    forged = api.post("/api/v1/training/attempts", json={"user": bo, "score": 100}, headers=token)
    assert forged.status_code >= 400 and "score" in forged.text
    assert api.get("/api/v1/training/reactions", headers=token).json["items"] == []


def test_pages_stay_small(tmp_path: Path, shop: Installation) -> None:
    assert len(shop.client("acme", "ada").get("/training/matrix").data) < 100_000
