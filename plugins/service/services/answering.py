"""What a customer has said, what it is worth, and what follows from a bad answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext, now
from plugin_api.errors import Invalid, Rejected
from plugins.crm.api import Account
from plugins.service.models import Answer, Case, Question, Visit, VisitPlan
from plugins.service.models.surveys import BAD, SCALES
from plugins.service.services import surveys
from plugins.service.services.entry import day_of

MARK = "q"
"""Before the number of a question where answers are named."""
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Said:
    """An answer: ``value`` on a scale, else ``words``."""

    question: Question
    value: int | None
    words: str | None

    @property
    def is_bad(self) -> bool:
        """Whether something has to be done about it."""
        limit = self.question.bad_at
        if limit is None:
            limit = BAD.get(self.question.answer, -1)
        return self.value is not None and self.value <= limit


def read(question: Question, text: str) -> Said | None:
    """An answer as a form or a program sends it; None for none. Raises Rejected."""
    given = text.strip()
    if not given:
        return None
    if question.answer == "text":
        return Said(question, None, given)
    if question.answer == "choice":
        if given not in surveys.options_of(question):
            raise Rejected("", gettext("Choose one of the list."))
        return Said(question, None, given)
    low, high = SCALES[question.answer]
    value = {"yes": 1, "no": 0}.get(given.lower()) if question.answer == "yes_no" else None
    if value is None and given.isascii() and given.isdigit() and len(given) < 3:
        value = int(given)
    if value is None or not low <= value <= high:
        raise Rejected(
            "", gettext("Expected a number from %(low)d to %(high)d.", low=low, high=high)
        )
    return Said(question, value, None)


def score_of(said: Sequence[Said]) -> Decimal | None:
    """0 to 100: the mean of all answers on a scale, each between its lowest and highest value.

    Satisfaction 4 of 1 to 5 is 75, recommendation 9 of 0 to 10 is 90: together 82.5.
    """
    parts = []
    for each in said:
        if each.value is not None:
            low, high = SCALES[each.question.answer]
            parts.append(Decimal(100 * (each.value - low)) / (high - low))
    if not parts:
        return None
    return (sum(parts, Decimal(0)) / len(parts)).quantize(TENTH, ROUND_HALF_UP)


def keep(visit: Visit, given: Mapping[int, str]) -> None:
    """Keep answers by the numbers of their questions; an empty one is taken away. Raises Invalid,
    which names each wrong one as ``q7``."""
    if visit.state not in ("planned", "unreached"):
        raise Rejected("", gettext("It is done. What was said stays."))
    known = {question.id: question for question in surveys.questions_of(visit.questionnaire_id)}
    errors: dict[str, list[str]] = {}
    said: dict[int, Said | None] = {}
    for number, text in given.items():
        if number not in known:
            errors[f"{MARK}{number}"] = [gettext("There is no such question.")]
            continue
        try:
            said[number] = read(known[number], text)
        except Rejected as refused:
            errors[f"{MARK}{number}"] = [str(refused.message)]
    if errors:
        raise Invalid(gettext("Some answers need another look."), errors=errors)
    held = {each.question_id: each for each in answers(visit.id)}
    for number, each in said.items():
        row = held.get(number)
        if each is None:
            if row is not None:
                host().session.delete(row)
            continue
        if row is None:
            row = Answer(visit_id=visit.id, question_id=number)
            host().session.add(row)
        row.value, row.words, row.bad = each.value, each.words, each.is_bad
    host().session.flush()


def answers(visit_id: int) -> list[Answer]:
    """What was said so far."""
    asked = sa.select(Answer).where(Answer.visit_id == visit_id).order_by(Answer.id)
    return list(host().session.scalars(asked))


def said_of(visit: Visit) -> list[Said]:
    """The same with the questions, in their order."""
    rows = {each.question_id: each for each in answers(visit.id)}
    return [
        Said(question, rows[question.id].value, rows[question.id].words)
        for question in surveys.questions_of(visit.questionnaire_id)
        if question.id in rows
    ]


def check_finish(visit: Visit, values: Mapping[str, Any]) -> None:
    """Everything that must be is answered. Raises Rejected."""
    said = {each.question.id for each in said_of(visit)}
    missing = [
        question.name
        for question in surveys.questions_of(visit.questionnaire_id)
        if question.required and question.id not in said
    ]
    if missing:
        raise Rejected("", gettext("Not answered yet: %(names)s", names=" · ".join(missing)))


def finish(visit: Visit, values: dict[str, Any]) -> None:
    """Count what was said; a bad answer opens a case."""
    said, moment = said_of(visit), now()
    visit.attempts += 1
    visit.done_at, visit.done_on = moment, day_of(moment)
    visit.csat = _first(said, "csat")
    visit.nps = _first(said, "nps")
    visit.score = score_of(said)
    visit.bad = any(each.is_bad for each in said)
    for name in ("comment", "themes"):
        if name in values:
            setattr(visit, name, values[name])
    visit.themes = ", ".join(themes_of(visit.themes)) or None
    if visit.previous_id is not None and visit.score is not None:
        asked = sa.select(Visit.score).where(Visit.id == visit.previous_id)
        before = host().session.scalar(asked)
        visit.score_change = None if before is None else visit.score - before
    values.clear()
    if visit.bad and visit.follow_id is None:
        visit.follow_id = _open_case(visit, said).id


def _first(said: Sequence[Said], answer: str) -> int | None:
    return next((each.value for each in said if each.question.answer == answer), None)


def themes_of(text: str | None) -> list[str]:
    """What stands between commas, of either script, each once."""
    parts = (text or "").replace("，", ",").replace("、", ",").split(",")
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _open_case(visit: Visit, said: Sequence[Said]) -> Case:
    from plugins.service.services.acting import with_rights

    plan = None
    if visit.plan_id is not None:
        plan = host().session.scalar(sa.select(VisitPlan).where(VisitPlan.id == visit.plan_id))
    asked = sa.select(Account.name).where(Account.id == visit.account_id)
    name = host().session.scalar(asked) or ""
    lines = [
        f"{each.question.name}: {each.words if each.value is None else each.value}"
        for each in said
        if each.is_bad or each.question.answer == "text"
    ]
    owner = plan.case_owner_id if plan is not None else None
    with with_rights():
        return host().records.create(
            Case,
            {
                "name": gettext("Bad answer of %(name)s", name=name)[:300], "kind": "complaint",
                "channel": "visit", "account_id": visit.account_id,
                "contact_id": visit.contact_id, "product_id": visit.product_id,
                "priority": plan.case_priority if plan is not None else "high",
                "owner_id": owner,
                "description": "\n".join([*lines, visit.comment or ""]).strip() or None,
            },
        )  # fmt: skip
