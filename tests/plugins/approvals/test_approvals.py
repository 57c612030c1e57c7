"""Moves that wait for others, from asking to what follows."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from core.collab.models import Notification
from core.identity.models import User
from core.jobs.running import Running, at_work
from plugin_api.context import clock_at, current_company, now, today
from plugin_api.errors import Forbidden, Held, NotFound, Refused, Rejected
from plugin_api.host import host
from plugins.approvals import jobs
from plugins.approvals.models import Decision, Request, Rule, Step
from plugins.approvals.services import asking
from plugins.crm.models import Account
from plugins.sales.models import Order, OrderLine
from tests.plugins.approvals.conftest import CONFIRM, Make
from tests.plugins.crm.kit import acting, user


def ask(order: Order, name: str = "ann", comment: str = "A new customer") -> Request:
    with acting(name):
        values = {"move": CONFIRM, "about_id": order.id, "comment": comment}
        return host().records.create(Request, values)


def confirm(order: Order, name: str = "ann") -> None:
    with acting(name):
        host().records.transition(order, "confirm")


def of(request: Request, name: str, state: str = "waiting") -> Decision:
    found = [e for e in asking.decisions(request.id, state) if e.owner_id == user(name)]
    (one,) = found
    return one


def decide(request: Request, name: str, move: str = "approve", **values: Any) -> None:
    with acting(name):
        host().records.transition(of(request, name), move, values)


def states(request: Request) -> list[tuple[str, str]]:
    host().session.expire_all()
    return [(e.step, e.state) for e in asking.decisions(request.id)]


def told(name: str) -> list[str]:
    asked = (
        sa.select(Notification.params, Notification.count)
        .where(Notification.user_id == user(name), Notification.kind == "reminder")
        .order_by(Notification.id)
    )
    host().session.flush()
    found = host().session.execute(asked)
    return [str(params["text"]) for params, count in found for _ in range(count)]


class TestHolding:
    def test_a_move_within_the_band_waits(self, order: Make) -> None:
        large = order(1000)
        with pytest.raises(Held, match="needs an approval") as held:
            confirm(large)
        assert held.value.href == f"/approvals/ask?move=sales.Order%3Aconfirm&id={large.id}"
        assert large.status == "draft"

    def test_below_it_nothing_waits(self, order: Make) -> None:
        small = order(999)
        confirm(small)
        assert small.status == "confirmed"

    def test_who_leads_decides_alone(self, order: Make) -> None:
        """The boss has nobody to ask below 10,000 but the chief, who leads the team above."""
        own = order(1000, "chief")
        confirm(own, "chief")
        assert own.status == "confirmed"
        with pytest.raises(Held):
            confirm(order(1000, "boss"), "boss")

    @pytest.mark.parametrize("condition", [None, "region=East"])
    def test_it_holds_for_every_way_to_change_a_record(
        self, order: Make, condition: str | None
    ) -> None:
        large = order(5000)
        with acting("ann"), pytest.raises(Refused):
            host().records.update(large, {"status": "confirmed"})
        rule = host().records.create(
            Rule,
            {"name": "Whatever it is", "move": CONFIRM, "position": 9, "condition": condition},
        )
        host().records.create(
            Step, {"rule": rule.id, "name": "Fin", "who": "person", "person": user("fin")}
        )
        account = host().session.query(Account).filter_by(name="Blue Mill").one()
        with acting("ada"), pytest.raises(Refused) as refused:
            host().records.create(
                Order, {"account": account.id, "owner": user("ann"), "status": "confirmed",
                        "ordered_on": today()},
            )  # fmt: skip
        assert "make the record first" in str(refused.value.errors)

    def test_what_happens_by_itself_does_not_wait(self, order: Make) -> None:
        large = order(5000)
        host().records.transition(large, "confirm")
        assert large.status == "confirmed"

    def test_a_condition_narrows_it(self, order: Make, acme: Any) -> None:
        rule = host().session.query(Rule).filter_by(name="Orders").one()
        host().records.update(rule, {"condition": "https://x.example/sales/orders?region=East"})
        assert rule.condition == "region=East"
        west = order(5000, region="West")
        confirm(west)
        with pytest.raises(Held):
            confirm(order(5000, region="East"))

    def test_of_several_rules_the_first_counts(self, order: Make) -> None:
        first = host().records.create(
            Rule, {"name": "First", "move": CONFIRM, "figure": "sales.Order.amount_company",
                   "at_least": 4000, "below": 6000, "position": 1},
        )  # fmt: skip
        host().session.query(Rule).filter_by(name="Orders").one().position = 2
        host().records.create(
            Step, {"rule": first.id, "name": "Fin", "who": "person", "person": user("fin")}
        )
        assert states(ask(order(5000))) == [("Fin", "waiting")]
        assert states(ask(order(6000))) == [("Manager", "waiting")]


class TestRules:
    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"figure": "crm.Opportunity.amount"}, "figure"),
            ({"at_least": 5}, "figure"),
            ({"figure": "sales.Order.total", "at_least": 5, "below": 5}, "below"),
            ({"condition": "nonsense"}, "condition"),
            ({"condition": "nosuchfield=1"}, "condition"),
            ({"move": "sales.Order:fly"}, "move"),
        ],
    )
    def test_one_that_cannot_be_followed_is_refused(
        self, acme: Any, values: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(Refused) as refused:
            host().records.create(Rule, {"name": "R", "move": CONFIRM, **values})
        assert list(refused.value.errors) == [field]

    @pytest.mark.parametrize("who", ["role", "person"])
    def test_a_step_names_somebody(self, acme: Any, who: str) -> None:
        rule = host().session.query(Rule).first()
        with pytest.raises(Rejected) as refused:
            host().records.create(Step, {"rule": rule.id, "name": "S", "who": who})
        assert refused.value.field == who

    def test_a_step_without_anybody_says_so(self, order: Make) -> None:
        rule = host().session.query(Rule).filter_by(name="Orders").one()
        lone = host().session.query(User).filter_by(name="Fay").one()
        host().records.create(
            Step, {"rule": rule.id, "name": "Lone", "who": "person", "person": lone.id,
                   "position": 5},
        )  # fmt: skip
        lone.active = False
        with pytest.raises(Rejected, match="Nobody can agree to the step “Lone”"):
            confirm(order(1000))


class TestDeciding:
    def test_one_step(self, order: Make) -> None:
        large = order(1000)
        request = ask(large)
        assert (request.state, request.figure) == ("waiting", Decimal(1000))
        assert request.name == f"{large.name} · Confirm"
        assert told("boss") == [f"Waits for your approval: {request.name}"]
        with pytest.raises(Rejected, match="waits for approval already"):
            confirm(large)
        decide(request, "boss", comment="Fine")
        host().session.expire_all()
        assert (request.state, large.status) == ("done", "confirmed")
        assert large.updated_by == user("ann"), "it is done in the name of who asked"
        assert told("ann")[-1].startswith("Approved")

    def test_steps_one_after_the_other_some_together(self, order: Make) -> None:
        """Finance, all of them, after the manager; then who leads the team above."""
        request = ask(order(10000))
        assert states(request) == [
            ("Manager", "waiting"), ("Finance", "later"), ("Finance", "later"), ("Chief", "later"),
        ]  # fmt: skip
        decide(request, "boss")
        assert [state for _step, state in states(request)] == [
            "approved", "waiting", "waiting", "later",
        ]  # fmt: skip
        decide(request, "fay")
        assert [state for _step, state in states(request)][3] == "later"
        decide(request, "fin")
        decide(request, "chief")
        host().session.expire_all()
        assert request.state == "done"

    def test_one_of_several_is_enough(self, order: Make) -> None:
        host().session.query(Step).filter_by(name="Finance").one().mode = "any"
        request = ask(order(10000))
        decide(request, "boss")
        decide(request, "fay")
        assert [state for _step, state in states(request)] == [
            "approved", "dropped", "approved", "waiting",
        ] or [state for _step, state in states(request)] == [
            "approved", "approved", "dropped", "waiting",
        ]  # fmt: skip

    def test_a_refusal_ends_it_with_the_reason(self, order: Make) -> None:
        large = order(10000)
        request = ask(large)
        with acting("boss"), pytest.raises(Refused) as refused:
            host().records.transition(of(request, "boss"), "refuse")
        assert list(refused.value.errors) == ["comment"]
        decide(request, "boss", "refuse", comment="Too cheap")
        assert {state for _step, state in states(request)} == {"refused", "dropped"}
        assert (request.state, request.answer, large.status) == ("refused", "Too cheap", "draft")
        assert told("ann")[-1] == f"Refused: {request.name}. Too cheap."
        assert states(ask(large))[0] == ("Manager", "waiting"), "it may be asked for again"

    def test_only_who_is_asked_decides(self, order: Make) -> None:
        request = ask(order(1000))
        for name in ("chief", "ada", "ann"):
            with acting(name), pytest.raises((Forbidden, NotFound)):
                host().records.transition(of(request, "boss"), "approve")
        with pytest.raises(Forbidden):
            host().records.transition(of(request, "boss"), "approve")
        with acting("boss"), pytest.raises(Refused):
            host().records.update(of(request, "boss"), {"state": "dropped"})

    def test_what_is_decided_is_decided_once(self, order: Make) -> None:
        request = ask(order(1000))
        decision = of(request, "boss")
        decide(request, "boss")
        with acting("boss"), pytest.raises(Rejected):
            host().records.transition(decision, "refuse", {"comment": "No"})

    def test_passed_on_another_decides(self, order: Make) -> None:
        request = ask(order(1000))
        with acting("boss"), pytest.raises(Rejected, match="somebody else"):
            host().records.transition(of(request, "boss"), "pass_on", {"to": user("ann")})
        decide(request, "boss", "pass_on", to=user("fin"), comment="You know them")
        assert states(request) == [("Manager", "passed"), ("Manager", "waiting")]
        decide(request, "fin")
        host().session.expire_all()
        assert request.state == "done"

    def test_who_asked_takes_it_back(self, order: Make) -> None:
        large = order(1000)
        request = ask(large)
        with acting("boss"), pytest.raises((Forbidden, NotFound)):
            host().records.transition(request, "recall")
        with acting("ann"):
            host().records.transition(request, "recall")
        assert states(request) == [("Manager", "dropped")]
        assert request.state == "recalled"

    def test_it_is_asked_for_once(self, order: Make) -> None:
        large = order(1000)
        ask(large)
        with pytest.raises(Rejected, match="asked for already"):
            ask(large)
        with pytest.raises(Rejected, match="needs no approval"):
            ask(order(5))
        with acting("ann"), pytest.raises(NotFound):
            host().records.create(Request, {"move": CONFIRM, "about_id": 10**12})


class TestChanges:
    @pytest.mark.parametrize("of_line", [False, True])
    def test_a_change_ends_what_was_asked(self, order: Make, of_line: bool) -> None:
        large = order(1000)
        request = ask(large)
        with acting("ann"):
            if of_line:
                line = host().session.query(OrderLine).filter_by(order_id=large.id).one()
                host().records.update(line, {"description": "Another pump"})
            else:
                host().records.update(large, {"note": "By ship"})
        assert states(request) == [("Manager", "dropped")]
        assert request.state == "outdated"
        assert told("ann")[-1] == f"Changed since, ask again: {request.name}"
        with pytest.raises(Held):
            confirm(large)

    def test_what_stands_against_the_move_is_told_and_the_approval_stays(self, order: Make) -> None:
        large = order(1000)
        request = ask(large)
        host().session.execute(
            sa.update(OrderLine).where(OrderLine.order_id == large.id).values(discount=99)
        )
        host().session.expire_all()
        host().session.execute(sa.delete(OrderLine).where(OrderLine.order_id == large.id))
        decide(request, "boss")
        host().session.expire_all()
        assert (request.state, large.status) == ("approved", "draft")
        assert "An order needs a line." in (request.answer or "")
        assert "An order needs a line." in told("ann")[-1]

    def test_who_may_not_see_the_record_asks_for_nothing(self, order: Make) -> None:
        large = order(1000, "boss")
        with acting("bo"), pytest.raises(NotFound):
            host().records.create(Request, {"move": CONFIRM, "about_id": large.id})


def test_those_who_let_it_wait_are_reminded(order: Make) -> None:
    start = now().replace(year=2026, month=3, day=2, hour=2)  # a Monday, ten in Shanghai
    with clock_at(start):
        ask(order(1000))
    count = len(told("boss"))
    for hours, more in ((23, 0), (25, 1), (26, 1), (50, 2)):
        doing = Running(current_company().id, 0, "secret", {}, None)
        with clock_at(start + timedelta(hours=hours)), at_work(doing):
            jobs.remind()
        assert len(told("boss")) == count + more, hours


def test_figures(order: Make) -> None:
    start = now()
    with clock_at(start):
        first, _second = ask(order(1000)), ask(order(2000))
    with clock_at(start + timedelta(hours=3)):
        decide(first, "boss")
    host().session.flush()
    day = first.asked_on

    def figure(key: str) -> Any:
        return host().measures.value(f"approvals.{key}", day, day)

    assert (figure("asked"), figure("decided")) == (2, 1)
    assert (figure("hours"), figure("hours_each")) == (3, 3)
    with acting("bo"):
        assert figure("asked") == 0
    with acting("boss"):
        assert figure("asked") == 2
