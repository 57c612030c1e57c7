"""Taking a quiz: beginning an attempt, handing it in, and what may be seen of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import SystemRandom
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_actor, gettext, has_permission, now, today
from plugin_api.errors import Forbidden, NotFound, Rejected
from plugins.training.access import ANSWERS
from plugins.training.models import Attempt, Course, Enrolment, Item, Question, Quiz
from plugins.training.models.enrolments import OPEN
from plugins.training.rules import scoring
from plugins.training.services import questions

LONGEST = 2000
"""Letters of an answer."""
GRACE = dt.timedelta(seconds=20)
"""After its end an attempt is still taken in, for the way from the browser."""


@dataclass(frozen=True, slots=True)
class Tries:
    """How somebody stands with the test of an enrolment: attempts made, and how many are left;
    ``left`` is None where there is no limit."""

    before: Attempt | None
    made: tuple[Attempt, ...]
    left: int | None
    passed: bool

    @property
    def running(self) -> Attempt | None:
        """An attempt that is not handed in."""
        found = (*self.made, *((self.before,) if self.before else ()))
        return next((each for each in found if each.handed_in_at is None), None)


def tries(enrolment: Enrolment, quiz: Quiz | None) -> Tries:
    """The attempts of an enrolment. One statement."""
    asked = sa.select(Attempt).where(Attempt.enrolment_id == enrolment.id)
    found = list(host().session.scalars(asked.order_by(Attempt.number)))
    made = tuple(each for each in found if each.purpose == "test")
    limit = quiz.attempts if quiz else None
    left = None if limit is None else max(limit + enrolment.extra - len(made), 0)
    before = next((each for each in found if each.purpose == "pre"), None)
    return Tries(before, made, left, any(each.passed for each in made))


def begin(enrolment: Enrolment, purpose: str) -> Attempt:
    """A new attempt, or the one that is not handed in yet. Two at once make one. One whose time is
    over is ended first and given in place of a new one, so that who took it sees so. Raises
    Forbidden for somebody else's, Rejected with the reason."""
    if enrolment.user_id != current_actor().user_id:
        raise Forbidden(gettext("Only who is enrolled takes the test."))
    locked(enrolment)
    course = host().session.get(Course, (enrolment.company_id, enrolment.course_id))
    quiz = _quiz(course) if course else None
    if course is None or quiz is None:
        raise Rejected("", gettext("This course has no test."))
    if enrolment.state not in OPEN:
        raise Rejected("", gettext("This enrolment is over."))
    so_far = tries(enrolment, quiz)
    running = so_far.running
    if running is not None:
        if is_over(running):
            hand_in(running, {})
        return running
    if purpose == "pre":
        if not course.pretest or so_far.before is not None or so_far.made:
            raise Rejected("", gettext("The test before the course is taken once, at its start."))
    elif course.pretest and so_far.before is None:
        raise Rejected("", gettext("First comes the test before the course."))
    elif so_far.passed:
        raise Rejected("", gettext("The test is passed already."))
    elif so_far.left == 0:
        raise Rejected("", gettext("No attempt is left. A trainer may allow another one."))
    number = 1 if purpose == "pre" else len(so_far.made) + 1
    return _made(enrolment, quiz, purpose, number)


def locked(record: Enrolment | Attempt) -> None:
    """Hold a record for this transaction alone, as it is."""
    model: Any = type(record)
    asked = sa.select(model).where(model.id == record.id).with_for_update()
    host().session.scalars(asked, execution_options={"populate_existing": True}).one()


def _quiz(course: Course) -> Quiz | None:
    if course.quiz_id is None:
        return None
    return host().session.get(Quiz, (course.company_id, course.quiz_id))


def _made(enrolment: Enrolment, quiz: Quiz, purpose: str, number: int) -> Attempt:
    bank = sa.select(Question).where(Question.quiz_id == quiz.id, Question.active)
    found = {each.id: each for each in host().session.scalars(bank.order_by(Question.id))}
    if not found:
        raise Rejected("", gettext("This test has no question yet."))
    attempt = Attempt(
        name=quiz.name, user_id=enrolment.user_id, enrolment_id=enrolment.id, quiz_id=quiz.id,
        purpose=purpose, number=number, started_at=now(), mark=quiz.pass_mark,
        ends_at=now() + dt.timedelta(minutes=quiz.minutes) if quiz.minutes else None,
    )  # fmt: skip
    host().session.add(attempt)
    host().session.flush()
    chance = SystemRandom()
    for place, id_ in enumerate(scoring.draw(list(found), quiz.draw, chance)):
        question = scoring.shuffled(questions.drawn(found[id_]), chance)
        host().session.add(
            Item(attempt_id=attempt.id, source_id=id_, position=place, question=question,
                 points=question["points"])
        )  # fmt: skip
    host().session.flush()
    return attempt


def hand_in(attempt: Attempt, answers: Mapping[int, Any]) -> None:
    """Mark an attempt, once. ``answers``: place → what was answered; none of them counts where its
    time and the grace are over. Raises Forbidden, and Rejected for one that is handed in
    already."""
    if attempt.user_id != current_actor().user_id:
        raise Forbidden(gettext("Only who is enrolled takes the test."))
    locked(attempt)
    if attempt.handed_in_at is not None:
        raise Rejected("", gettext("This attempt is handed in already."))
    if is_over(attempt):
        attempt.late, answers = True, {}
    got = points = 0
    for item in items(attempt.id):
        item.given = _cleaned(item.question, answers.get(item.position))
        right = scoring.is_right(item.question, item.given)
        item.got = item.points if right else 0
        got, points = got + item.got, points + item.points
    attempt.handed_in_at, attempt.on = now(), today()
    attempt.score = scoring.score(got, points)
    attempt.passed = attempt.score >= attempt.mark
    host().session.flush()


def is_over(attempt: Attempt) -> bool:
    """Whether an attempt that is not handed in has run out of time, grace included."""
    ends = attempt.ends_at
    return attempt.handed_in_at is None and ends is not None and now() > ends + GRACE


def seconds_left(attempt: Attempt) -> int | None:
    """How long is left of an attempt, without the grace; None without a limit."""
    if attempt.ends_at is None:
        return None
    return max(int((attempt.ends_at - now()).total_seconds()), 0)


def _cleaned(question: Mapping[str, Any], given: Any) -> list[Any]:
    """An answer as it is kept: places of choices that there are, or a text."""
    if question["kind"] in scoring.CHOICES:
        some = given if isinstance(given, list) else [given]
        places = range(len(question["options"]))
        numbers = {str(each) for each in some if str(each).isascii() and str(each).isdigit()}
        return sorted({int(each) for each in numbers if len(each) < 4 and int(each) in places})
    # No database keeps a zero character, and whoever is tested does not lose the others by one.
    text = ("" if given is None else str(given)).replace("\0", "").strip()[:LONGEST]
    return [text] if text else []


def items(attempt_id: int) -> Sequence[Item]:
    """The questions of an attempt in their order. One statement."""
    asked = sa.select(Item).where(Item.attempt_id == attempt_id).order_by(Item.position)
    return list(host().session.scalars(asked))


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody is shown of a question: ``got`` once it is marked, ``right`` and ``why`` only
    where these may be seen."""

    position: int
    text: str
    kind: str
    options: tuple[str, ...]
    given: tuple[Any, ...]
    points: int
    got: int | None
    right: tuple[str, ...] = ()
    why: str = ""


def shown(attempt: Attempt, enrolment: Enrolment) -> list[Shown]:
    """An attempt for who looks at it. Raises NotFound while it is somebody else's and not handed
    in: its questions are not for others to see."""
    mine = attempt.user_id == current_actor().user_id
    if attempt.handed_in_at is None and not mine:
        raise NotFound(gettext("This attempt is not handed in yet."))
    tells = attempt.handed_in_at is not None and _reveals(attempt, enrolment, mine)
    return [_shown(item, tells=tells) for item in items(attempt.id)]


def _reveals(attempt: Attempt, enrolment: Enrolment, mine: bool) -> bool:
    """Whether right answers of an attempt that is handed in may be seen: by who may write them,
    else by who took it, as the quiz says. Never while the same quiz may still be taken, where
    it says so; those of a test before the course not until the course is over."""
    if has_permission(ANSWERS) and not (mine and enrolment.state in OPEN):
        return True
    if not mine:
        return False
    quiz = host().session.get(Quiz, (attempt.company_id, attempt.quiz_id))
    how = quiz.reveal if quiz else "never"
    if how == "never":
        return False
    if enrolment.state not in OPEN:
        return True
    so_far = tries(enrolment, quiz)
    if so_far.running is not None:
        return False
    if so_far.passed or so_far.left == 0:
        return True
    return how == "each" and attempt.purpose != "pre"


def _shown(item: Item, *, tells: bool) -> Shown:
    asked = item.question
    return Shown(
        position=item.position, text=asked["text"], kind=asked["kind"],
        options=tuple(asked["options"]), given=tuple(item.given), points=item.points, got=item.got,
        right=scoring.right(asked) if tells else (), why=asked["why"] if tells else "",
    )  # fmt: skip
