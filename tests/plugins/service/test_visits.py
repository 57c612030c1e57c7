"""Return visits: planned once, asked with versions, and followed up to the second call."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from plugin_api.errors import Invalid, NotFound, Refused, Rejected
from plugin_api.host import host
from plugin_api.models import model_of
from plugins.crm.models import Contact
from plugins.service import cards, panels, timeline
from plugins.service.models import Answer, Case, Question, Questionnaire, Visit, VisitPlan
from plugins.service.services import answering, figures, planning, satisfaction, surveys
from tests.plugins.crm.kit import acting, user
from tests.plugins.service.kit import account, case, clock, move

pytestmark = pytest.mark.usefixtures("acme")

ASKED = (
    ("How satisfied are you?", "csat", {}), ("Would you recommend us?", "nps", {}),
    ("Was it on time?", "yes_no", {"required": False}),
    ("What was it about?", "choice", {"options": "Crane\nLorry", "required": False}),
    ("And else?", "text", {"required": False}),
)  # fmt: skip


def questionnaire(publish: bool = True) -> Questionnaire:
    made = host().records.create(Questionnaire, {"name": "How did we do?"})
    for position, (name, answer, given) in enumerate(ASKED):
        host().records.create(
            Question,
            {"questionnaire_id": made.id, "name": name, "answer": answer, "position": position,
             **given},
        )  # fmt: skip
    if publish:
        host().records.transition(made, "publish")
    return made


def plan(trigger: str, days: int, **values: Any) -> VisitPlan:
    return host().records.create(
        VisitPlan,
        {"name": f"{trigger} {days}", "trigger": trigger, "days": days,
         "questionnaire_id": questionnaire().id, **values},
    )  # fmt: skip


def said(visit: Visit, *given: str) -> None:
    """Keep answers in the order of the questions."""
    numbers = [each.id for each in surveys.questions_of(visit.questionnaire_id)]
    answering.keep(visit, dict(zip(numbers, given, strict=False)))


def visits(rule: VisitPlan) -> list[Visit]:
    asked = sa.select(Visit).where(Visit.plan_id == rule.id).order_by(Visit.id)
    return list(host().session.scalars(asked))


def test_regular_visits_are_planned_once_and_again_after_their_days() -> None:
    with clock("2025-11-03 09:00"):
        best = account("Best", grade="A", owner_id=user("ann"))
        account("Other", grade="B")
        host().records.create(Contact, {"name": "No", "account_id": best.id, "do_not_call": True})
        contact = host().records.create(Contact, {"name": "Li", "account_id": best.id})
        rule = plan("regular", 30, condition="grade=A")
        assert planning.plan_all() == 1
        assert planning.plan_all() == 0
    [first] = visits(rule)
    assert (first.owner_id, first.contact_id) == (user("ann"), contact.id)
    assert first.due_on == dt.date(2025, 11, 3)
    with clock("2025-11-05 09:00"):
        said(first, "5", "10")
        host().records.transition(first, "finish")
    with clock("2025-11-27 09:00"):
        assert planning.plan_all() == 0
    with clock("2025-11-28 09:00"):
        assert planning.plan_all() == 1, "a week before it is due"
        assert planning.plan_all() == 0
    assert visits(rule)[1].due_on == dt.date(2025, 12, 5)
    host().records.update(rule, {"active": False})
    account("Late", grade="A")
    assert planning.plan_all() == 0


def test_visits_after_delivery_of_an_order() -> None:
    firm = account("Works", owner_id=user("bo"))
    product: Any = model_of("catalog.Product")
    crane, lorry = (host().records.create(product, {"name": n}) for n in ("Crane", "Lorry"))
    with clock("2025-11-10 09:00"):
        rule = plan("delivery", 14, product_id=crane.id)
        orders = [_order(firm.id, each.id) for each in (crane, lorry)]
    with clock("2025-11-12 09:00"):
        for order in orders:
            host().records.transition(order, "deliver")
        assert planning.plan_all() == 1
        assert planning.plan_all() == 0
    [made] = visits(rule)
    assert made.order_number == orders[0].number
    assert (made.due_on, made.owner_id) == (dt.date(2025, 11, 26), user("bo"))
    before = plan("delivery", 3, since=dt.date(2025, 11, 13))
    assert planning.plan(before) == [], "what happened before is left alone"


def _order(account_id: int, product_id: int) -> Any:
    order: Any = host().records.create(model_of("sales.Order"), {"account_id": account_id})  # type: ignore[type-var]
    host().records.create(
        model_of("sales.OrderLine"),  # type: ignore[type-var]
        {"order_id": order.id, "product_id": product_id, "price": Decimal(100)},
    )
    host().records.transition(order, "confirm")
    return order


def test_a_bad_answer_opens_a_case_and_is_asked_for_again() -> None:
    firm = account("Quay", owner_id=user("ann"))
    with clock("2025-11-03 09:00"):
        rule = plan("regular", 90, case_owner_id=user("bo"), again_days=2)
        planning.plan_all()
    first = visits(rule)[0]
    with acting("ann"), clock("2025-11-03 10:00"):
        with pytest.raises(Rejected, match="recommend"):
            said(first, "2")
            host().records.transition(first, "finish")
        said(first, "2", "4", "0", "Crane", "It rusts")
        host().records.transition(first, "finish", {"themes": "quality，price, quality"})
    assert (first.csat, first.nps, first.score, first.bad) == (2, 4, Decimal("21.7"), True)
    assert first.themes == "quality, price"
    opened = host().session.get(Case, (first.company_id, first.follow_id or 0))
    assert opened is not None
    assert (opened.owner_id, opened.priority, opened.channel) == (user("bo"), "high", "visit")
    assert "It rusts" in (opened.description or "")
    assert opened.solution_due is not None, "it has a deadline"
    assert (opened.account_id, opened.kind) == (firm.id, "complaint")
    with acting("bo"):
        move(opened, "solve", "2025-11-04 10:00", solution="Painted anew")
        move(opened, "reopen", "2025-11-04 11:00", reopen_reason="Not all")
        move(opened, "solve", "2025-11-04 12:00", solution="Painted all")
    second = [each for each in visits(rule) if each.previous_id == first.id]
    assert [each.due_on for each in second] == [dt.date(2025, 11, 6)], "once"
    with acting("ann"), clock("2025-11-06 10:00"):
        said(second[0], "4", "8")
        host().records.transition(second[0], "finish")
    assert (second[0].score, second[0].score_change) == (Decimal("77.5"), Decimal("55.8"))
    assert second[0].follow_id is None
    [box] = panels.for_record(second[0])
    assert box.facts[1].value == "+55.8"
    [_cases, lately] = panels.for_record(firm)
    assert lately.facts[0].trend == (21.7, 77.5)
    told = [each.what for each in timeline.of_record("crm.Account", firm.id, None, 10)]
    assert told[:2] == ["Return visit made", "Case solved"]
    assert sorted(told[2:]) == ["Case opened", "Return visit made"], "at one instant"
    with clock("2026-01-24 09:00"):
        assert planning.plan_all() == 0, "the second call is none of the plan's own"
    with clock("2026-01-25 09:00"):
        assert planning.plan_all() == 1


def test_answers_are_checked_and_stay() -> None:
    made = host().records.create(
        Visit,
        {"account_id": account().id, "questionnaire_id": questionnaire().id,
         "due_on": dt.date(2025, 11, 3)},
    )  # fmt: skip
    numbers = [each.id for each in surveys.questions_of(made.questionnaire_id)]
    wrong = dict(zip(numbers, ("6", "-1", "perhaps", "Ship", "ok"), strict=True))
    with pytest.raises(Invalid) as refused:
        answering.keep(made, {**wrong, 999: "1"})
    assert set(refused.value.errors) == {f"q{each}" for each in (*numbers[:4], 999)}
    said(made, "5", "9", "yes", "Lorry", "Fine")
    said(made, "4", "", "")
    rows = host().session.scalars(sa.select(Answer).order_by(Answer.question_id)).all()
    assert [(each.value, each.words) for each in rows] == [
        (4, None), (None, "Lorry"), (None, "Fine"),
    ]  # fmt: skip
    host().records.transition(made, "try_again", {"due_on": dt.date(2025, 11, 9)})
    assert (made.state, made.attempts, made.due_on) == ("planned", 1, dt.date(2025, 11, 9))
    said(made, "4", "9")
    host().records.transition(made, "finish")
    assert (made.attempts, made.score) == (2, Decimal("82.5"))
    with pytest.raises(Rejected, match="stays"):
        said(made, "5")


def test_versions_of_a_questionnaire() -> None:
    first = questionnaire(publish=False)
    with pytest.raises(Refused):
        plan("regular", 30, questionnaire_id=first.id)
    host().records.transition(first, "publish")
    rule = plan("regular", 30, questionnaire_id=first.id)
    account()
    [begun, waiting] = [
        host().records.create(
            Visit,
            {"account_id": account(f"Firm {n}").id, "questionnaire_id": first.id,
             "due_on": dt.date(2025, 11, 3)},
        )
        for n in range(2)
    ]  # fmt: skip
    said(begun, "5")
    question = surveys.questions_of(first.id)[0]
    for attempt in (
        lambda: host().records.update(question, {"name": "Otherwise?"}),
        lambda: host().records.delete(question),
        lambda: host().records.create(
            Question, {"name": "More?", "questionnaire_id": first.id, "answer": "text"}
        ),
        lambda: host().records.update(first, {"opening": "Hello"}),
    ):
        with pytest.raises(Refused):
            attempt()
        host().session.refresh(question)
        host().session.refresh(first)
    second: Any = host().records.transition(first, "new_version")["open"]
    assert (second.revision, second.state, second.series) == (2, "draft", first.series)
    host().records.update(surveys.questions_of(second.id)[0], {"name": "How was it?"})
    host().records.transition(second, "publish")
    assert (first.state, rule.questionnaire_id) == ("retired", second.id)
    assert (begun.questionnaire_id, waiting.questionnaire_id) == (first.id, second.id)
    empty = host().records.create(Questionnaire, {"name": "Empty"})
    with pytest.raises(Rejected, match="no question"):
        host().records.transition(empty, "publish")
    for wrong in ({"answer": "choice", "options": "One"}, {"answer": "csat", "bad_at": 5}):
        with pytest.raises(Refused):
            host().records.create(Question, {"name": "?", "questionnaire_id": empty.id, **wrong})


def test_figures_of_satisfaction() -> None:
    asked = questionnaire()
    with clock("2025-11-03 09:00"):
        firm = account(owner_id=user("ann"))
        made = [
            host().records.create(
                Visit,
                {"account_id": firm.id, "questionnaire_id": asked.id,
                 "owner_id": user("ann"), "due_on": dt.date(2025, 11, 3)},
            )
            for _number in range(6)
        ]  # fmt: skip
    with clock("2025-11-05 09:00"):
        for each, (csat, nps) in zip(made, (("5", "10"), ("4", "9"), ("3", "8"), ("1", "0")),
                                     strict=False):  # fmt: skip
            said(each, csat, nps)
            host().records.transition(each, "finish", {"themes": "price"})
        host().records.transition(made[4], "give_up")
    first, last = dt.date(2025, 11, 1), dt.date(2025, 11, 30)

    def figure(key: str) -> Decimal | None:
        return host().measures.value(f"service.{key}", first, last, {"user": user("ann")})

    assert (figure("csat"), figure("nps")) == (Decimal("0.5"), Decimal(25))
    assert (figure("visits_due"), figure("visits_made"), figure("asked")) == (6, 4, 5)
    assert (figure("coverage"), figure("response")) == (Decimal(4) / 6, Decimal("0.8"))
    assert figure("bad_answers") == 1
    found = satisfaction.report(first, last, "All")
    assert (found.whole.csat_n, found.whole.satisfied, found.whole.overdue) == (4, 2, 1)
    assert found.whole.nps is not None
    assert (found.whole.nps.value, found.whole.response) == (25, 0.8)
    assert len(found.whole.customers) == 1
    assert found.themes == [("price", 4, 1)]
    assert [each.label for each in found.people] == ["Ann"]
    assert not found.people[0].is_enough
    with acting("cai"):
        assert satisfaction.report(first, last, "All").months == []
    with acting("ann"), clock("2025-11-05 09:00"):
        assert [line.tone for line in cards.visits().lines] == ["bad"]


def test_figures_of_cases_by_anything() -> None:
    product: Any = host().records.create(model_of("catalog.Product"), {"name": "Crane"})  # type: ignore[type-var]
    firm = account("Quay")
    for number, hours in enumerate((1, 2, 6)):
        with clock("2025-11-26 09:00"):
            made = case(
                f"Case {number}", account_id=firm.id, product_id=product.id,
                owner_id=user("ann" if number else "bo"),
            )  # fmt: skip
        move(made, "solve", f"2025-11-26 {9 + hours:02}:00", solution="Done")
    with clock("2025-11-26 09:00"):
        case(owner_id=user("ann"))
    day = dt.date(2025, 11, 26)
    whole, rows = figures.table("person", day, day)
    assert (whole.opened, whole.solved, whole.median, whole.answers) == (4, 3, 2.0, 2 / 3)
    assert [(row.label, row.opened, row.median) for row in rows] == [
        ("Ann", 3, 4.0), ("Bo", 1, 1.0),
    ]  # fmt: skip
    for by, labels in (
        ("team", ["North"]), ("account", ["Quay", "–"]), ("product", ["Crane", "–"]),
        ("channel", ["Phone"]),
    ):  # fmt: skip
        assert [row.label for row in figures.table(by, day, day)[1]] == labels
    with acting("cai"):
        assert figures.table("person", day, day)[0].opened == 0


def test_whose_account_it_is_reads_what_was_said() -> None:
    made = host().records.create(
        Visit,
        {"account_id": account(owner_id=user("cai")).id, "questionnaire_id": questionnaire().id,
         "due_on": dt.date(2025, 11, 3), "owner_id": user("ann")},
    )  # fmt: skip
    with acting("cai"):
        assert host().records.get(Visit, made.id).id == made.id
        with pytest.raises(Refused):
            host().records.get(Visit, made.id, "update")
    with acting("bo"), pytest.raises(NotFound):
        host().records.get(Visit, made.id)
