"""Next steps and follow-ups that a company asks for."""

from __future__ import annotations

import datetime as dt
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.collab.models import Notification
from core.jobs.running import Running, at_work
from plugin_api.context import clock_at, current_company, now, today
from plugin_api.errors import Refused, Rejected
from plugin_api.host import host
from plugins.activities import cards, jobs
from plugins.activities.models import Activity, ContactRule, Link, StepRule
from plugins.activities.services import conditions, contact, next_steps
from plugins.crm.models import Account, Opportunity
from tests.plugins.activities.conftest import Make
from tests.plugins.crm.kit import acting, stage, user

pytestmark = pytest.mark.usefixtures("acme")


def run(job: Any) -> dict[str, int]:
    """As a worker would, without one."""
    doing = Running(current_company().id, 0, "secret", {}, None)
    with at_work(doing):
        job()
    return doing.result


def step_rule(**values: Any) -> StepRule:
    given = {
        "name": "Proposals go on", "about_model": "crm.Opportunity",
        "condition": f"/crm/opportunities?view=kanban&sort=name&stage={stage('Proposal')}",
    }  # fmt: skip
    return host().records.create(StepRule, given | values)


def contact_rule(every: int, condition: str = "", **values: Any) -> ContactRule:
    return host().records.create(
        ContactRule,
        {"name": f"Every {every}", "about_model": "crm.Account", "every_days": every,
         "condition": condition or None, **values},
    )  # fmt: skip


def deal(**values: Any) -> Opportunity:
    given = {"name": "Paper", "amount": 100, "owner": user("ann")}
    return host().records.create(Opportunity, given | values)


def account(name: str, days_ago: int = 100, **values: Any) -> Account:
    with clock_at(now() - timedelta(days=days_ago)):
        return host().records.create(Account, {"name": name, "owner": user("ann"), **values})


class TestConditions:
    def test_what_a_list_s_address_says_of_its_records_is_kept(self) -> None:
        assert step_rule().condition == f"stage={stage('Proposal')}"
        assert conditions.query_of("https://x.example/crm/accounts?grade=A&limit=5&q=") == {
            "grade": "A"
        }
        assert conditions.query_of("grade=A&archived=false") == {"grade": "A", "archived": "false"}

    @pytest.mark.parametrize(
        ("condition", "says"),
        [("colour=red", "colour"), ("grade", "No filter"), ("annual_revenue__gte=x", "annual")],
    )
    def test_what_is_no_filter_is_refused_with_its_name(self, condition: str, says: str) -> None:
        with pytest.raises(Rejected, match=says) as refused:
            contact_rule(10, condition)
        assert refused.value.field == "condition"

    def test_records_that_nobody_owns_have_no_rules(self) -> None:
        with pytest.raises(Refused) as refused:
            step_rule(about_model="crm.Stage", condition=None)
        assert set(refused.value.errors) == {"about_model"}


class TestNextSteps:
    def test_a_stage_is_not_entered_without_one(self, make: Make) -> None:
        step_rule()
        made = deal()
        host().session.flush()
        for _again in range(2):
            with pytest.raises(Rejected, match="Proposals go on"), host().session.begin_nested():
                host().records.transition(made, "move", {"stage": stage("Proposal")})
            make(about=made, due=today() - timedelta(days=1))
        make(about=made, due=today())
        host().records.transition(made, "move", {"stage": stage("Proposal")})
        assert made.stage_id == stage("Proposal")

    @pytest.mark.parametrize("path", ["bring", "move"])
    def test_on_every_path(self, path: str) -> None:
        step_rule()
        made = deal()
        with pytest.raises(Rejected):
            if path == "bring":
                host().records.bring(made, {"stage": stage("Proposal")})
            else:
                host().records.transition(made, "move", {"stage": stage("Proposal")})

    def test_other_changes_are_not_held_up(self) -> None:
        made = deal(stage=stage("Proposal"))
        step_rule()
        host().records.update(made, {"name": "Paper and board"})
        host().records.transition(made, "move", {"stage": stage("Negotiation")})

    def test_a_rule_that_only_lists_refuses_nothing(self) -> None:
        step_rule(refuses=False)
        host().records.transition(deal(), "move", {"stage": stage("Proposal")})

    def test_what_lacks_one_is_listed_for_who_may_see_it(self, make: Make) -> None:
        step_rule()
        bare, planned = deal(stage=stage("Proposal")), deal(stage=stage("Proposal"), name="Board")
        make(about=planned, due=today())
        host().session.flush()
        seen = {}
        for name in ("ann", "boss", "cai"):
            with acting(name):
                seen[name] = [each.id for each in next_steps.missing(10)]
        assert seen == {"ann": [bare.id], "boss": [bare.id], "cai": []}
        with acting("ann"):
            (line,) = cards.without_step().lines
        assert (line.text, line.note) == ("Paper", "Proposals go on")

    def test_a_rule_that_is_off_asks_for_nothing(self) -> None:
        rule = step_rule()
        host().records.update(rule, {"active": False})
        host().records.transition(deal(), "move", {"stage": stage("Proposal")})


class TestContact:
    def test_it_is_over_by_the_days_since_the_last_one(self, make: Make) -> None:
        contact_rule(30)
        late, fine, never = account("Late"), account("Fine"), account("Never", 33)
        account("New", 2)
        make(about=late, state="done", due=today() - timedelta(days=37))
        make(about=fine, state="done", due=today() - timedelta(days=30))
        host().session.flush()
        found = [(each.title, each.over, each.last) for each in contact.overdue(10)]
        assert found == [("Late", 7, today() - timedelta(days=37)), ("Never", 3, None)]
        with clock_at(datetime(2026, 3, 1, 17, 30, tzinfo=UTC)):
            # Half past one on the second of March, where the company is.
            account("By night", 0)
        with clock_at(datetime(2026, 4, 2, 4, 0, tzinfo=UTC)):
            assert [e.over for e in contact.overdue(10) if e.title == "By night"] == [1]
        assert never.id and fine.id

    @pytest.mark.parametrize(
        ("kind", "values", "counts"),
        [("call", {}, True), ("visit", {"outcome": "negative"}, True), ("note", {}, False),
         ("task", {}, False), ("call", {"outcome": "unreached"}, False)],
    )  # fmt: skip
    def test_contact_is_what_reaches_somebody(
        self, make: Make, kind: str, values: dict[str, Any], counts: bool
    ) -> None:
        contact_rule(30)
        make(kind=kind, about=account("Late"), state="done", due=today(), **values)
        host().session.flush()
        assert contact.overdue(10) == [] if counts else len(contact.overdue(10)) == 1

    def test_what_was_done_about_a_deal_counts_for_its_account(self, make: Make) -> None:
        contact_rule(30)
        made = account("Late")
        make(about=deal(account=made.id), state="done", due=today())
        host().session.flush()
        assert contact.overdue(10) == []

    def test_the_strictest_rule_holds(self, make: Make) -> None:
        contact_rule(60)
        contact_rule(20, "grade=A")
        for name, grade in (("Important", "A"), ("Other", "C")):
            made = account(name, grade=grade)
            make(about=made, state="done", due=today() - timedelta(days=65))
        host().session.flush()
        assert [(each.title, each.over, each.every) for each in contact.overdue(10)] == [
            ("Important", 45, 20), ("Other", 5, 60),
        ]  # fmt: skip

    def test_own_and_those_of_the_team(self, make: Make) -> None:
        contact_rule(30)
        account("Ann's")
        account("Cai's", owner=user("cai"))
        host().session.flush()
        lines = {}
        for name in ("ann", "boss", "cai", "eve"):
            with acting(name):
                lines[name] = [(line.text, line.note) for line in cards.followups().lines]
        assert lines == {
            "ann": [("Ann's", "No contact yet")],
            "boss": [("Ann's", "Ann · No contact yet")],
            "cai": [("Cai's", "No contact yet")],
            "eve": [("Ann's", "Ann · No contact yet"), ("Cai's", "Cai · No contact yet")],
        }

    def test_owners_are_told_on_the_first_day_only(self, make: Make) -> None:
        contact_rule(30)
        for name, ago in (("Today", 31), ("Yesterday", 32), ("Tomorrow", 30)):
            made = account(name)
            make(about=made, state="done", due=today() - timedelta(days=ago))
        host().session.flush()
        assert run(jobs.tell_overdue) == {"told": 1}
        told = host().session.query(Notification).filter_by(kind="reminder").all()
        assert [(each.user_id, each.params["text"]) for each in told] == [
            (user("ann"), "No contact for more than 30 days."),
        ]


def test_the_board_turns_at_midnight(make: Make) -> None:
    monday = dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)
    with clock_at(monday):
        made = [make(due=monday.date() + timedelta(days=n)) for n in (0, 1, 2, 8, 9)]
        made.append(make())
        host().session.flush()
    with clock_at(monday + timedelta(days=1)):
        assert run(jobs.turn_day)["changed"] >= 4
        host().session.expire_all()
        whens = [each.when for each in made]
    assert whens == ["overdue", "today", "tomorrow", "week", "later", "undated"]


def test_a_series_goes_on_though_its_record_went_to_a_colleague(make: Make, mill: Account) -> None:
    record = make(about=mill, due=today(), repeat="FREQ=WEEKLY")
    host().records.update(mill, {"owner": user("cai")})
    host().session.flush()
    with acting("ann"):
        host().records.transition(record, "done")
    following = host().session.query(Activity).filter_by(series_id=record.id).one()
    assert (following.about_id, following.about, following.state) == (mill.id, "Blue Mill", "open")
    links = host().session.query(Link.record_id).filter_by(activity_id=following.id)
    assert [row.record_id for row in links] == [mill.id]
