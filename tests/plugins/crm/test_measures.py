"""Figures with the worked examples of the rules."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.data import query
from plugin_api.errors import Rejected
from plugin_api.host import host
from plugins.catalog.api import Category, Product
from plugins.crm.models import Account, Opportunity, Stage
from plugins.crm.services.funnel import outlook, speed, stage_conversion
from plugins.crm.services.stages import default_pipeline
from tests.plugins.crm.conftest import Make
from tests.plugins.crm.kit import acting, change_stage, figure, stage, user

START, END = date(2025, 1, 1), date(2025, 3, 31)
K = 1000_00


def many(count: int, deal: Make, **values: Any) -> None:
    for _ in range(count):
        deal(**values)


def test_r14_what_is_won_is_not_in_the_weighted_pipeline(deal: Make) -> None:
    deal(amount=50 * K, outcome="won", closed_on=END)
    for amount, probability in ((100, 50), (60, 20), (40, 90)):
        deal(amount=amount * K, probability=Decimal(probability))
    assert figure("open_weighted") == 98 * K
    assert figure("open_amount") == 200 * K
    assert figure("won_amount", START, END) + figure("open_weighted") == 148 * K
    found = outlook(default_pipeline() or 0, START, END)
    assert found.total == 148 * K
    assert round(found.deviation / 100) == 56745


def test_what_is_put_aside_is_not_open_now(deal: Make) -> None:
    deal(amount=100 * K, probability=Decimal(50))
    deal(amount=60 * K, probability=Decimal(50), archived=True, expected_close=START)
    assert (figure("open_count"), figure("open_amount")) == (1, 100 * K)
    assert (figure("open_weighted"), figure("overdue_count")) == (50 * K, 0)
    assert outlook(default_pipeline() or 0, START, END).total == 50 * K


def test_r14_what_is_lost_weighs_nothing(deal: Make) -> None:
    made = deal(amount=100 * K, probability=Decimal(80))
    host().records.transition(made, "lose")
    assert figure("open_weighted") == 0


def test_r15_velocity_of_a_pipeline(deal: Make) -> None:
    many(40, deal, amount=1 * K)
    begun = date(2025, 1, 1)
    deal(outcome="won", amount=25 * K, created_on=begun, closed_on=date(2025, 4, 1))
    many(3, deal, outcome="lost", amount=90 * K, created_on=begun, closed_on=date(2025, 1, 2))
    found = speed(default_pipeline() or 0, START, date(2025, 4, 30))
    assert (found.opportunities, found.average_won, found.win_rate) == (40, 25 * K, Decimal("0.25"))
    assert found.cycle_days == 90
    assert found.per_day is not None
    assert round(found.per_day / 100, 2) == Decimal("2777.78")


def test_r16_win_rate_of_closed_ones(deal: Make) -> None:
    many(12, deal, outcome="won", amount=50 * K, closed_on=END)
    many(27, deal, outcome="lost", amount=33 * K, closed_on=END)
    deal(outcome="lost", amount=9 * K, closed_on=END, archived=True)
    many(20, deal, amount=1 * K)
    many(5, deal, outcome="void", amount=70 * K)
    assert figure("win_rate", START, END) == Decimal("0.3")
    assert figure("win_rate_value", START, END) == Decimal("0.4")
    assert (figure("won_count"), figure("lost_count"), figure("closed_count")) == (12, 28, 40)
    assert figure("average_deal", START, END) == 50 * K


def test_r16_win_rate_of_a_cohort(deal: Make) -> None:
    many(15, deal, outcome="won", created_on=START, closed_on=END)
    many(25, deal, outcome="lost", created_on=START, closed_on=END)
    many(10, deal, created_on=START)
    deal(outcome="void", created_on=START)
    assert figure("created", START, END) == 50
    assert figure("cohort_win_rate", START, END) == Decimal("0.3")
    assert figure("cohort_decided_rate", START, END) == Decimal("0.375")
    assert figure("cohort_possible_rate", START, END) == Decimal("0.5")
    assert figure("cohort_open_share", START, END) == Decimal("0.2")


class TestReached:
    """R17, in a pipeline of four stages."""

    PATH = ("Prospecting", "Qualification", "Proposal", "Won")

    @pytest.fixture(autouse=True)
    def four(self, acme: object) -> None:
        change_stage("Negotiation", outcome="lost")

    def reached(self, **filters: Any) -> list[int]:
        points = host().measures.table("crm.reached", START, END, ("stage",), filters)
        found = {point.labels[0]: int(point.value or 0) for point in points}
        return [found.get(name, 0) for name in self.PATH]

    def test_a_later_stage_implies_the_earlier_ones(self, deal: Make) -> None:
        for name, count in zip(self.PATH, (40, 30, 12, 18), strict=True):
            many(count, deal, created_on=START, stage=stage(name), closed_on=END)
        assert self.reached() == [100, 60, 30, 18]
        found = stage_conversion(default_pipeline() or 0, START, END)
        assert [each.step.name for each in found] == list(self.PATH)
        shares = [each.to_next for each in found]
        assert shares == [Decimal("0.6"), Decimal("0.5"), Decimal("0.6"), None]
        assert found[-1].of_all == Decimal("0.18")

    def test_going_back_and_skipping_count_once(self, deal: Make) -> None:
        made = deal(created_on=START)
        for name in ("Proposal", "Prospecting", "Proposal", "Qualification"):
            host().records.transition(made, "move", {"stage": stage(name)})
        assert self.reached() == [1, 1, 1, 0]

    def test_what_is_lost_has_reached_where_it_was(self, deal: Make) -> None:
        deal(created_on=START, outcome="lost", closed_on=END)
        deal(created_on=START, outcome="lost", stage=stage("Proposal"), closed_on=END)
        made = deal(created_on=START, stage=stage("Qualification"))
        host().records.transition(made, "lose")
        assert self.reached() == [3, 2, 1, 0]

    def test_what_is_void_has_not(self, deal: Make) -> None:
        deal(created_on=START, outcome="void", stage=stage("Proposal"))
        assert self.reached() == [0, 0, 0, 0]

    def test_the_records_behind_it_are_opportunities(self, deal: Make) -> None:
        made = deal(created_on=START, stage=stage("Proposal"))
        filters = {"stage": stage("Qualification")}
        found = host().measures.records("crm.reached", START, END, filters)
        asked = f"from={START}&to={END}&by.stage={filters['stage']}"
        assert dict(found.query) == {"behind": f"crm.reached?{asked}"}
        listed = query.run(query.parse_query(Opportunity, found.query)).rows
        assert [row["id"] for row in listed] == [made.id]


def test_days_to_win_leave_out_what_cannot_be_told(deal: Make) -> None:
    deal(outcome="won", created_on=START, closed_on=date(2025, 1, 31))
    deal(outcome="won", created_on=START, closed_on=date(2025, 2, 20))
    deal(outcome="won", created_on=None, closed_on=date(2025, 2, 20))
    deal(outcome="lost", created_on=START, closed_on=date(2025, 1, 2))
    assert figure("cycle_days", START, END) == 40
    assert figure("won_count") == 3
    assert figure("closed_cycle_days", outcome="lost") == 1


def test_stalled_and_overdue(deal: Make) -> None:
    deal(created_on=START)
    deal(expected_close=END)
    deal(outcome="lost", created_on=START, expected_close=END)
    assert (figure("stalled_count"), figure("overdue_count"), figure("open_count")) == (1, 1, 2)


def test_dimensions(deal: Make, account: Account) -> None:
    group = host().records.create(Category, {"name": "Rolls"})
    product = host().records.create(Product, {"name": "Felt", "category": group.id})
    deal(account=account.id, product=product.id, source="Fair", outcome="won", closed_on=END)
    deal(outcome="won", closed_on=END)
    for key, value in (
        ("account", account.id), ("industry", "Paper"), ("product", product.id),
        ("category", group.id), ("source", "Fair"),
    ):  # fmt: skip
        assert figure("won_count", **{key: value}) == 1, key
    labels = {
        key: [point.labels[0] for point in host().measures.table("crm.won_count", by=(key,))]
        for key in ("account", "industry", "category", "outcome", "stage")
    }
    assert labels == {
        "account": ["Blue Mill", ""], "industry": ["Paper", ""], "category": ["Rolls", ""],
        "outcome": ["Won"], "stage": ["Won"],
    }  # fmt: skip


def test_everybody_sees_the_figures_of_their_own_records(deal: Make) -> None:
    for name, amount in (("ann", 1), ("bo", 2), ("cai", 4)):
        deal(owner=user(name), amount=amount * K, outcome="won", closed_on=END)
    seen = {}
    for name in ("ann", "boss", "eve"):
        with acting(name):
            facts = host().measures.facts("crm.won_amount", START, END)
            seen[name] = figure("won_amount")
        assert sum(fact.value for fact in facts) == seen[name]
        assert {fact.on for fact in facts} == {END}
    assert seen == {"ann": 1 * K, "boss": 3 * K, "eve": 7 * K}
    with pytest.raises(Rejected, match="no sum"):
        host().measures.facts("crm.win_rate", START, END)


def test_every_figure_can_be_had(deal: Make) -> None:
    deal()
    keys = [measure.key for measure in host().measures.all() if measure.key.startswith("crm.")]
    assert len(keys) > 25
    for key in keys:
        for by in ((), ("user",), ("team",), ("month",)):
            host().measures.table(key, START, END, by)


def test_stages_are_had_by_everybody(acme: object) -> None:
    with acting("ann"):
        assert host().records.may(host().session.query(Stage).first(), "read")
