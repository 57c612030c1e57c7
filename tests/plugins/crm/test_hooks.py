"""What the CRM adds to pages: badges, starting values, panels."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from plugin_api.context import current_actor, current_company, today
from plugin_api.host import host
from plugins.crm import hooks
from plugins.crm.models import Account
from tests.plugins.crm.conftest import Make
from tests.plugins.crm.kit import acting, change_stage, stage, user


def test_menu_badges_count_ones_own_that_need_somebody(deal: Make) -> None:
    ann, yesterday = user("ann"), today() - timedelta(days=1)
    deal(owner=ann, expected_close=yesterday)
    deal(owner=ann, expected_close=yesterday, outcome="lost")
    deal(owner=ann, expected_close=yesterday, archived=True)
    deal(owner=ann, expected_close=today())
    deal(owner=user("bo"), expected_close=yesterday)
    for name, count in (("ann", 1), ("bo", 1), ("boss", 0)):
        with acting(name):
            assert hooks.menu_badges(current_actor()) == {"opportunities": count}
    assert hooks.menu_badges(current_actor()) == {"opportunities": 0}


@pytest.mark.usefixtures("acme")
def test_form_defaults_say_where_a_new_record_starts() -> None:
    with acting("ann"):
        actor = current_actor()
        found = hooks.form_defaults("crm.Opportunity", actor)
        assert found["stage"] == stage("Prospecting")
        assert (found["owner"], found["currency"]) == (user("ann"), "CNY")
        assert found["created_on"] == today()
        assert hooks.form_defaults("crm.Account", actor) == {"owner": user("ann")}


class TestListPanels:
    def test_the_list_says_how_many_stall_and_how_many_are_overdue(self, deal: Make) -> None:
        yesterday = today() - timedelta(days=1)
        deal(owner=user("ann"), created_on=today() - timedelta(days=400))
        deal(owner=user("ann"), expected_close=yesterday)
        deal(owner=user("cai"), expected_close=yesterday)
        deal(owner=user("ann"), expected_close=yesterday, outcome="won")
        deal(owner=user("ann"), expected_close=yesterday, archived=True)
        for name, stall, late in (("ann", "1", "1"), ("eve", "1", "2")):
            with acting(name):
                (panel,) = hooks.list_panels("crm.Opportunity", current_actor())
            assert [str(fact.value) for fact in panel.facts] == [stall, late]
        asked = parse_qs(urlsplit(panel.facts[1].href or "").query)
        assert asked == {
            "outcome": ["open"], "archived": ["false"], "expected_close__period": ["overdue"],
        }  # fmt: skip

    def test_without_any_there_is_none(self, deal: Make) -> None:
        deal(expected_close=today())
        assert hooks.list_panels("crm.Opportunity", current_actor()) == []


class TestRecordPanels:
    def test_an_opportunity_says_how_it_moves(self, deal: Make) -> None:
        made = deal(created_on=today() - timedelta(days=40), expected_close=date(2025, 1, 31))
        host().records.update(made, {"expected_close": date(2025, 2, 28)})
        panel, people = hooks.record_panels("crm.Opportunity", made, current_actor())
        assert [str(fact.value) for fact in panel.facts] == [
            "40 of 30 days", "Feb 28, 2025, overdue", "1",
        ]  # fmt: skip
        assert panel.facts[0].share == pytest.approx(40 / 30)
        assert str(people.title) == "Who decides"
        assert "stalls" in panel.note

    def test_a_stage_without_a_limit_says_the_days(self, deal: Make) -> None:
        change_stage("Prospecting", rot_days=None)
        panel, _people = hooks.record_panels("crm.Opportunity", deal(), current_actor())
        assert (str(panel.facts[0].value), panel.facts[0].share, panel.note) == ("0 days", None, "")

    def test_a_closed_one_says_nothing(self, deal: Make) -> None:
        assert hooks.record_panels("crm.Opportunity", deal(outcome="won"), current_actor()) == []

    def test_an_account_says_what_was_won_there(self, deal: Make, account: Account) -> None:
        (people,) = hooks.record_panels("crm.Account", account, current_actor())
        assert [(str(fact.label), fact.value) for fact in people.facts] == [("Contacts", "0")]
        deal(account=account.id)
        deal(account=account.id, outcome="won", amount=12_50)
        deal(account=account.id, outcome="lost")
        panel, _people = hooks.record_panels("crm.Account", account, current_actor())
        assert [(str(fact.label), fact.value) for fact in panel.facts] == [
            ("Open", "1"), ("Won", "1"), ("Lost", "1"), ("Won amount", "CN¥12.50"),
        ]  # fmt: skip


def test_load_demo_leaves_a_crm_in_use_as_it_is(deal: Make) -> None:
    made = deal()
    hooks.load_demo(current_company(), 1)
    assert host().session.query(type(made)).count() == 1
