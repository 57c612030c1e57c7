"""A questionnaire, a plan for good customers, and what customers have said in a year."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Company, clock_at, now, today
from plugins.crm.api import Account
from plugins.service.models import Case, Question, Questionnaire, Visit, VisitPlan
from plugins.service.services import answering, surveys

MADE = 50
DAYS = 300
WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "name": "How did we do?",
        "opening": "We would like to know how it went. It takes three minutes.",
        "questions": ("How satisfied are you with us?", "How likely is it that you recommend us?",
                      "Was everything delivered as agreed?", "What should we do better?"),
        "plans": ("Grade A: every 90 days", "After delivery", "After a solved case"),
        "mended": "Put right, and told the customer.",
        "themes": ("delivery", "price", "quality", "advice", "invoice"),
        "comments": ("Glad to order again.", "Delivery took too long.", "Good advice.",
                     "Invoice was wrong.", None, None),
    },
    "zh": {
        "name": "客户满意度回访",
        "opening": "想了解一下您的使用体验，大约三分钟。",
        "questions": ("您对我们的总体满意度如何？", "您向他人推荐我们的可能性有多大？",
                      "是否按约定交付？", "您希望我们改进什么？"),
        "plans": ("A 级客户：每 90 天回访", "交付后回访", "工单解决后回访"),
        "mended": "已整改并告知客户。",
        "themes": ("交付", "价格", "质量", "服务", "发票"),
        "comments": ("会继续下单。", "交货太慢。", "建议很专业。", "发票开错了。", None, None),
    },
}  # fmt: skip


def load(company: Company, seed: int) -> None:
    """Fill a company that has customers; one that has questionnaires is left as it is."""
    if host().session.scalar(sa.select(Questionnaire.id).limit(1)) is not None:
        return
    words = WORDS["zh" if company.language.startswith("zh") else "en"]
    chance = random.Random(seed)
    asked = sa.select(Account.id, Account.owner_id).where(
        Account.archived.is_(False), Account.owner_id.is_not(None)
    )
    accounts = host().session.execute(asked.order_by(Account.id).limit(40)).all()
    questionnaire = _questionnaire(words)
    plans = _plans(questionnaire, words["plans"])
    questions = surveys.questions_of(questionnaire.id)
    for number in range(MADE if accounts else 0):
        account_id, owner_id = chance.choice(accounts)
        day = now() - dt.timedelta(days=int(DAYS * (1 - number / MADE)) + 1)
        with clock_at(day):
            visit = host().records.create(
                Visit,
                {"account_id": account_id, "questionnaire_id": questionnaire.id,
                 "owner_id": owner_id, "due_on": today()},
            )  # fmt: skip
            visit.plan_id = plans[0].id
            if chance.random() < 0.2:
                host().records.transition(visit, "give_up")
                continue
            mood = chance.choice((5, 5, 4, 4, 4, 3, 2)) if number % 9 else 2
            given = {
                questions[0].id: str(mood),
                questions[1].id: str(min(2 * mood + chance.choice((-1, 0, 0)), 10)),
                questions[2].id: "1" if mood > 2 else "0",
            }
            answering.keep(visit, given)
            about = ", ".join(chance.sample(words["themes"], chance.choice((0, 1, 1, 2))))
            values = {"comment": chance.choice(words["comments"]), "themes": about or None}
            host().records.transition(visit, "finish", values)
        if visit.follow_id is not None and day < now() - dt.timedelta(days=14):
            _follow(visit, day, words)
    for account_id, owner_id in accounts[:12]:
        host().records.create(
            Visit,
            {"account_id": account_id, "questionnaire_id": questionnaire.id,
             "owner_id": owner_id, "due_on": today() + dt.timedelta(days=chance.randint(-3, 9))},
        )  # fmt: skip


def _follow(visit: Visit, day: dt.datetime, words: dict[str, Any]) -> None:
    """The case of a bad answer is solved, and the second call goes better."""
    case = host().session.scalars(sa.select(Case).where(Case.id == visit.follow_id)).one()
    solved = {"solution": words["mended"]}
    for move, hours, values in (("answer", 1, {}), ("solve", 30, solved), ("close", 300, {})):
        with clock_at(day + dt.timedelta(hours=hours)):
            host().records.transition(case, move, values)
    asked = sa.select(Visit).where(Visit.previous_id == visit.id)
    with clock_at(day + dt.timedelta(days=5)):
        for second in host().session.scalars(asked).all():
            numbers = [each.id for each in surveys.questions_of(second.questionnaire_id)]
            answering.keep(second, {numbers[0]: "4", numbers[1]: "8", numbers[2]: "1"})
            host().records.transition(second, "finish")


def _questionnaire(words: dict[str, Any]) -> Questionnaire:
    made = host().records.create(
        Questionnaire, {"name": words["name"], "opening": words["opening"]}
    )
    for position, answer in enumerate(("csat", "nps", "yes_no", "text")):
        host().records.create(
            Question,
            {"questionnaire_id": made.id, "name": words["questions"][position],
             "answer": answer, "position": position + 1, "required": answer != "text"},
        )  # fmt: skip
    host().records.transition(made, "publish")
    return made


def _plans(questionnaire: Questionnaire, names: tuple[str, ...]) -> list[VisitPlan]:
    given = (("regular", 90, "grade=A"), ("delivery", 14, None), ("case", 3, None))
    return [
        host().records.create(
            VisitPlan,
            {"name": name, "trigger": trigger, "days": days, "condition": condition,
             "questionnaire_id": questionnaire.id},
        )
        for name, (trigger, days, condition) in zip(names, given, strict=True)
    ]  # fmt: skip
