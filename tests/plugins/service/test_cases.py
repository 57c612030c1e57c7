"""Cases: who gets them, how they move on, and what is promised meanwhile."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from core.data.settings import put
from plugin_api.errors import Forbidden, NotFound, Refused, Rejected
from plugin_api.host import host
from plugin_api.models import model_of
from plugins.crm.models import Contact, Opportunity
from plugins.service import cards, panels, timeline
from plugins.service.models import Case, Queue
from plugins.service.services import watching
from plugins.service.settings import CLOSE_DAYS
from tests.plugins.crm.kit import acting, user
from tests.plugins.service.kit import account, at, case, clock, move, policy, queue, said

pytestmark = pytest.mark.usefixtures("acme")


def watched(when: str) -> dict[int, str]:
    """Have the job look at a time; whom it tells what."""
    told: Any = model_of("core.Notification")
    session: Any = host().session
    session.settle()
    session.execute(sa.delete(told))
    with clock(when):
        watching.watch()
    session.settle()
    return {row.user_id: row.params["text"] for row in session.scalars(sa.select(told))}


def test_a_case_from_the_first_word_to_the_solution() -> None:
    with clock("2025-11-26 10:00"):
        made = case(account_id=account().id, priority="critical")
    assert (made.number, made.state) == ("CS-2025-00001", "new")
    assert (said(made.answer_due), said(made.solution_due)) == ("11-26 10:30", "11-26 14:00")
    assert (made.answer_standing, made.solution_standing) == ("running", "running")
    move(made, "answer", "2025-11-26 10:20")
    assert (made.state, made.answer_standing) == ("open", "kept")
    with pytest.raises(Rejected, match="answered already"):
        move(made, "answer", "2025-11-26 10:25")
    # Two hours are used; the customer takes a night, and two hours are left the next morning.
    move(made, "wait", "2025-11-26 12:00")
    assert (made.solution_standing, made.solution_due) == ("paused", None)
    move(made, "resume", "2025-11-27 09:30")
    assert (made.solution_standing, said(made.solution_due)) == ("running", "11-27 11:30")
    with pytest.raises(Refused):
        move(made, "solve", "2025-11-27 10:30")
    move(made, "solve", "2025-11-27 10:30", cause="Cable", solution="Exchanged")
    assert (made.state, made.solution_standing) == ("solved", "kept")
    assert made.solution_hours == Decimal("3.00")
    assert made.solved_on == dt.date(2025, 11, 27)
    # It comes back: what was used stays used, the time between does not count.
    move(made, "reopen", "2025-12-01 09:00", reopen_reason="Again")
    assert (said(made.solution_due), made.reopened) == ("12-01 10:00", 1)
    move(made, "solve", "2025-12-01 10:01", solution="Exchanged for good")
    assert (made.solution_standing, made.solution_hours) == ("late", Decimal("4.02"))
    move(made, "close", "2025-12-08 09:00")
    assert (made.state, made.closed_on) == ("closed", dt.date(2025, 12, 8))


def test_another_priority_has_another_promise() -> None:
    with clock("2025-11-26 10:00"):
        made = case(priority="low")
    assert said(made.solution_due) == "12-02 14:00"  # 40 hours are four days and four hours
    with clock("2025-11-26 11:00"):
        host().records.update(made, {"priority": "critical"})
        assert (said(made.answer_due), made.answer_standing) == ("11-26 10:30", "late")
        assert said(made.solution_due) == "11-26 14:00"
        # What was promised stays when the service level changes.
        host().records.update(policy("critical"), {"solution_minutes": 60})
        host().records.update(made, {"description": "More"})
        assert said(made.solution_due) == "11-26 14:00"


def test_service_levels_with_conditions_hours_and_none() -> None:
    level = policy("high")
    for values, wrong in (
        ({"starts": "9 am"}, "09:30"), ({"ends": "08:00"}, "later"),
        ({"break_starts": "12:00"}, "09:30"), ({"condition": "nonsense=1"}, "nonsense"),
        ({"break_starts": "12:00", "break_ends": "11:00"}, "later"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            host().records.update(level, values)
        assert wrong in str(refused.value.errors)
        host().session.refresh(level)
    values = {"break_starts": "12:00", "break_ends": "13:30", "starts": "9:00"}
    host().records.update(level, {**values, "condition": "kind=fault"})
    assert level.starts == "09:00"
    with clock("2025-11-26 11:30"):
        fault, other = case(priority="high", kind="fault"), case(priority="high")
        assert said(fault.answer_due) == "11-26 14:00"
        assert (other.policy_id, other.answer_standing) == (None, "none")
        assert (other.solution_due, other.alarm_at) == (None, None)
        host().records.update(other, {"kind": "fault"})
        assert other.policy_id == level.id
        host().records.update(level, {"clock": "always"})
        night = case(priority="high", kind="fault")
        assert said(night.solution_due) == "11-26 19:30"


def test_people_are_warned_in_time_and_those_above_told_what_is_late() -> None:
    with clock("2025-11-26 10:00"):
        made = case(priority="critical", owner_id=user("ann"))
    ann, boss = user("ann"), user("boss")
    for when, whom in (
        ("2025-11-26 10:23", []),
        ("2025-11-26 10:24", [ann]),
        ("2025-11-26 10:29", []),
        ("2025-11-26 10:30", []),
        ("2025-11-26 10:31", [ann, boss]),
        ("2025-11-26 10:36", []),
    ):
        assert sorted(watched(when)) == sorted(whom), when
    assert made.escalated
    assert made.answer_standing == "late"
    move(made, "wait", "2025-11-26 12:00")
    assert made.alarm_at is None, "while the customer is waited for nothing runs out"
    move(made, "resume", "2025-11-27 09:00")
    assert watched("2025-11-27 10:11") == {}
    assert said(made.alarm_at) == "11-27 10:12"
    assert watched("2025-11-27 11:01") == dict.fromkeys((ann, boss), "The solution is overdue.")
    assert watched("2025-11-27 11:05") == {}, "each is told once"
    assert made.solution_standing == "late"
    host().records.update(policy("high"), {"escalate_to_id": user("eve")})
    with clock("2025-11-26 10:00"):
        case(priority="high", owner_id=user("cai"))
    assert sorted(watched("2025-11-26 11:01")) == sorted((user("cai"), user("eve")))


def test_solved_cases_are_closed_after_some_days() -> None:
    with clock("2025-11-20 10:00"):
        made = case()
    move(made, "solve", "2025-11-20 11:00", solution="Done")
    with clock("2025-11-26 09:00"):
        assert watching.close() == 0
    with clock("2025-11-27 02:10"):
        put(CLOSE_DAYS, 0)
        assert watching.close() == 0
        put(CLOSE_DAYS, 7)
        assert watching.close() == 1
    assert made.state == "closed"


def test_turns_skills_capacity_and_absence() -> None:
    queue(
        (user("ann"), {"skills": "kind=fault", "capacity": 2}), (user("bo"), {}),
        condition="channel=wechat",
    )  # fmt: skip
    names = {user("ann"): "ann", user("bo"): "bo", None: ""}
    faults = [case(channel="wechat", kind="fault") for _number in range(6)]
    assert Counter(names[each.owner_id] for each in faults) == {"ann": 2, "bo": 4}
    assert {case(channel="wechat").owner_id for _number in range(3)} == {user("bo")}
    with acting("cai"):
        elsewhere, theirs = case(channel="phone"), case(channel="wechat")
    assert (elsewhere.queue.name, elsewhere.owner_id) == ("Customer service", user("cai"))
    assert theirs.owner_id == user("bo"), "Cai is no member"
    with acting("ann"):
        assert case(channel="wechat").owner_id == user("ann"), "what a member enters stays theirs"
    absence = model_of("core.Absence")
    host().records.create(
        absence,  # type: ignore[type-var]
        {"user": user("bo"), "deputy": user("boss"), "first_day": dt.date(2025, 1, 1),
         "last_day": dt.date(2099, 1, 1)},
    )  # fmt: skip
    assert case(channel="wechat").owner_id is None


def test_a_queue_may_give_to_nobody_and_members_take() -> None:
    made = queue((user("ann"), {}), method="none", lead_id=user("bo"))
    with acting("cai"):
        found = case(account_id=account(owner_id=user("cai")).id)
        assert host().records.get(Case, found.id).id == found.id, "the account is theirs"
        with pytest.raises(Forbidden):
            host().records.transition(found, "take")
    with acting("ann"):
        assert cards.mine().facts[0].value == "1"
        host().records.transition(host().records.get(Case, found.id), "take")
        assert found.owner_id == user("ann")
        assert len(cards.mine().lines) == 1
    with acting("bo"):
        host().records.update(host().records.get(Case, found.id), {"priority": "high"})
    other = case(queue_id=None, owner_id=user("boss"))
    assert (other.queue_id, other.owner_id) == (made.id, user("boss")), "an owner stays"
    host().records.update(made, {"active": False})
    last = host().session.scalars(sa.select(Queue).where(Queue.id != made.id)).one()
    host().records.update(last, {"active": False})
    with acting("cai"):
        own = case()
        assert (own.queue_id, own.owner_id) == (None, user("cai")), "else nobody would see it"
        with pytest.raises(NotFound):
            host().records.get(Case, other.id)


def test_another_queue_gives_it_to_somebody_there() -> None:
    first = queue((user("ann"), {}))
    second = queue((user("bo"), {}), name="Second", position=2)
    made = case()
    assert (made.queue_id, made.owner_id) == (first.id, user("ann"))
    host().records.update(made, {"queue_id": second.id})
    assert made.owner_id == user("bo")


def test_contacts_and_orders_belong_to_the_account() -> None:
    here, there = account("Here"), account("There")
    contact = host().records.create(Contact, {"name": "Li", "account_id": here.id})
    assert case(contact_id=contact.id).account_id == here.id
    with pytest.raises(Refused):
        case(contact_id=contact.id, account_id=there.id)
    order = host().records.create(
        model_of("sales.Order"),  # type: ignore[type-var]
        {"account_id": there.id, "number": "SO-1"},
    )
    made = case(order_number="SO-1")
    assert made.account_id == there.id
    assert order.name in [fact.value for fact in panels.for_record(made)[0].facts]  # type: ignore[attr-defined]
    with pytest.raises(Refused):
        host().records.update(made, {"account_id": here.id, "order_number": "SO-1 "})
    assert case(order_number="elsewhere 7", account_id=here.id).order_number == "elsewhere 7"


def test_cases_that_were_handled_elsewhere() -> None:
    entered = case(
        state="closed", priority="high", opened_at=at("2025-11-26 10:00"),
        solved_at=at("2025-11-27 10:00"), solution="Done",
    )  # fmt: skip
    assert (entered.answer_standing, entered.solution_standing) == ("late", "late")
    assert entered.solution_hours == Decimal("9.00")
    assert (entered.solved_on, entered.closed_on) == (dt.date(2025, 11, 27),) * 2
    assert entered.number == "CS-2025-00001"
    with clock("2025-11-26 12:00"):
        waits = case(state="waiting", opened_at=at("2025-11-26 10:00"))
    assert (waits.used_seconds, waits.solution_standing) == (7200, "paused")
    for wrong in (
        {"opened_at": at("2099-01-01 10:00")},
        {"opened_at": at("1999-01-01 10:00")},
        {"opened_at": dt.datetime(1, 1, 1, tzinfo=dt.UTC)},
        {"opened_at": at("2025-11-26 10:00"), "answered_at": at("2025-11-25 10:00")},
        {"solved_at": at("2025-11-26 10:00")},
    ):
        with pytest.raises(Refused):
            case(**wrong)


def test_who_sells_to_the_account_sees_that_something_critical_is_open() -> None:
    firm = account(owner_id=user("cai"))
    deal = host().records.create(
        Opportunity, {"name": "More", "account_id": firm.id, "owner_id": user("bo")}
    )
    assert panels.for_record(deal) == []
    with clock("2025-11-26 10:00"):
        made = case("Plant stands still", account_id=firm.id, priority="critical")
    with acting("bo"):
        [panel] = panels.for_record(deal)
        assert "critical case" in str(panel.title)
        assert panel.facts == (), "the case itself is not theirs to read"
    with acting("cai"):
        assert [fact.value for fact in panels.for_record(deal)[0].facts] == ["Plant stands still"]
        [box] = panels.for_record(firm)
        assert [(str(fact.label), fact.value) for fact in box.facts] == [("Critical", "1")]
    move(made, "solve", "2025-11-26 11:00", solution="Runs again")
    assert panels.for_record(deal) == []
    found = timeline.of_record("crm.Account", firm.id, None, 10)
    assert [(each.what, each.text) for each in found] == [
        ("Case solved", "Runs again"), ("Case opened", ""),
    ]  # fmt: skip
    older = timeline.of_record("crm.Account", firm.id, (found[0].at, found[0].id), 10)
    assert [each.what for each in older] == ["Case opened"]


def test_figures_of_cases() -> None:
    with clock("2025-11-26 10:00"):
        found = [case(priority="critical", owner_id=user("ann")) for _number in range(4)]
    for number, each in enumerate(found[:3]):
        minute = 10 + 15 * number
        move(each, "answer", f"2025-11-26 10:{minute}")
        move(each, "solve", f"2025-11-26 1{number + 1}:00", solution="Done")
    move(found[0], "reopen", "2025-11-26 13:00", reopen_reason="Again")
    move(found[0], "solve", "2025-11-26 14:00", solution="Done")
    with clock("2025-11-26 15:00"):
        watching.watch()
    day = dt.date(2025, 11, 26)

    def figure(key: str) -> Decimal | None:
        return host().measures.value(f"service.{key}", day, day, {"user": user("ann")})

    assert (figure("opened"), figure("solved"), figure("open")) == (4, 3, 1)
    assert (figure("answers"), figure("answers_kept")) == (4, 2)
    assert figure("answer_rate") == Decimal("0.5")
    assert figure("hours") == 2 + 2 + 3
    assert figure("reopen_rate") == Decimal(1) / 3
    assert figure("solution_rate") == 1
    rows = host().measures.table("service.solved", day, day, by=("priority",))
    assert [(row.labels, row.value) for row in rows] == [(("Critical",), 3)]


def test_statements_do_not_grow_with_the_number_of_cases() -> None:
    firm = account("Firm")
    contact = host().records.create(Contact, {"name": "Li", "account_id": firm.id})
    few, many = (_statements(firm.id, contact.id, number) for number in (5, 50))
    assert many <= few + 2


def _statements(account_id: int, contact_id: int, number: int) -> int:
    counted = 0

    def count(_connection: Any, _cursor: Any, statement: str, *_given: Any) -> None:
        nonlocal counted
        counted += statement.startswith("SELECT")

    host().session.flush()
    engine = host().session.get_bind()
    sa.event.listen(engine, "before_cursor_execute", count)
    try:
        rows = [
            {"name": f"Case {n}", "account_id": account_id, "contact_id": contact_id,
             "order_number": f"SO-{number}-{n}", "priority": "high"}
            for n in range(number)
        ]  # fmt: skip
        host().records.create_many(Case, rows)
    finally:
        sa.event.remove(engine, "before_cursor_execute", count)
    return counted
