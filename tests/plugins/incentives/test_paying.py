"""From figures to entries, statements and payouts."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
import sqlalchemy as sa

from plugin_api.context import now
from plugin_api.errors import Refused, Rejected
from plugin_api.host import host
from plugins.incentives.models import (
    Adjustment,
    Component,
    Dispute,
    Entry,
    Participant,
    Payout,
    Plan,
    Statement,
    Step,
    Version,
)
from plugins.incentives.services import looking, outlook, posting
from tests.harness import Installation
from tests.plugins.crm.kit import user
from tests.plugins.incentives.kit import (
    acting,
    entries,
    on,
    plan,
    sums,
    takes_part,
    version,
    won,
)

pytestmark = pytest.mark.usefixtures("acme")


def commission(**given: object) -> Plan:
    """A plan with the tiers of the worked example, in which Ann takes part."""
    made = plan()
    version(made, **given)  # type: ignore[arg-type]
    takes_part(made)
    return made


def test_a_month_is_paid_by_its_tiers_and_a_return_takes_back_what_it_brought() -> None:
    of = commission()
    won(180_000, "2025-03-05")
    back = won(40_000, "2025-03-20")
    won(60_000, "2025-04-02")
    with on("2025-04-10"):
        done = posting.calculate(of)
        assert (done.entries, done.amount) == (4, 1_700_000)
        assert posting.calculate(of).entries == 0, "nothing is entered twice"
        assert entries() == [
            ("03", "earned", 500_000), ("03", "earned", 700_000), ("03", "earned", 200_000),
            ("04", "earned", 300_000),
        ]  # fmt: skip
        texts = list(host().session.scalars(sa.select(Entry.text).order_by(Entry.id)))
        assert texts[1] == "Sales: 100,000 × 7 % (100,000 – 200,000)"
        host().records.transition(back, "lose", {})
        posting.calculate(of)
    assert entries()[4:] == [("03", "earned", -140_000), ("03", "earned", -200_000)]
    assert sums() == {"03": 1_060_000, "04": 300_000}


def test_what_is_approved_stays_and_the_difference_goes_into_the_next_statement() -> None:
    of = commission()
    won(100_000, "2025-03-05")
    with on("2025-04-10"):
        posting.calculate(of)
        march = host().session.scalars(sa.select(Statement)).one()
        with acting("fin"):
            host().records.transition(march, "approve")
        won(50_000, "2025-03-30")
        posting.calculate(of)
        assert sums() == {"03": 500_000, "04": 350_000}
        april = host().session.scalars(sa.select(Statement).order_by(Statement.id.desc())).first()
        assert april is not None
        late = looking.lines(april)
        assert [(line.late, line.here, line.whole) for line in late] == [(True, 350_000, 350_000)]
        assert sum(sums().values()) == sum(row[2] for row in entries())


def test_slabs_caps_draws_and_versions() -> None:
    of = plan()
    version(of, rule="slab", cap=1_200_000, carried=True)
    takes_part(of, draw=300_000)
    won(220_000, "2025-01-05")
    won(10_000, "2025-02-05")
    won(20_000, "2025-03-05")
    version(of, "2025-03-01", rule="flat", part={"rate": Decimal(1)})
    with on("2025-03-31"):
        posting.calculate(of)
    assert sums() == {"01": 1_200_000, "02": 1_050_000, "03": 300_000}
    kinds = [(month, kind) for month, kind, _amount in entries()]
    assert kinds == [
        ("01", "earned"), ("01", "capped"), ("02", "earned"), ("02", "brought"),
        ("03", "earned"), ("03", "draw"),
    ]  # fmt: skip


def test_the_order_of_events_makes_no_difference() -> None:
    first, second = plan("One"), plan("Two")
    for of in (first, second):
        version(of)
        takes_part(of)
    days = [("150000", "2025-01-30"), ("90000", "2025-01-02"), ("33.35", "2025-01-15")]
    for amount, day in days:
        won(amount, day)
        with on("2025-02-01"):
            posting.calculate(first)
    with on("2025-02-01"):
        posting.calculate(second)
    asked = sa.select(Entry.plan_id, sa.func.sum(Entry.amount)).group_by(Entry.plan_id)
    found = {row[0]: row[1] for row in host().session.execute(asked)}
    assert found[first.id] == found[second.id] == 500_000 + 700_000 + 400_334


def test_joiners_managers_teams_and_targets() -> None:
    pool, lead, quota = plan("Pool"), plan("Lead"), plan("Quota", period="quarter")
    version(pool, part={"credit": "team"})
    version(lead, rule="flat", part={"credit": "below", "rate": Decimal(1)})
    bands = ((0, 100), (100, 150), (120, 200))
    version(quota, rule="accelerator", steps=bands, part={"variable": 5_000_000})
    for name in ("ann", "bo"):
        takes_part(pool, name)
    takes_part(lead, "boss")
    takes_part(quota, "ann")
    host().records.create(
        _target(),
        {"measure": "crm.won_amount", "level": "user", "user_id": user("ann"), "period": "quarter",
         "start": dt.date(2025, 1, 1), "end": dt.date(2025, 3, 31), "amount": 10_000_000},
    )  # fmt: skip
    won(132_000, "2025-02-03")
    won(88_000, "2025-02-04", "bo")
    won(70_000, "2025-02-05", "boss")
    won(50_000, "2025-02-05", "cai")
    with on("2025-02-28"):
        for of in (pool, lead, quota):
            posting.calculate(of)
    asked = sa.select(Statement.name, Statement.amount)
    paid = {row[0]: row[1] for row in host().session.execute(asked)}
    whole = 5_000 + 7_000 + 9_000
    assert paid["Ann · Pool · 2025-02"] == round(whole * 13_200_000 / 290_000)
    assert paid["Boss · Lead · 2025-02"] == 220_000, "without one's own, and nobody else's"
    assert paid["Ann · Quota · 2025-01 – 2025-03"] == 5_000_000 + 1_500_000 + 1_200_000


def _target() -> type:
    from plugins.targets.models import Target

    return Target


def test_half_a_month_is_paid_by_half_the_tiers() -> None:
    of = plan()
    version(of, by_calendar=True, cap=1_000_000)
    takes_part(of, start="2025-06-16")
    won(400_000, "2025-06-10")
    won(110_000, "2025-06-20")
    with on("2025-06-30"):
        posting.calculate(of)
    assert sums() == {"06": 500_000}, "50,000 at 5, 50,000 at 7, 10,000 at 10, capped at half"


def test_an_adjustment_is_approved_by_somebody_else() -> None:
    of = commission()
    with on("2025-04-10"):
        values = {"user_id": user("ann"), "plan_id": of.id, "day": dt.date(2025, 3, 3),
                  "amount": 12_345, "reason": "Late credit"}  # fmt: skip
        with acting("fin"):
            asked = host().records.create(Adjustment, values | {"amount": 1})
        with acting("ada"):
            host().records.update(asked, {"amount": 12_345})
            with pytest.raises(Rejected, match="Somebody else"):
                host().records.transition(asked, "approve")
        with acting("fin"):
            host().records.update(asked, {"reason": "Late credit of March"})
            with pytest.raises(Rejected, match="Somebody else"):
                host().records.transition(asked, "approve")
        with acting("ada"):
            host().records.transition(asked, "approve")
            with pytest.raises(Refused):
                host().records.update(asked, {"amount": 1})
        posting.calculate(of)
    assert entries() == [("03", "adjusted", 12_345)] and sums() == {"03": 12_345}


def test_statements_are_disputed_approved_and_paid_once() -> None:
    of = commission()
    won(100_000, "2025-03-05")
    with on("2025-03-20"):
        other = commission_of("bo")
        with acting("fin"), pytest.raises(Rejected, match="has not ended"):
            host().records.transition(other, "approve")
    with on("2025-04-10"):
        posting.calculate(of)
        asked = sa.select(Statement).where(Statement.plan_id == of.id)
        march = host().session.scalars(asked).one()
        with acting("ann"):
            said = host().records.create(
                Dispute, {"name": "A deal is missing", "statement_id": march.id}
            )
            assert said.due_on == dt.date(2025, 4, 17) and said.user_id == user("ann")
        with acting("fin"):
            with pytest.raises(Rejected, match="dispute"):
                host().records.transition(march, "approve")
            with pytest.raises(Refused):
                host().records.transition(said, "reject")
            with pytest.raises(Rejected, match="with its statement"):
                host().records.update(said, {"statement_id": other.id})
            with pytest.raises(Rejected, match="currency"):
                host().records.update(march, {"currency": "JPY"})
            host().records.transition(said, "reject", {"answer": "It was won in April"})
            host().records.transition(march, "approve")
            with pytest.raises(Rejected, match="by a payout"):
                host().records.transition(march, "pay")
            payout = host().records.create(Payout, {"name": "March"})
            with pytest.raises(Rejected, match="no statement"):
                host().records.transition(payout, "pay")
            host().records.transition(payout, "gather")
            assert (payout.people, payout.amount) == (1, 500_000)
            with pytest.raises(Rejected, match="in a payout"):
                host().records.transition(march, "reopen")
            host().records.transition(payout, "pay")
            assert (march.state, payout.paid_on) == ("paid", dt.date(2025, 4, 10))
            for change in ({"name": "Other"}, {"paid_on": dt.date(1999, 1, 1)}):
                with pytest.raises(Rejected, match="stays as it is"):
                    host().records.update(payout, change)
            with pytest.raises(Refused):
                host().records.delete(payout)
        rules = host().session.scalars(sa.select(Version).where(Version.plan_id == of.id)).one()
        with pytest.raises(Rejected, match="2025-03-01 is approved"):
            host().records.transition(rules, "end", {"valid_to": dt.date(2025, 2, 28)})
        host().records.transition(rules, "end", {"valid_to": dt.date(2025, 3, 31)})
        assert host().measures.value("incentives.paid") == 500_000
        assert host().measures.value("incentives.earned") == 500_000 + 100


def commission_of(name: str) -> Statement:
    of = plan(f"Plan of {name}")
    version(of, rule="flat", part={"rate": Decimal(1)})
    takes_part(of, name)
    won(100, "2025-03-10", name)
    posting.calculate(of)
    asked = sa.select(Statement).where(Statement.plan_id == of.id)
    return host().session.scalars(asked.order_by(Statement.start.desc())).one()


def test_a_version_in_force_stays_as_it_is() -> None:
    of = plan()
    first = version(of)
    with pytest.raises(Rejected, match="another version"):
        host().records.update(first, {"cap": 1})
    free = version(of, "2025-08-01", rule="slab", publish=False)
    part, there = (
        host().session.scalars(sa.select(Component).where(Component.plan_version_id == id_)).one()
        for id_ in (first.id, free.id)
    )
    step = host().session.scalars(sa.select(Step).where(Step.component_id == part.id)).first()
    with pytest.raises(Rejected, match="another version"):
        host().records.update(part, {"plan_version_id": free.id})
    with pytest.raises(Rejected, match="another version"):
        host().records.update(step, {"component_id": there.id, "start": Decimal(7)})
    for day in ("0001-01-01", "9999-12-01"):
        with pytest.raises(Rejected, match="between 1950 and 2200"):
            version(of, day, publish=False)
    host().records.delete(free)
    with pytest.raises(Rejected, match="begins on 2025-02-01"):
        version(of, "2025-02-10", publish=False)
    with pytest.raises(Rejected, match="nothing would be paid"):
        empty = host().records.create(
            Version, {"plan_id": of.id, "valid_from": dt.date(2025, 5, 1)}
        )
        host().records.transition(empty, "publish")
    with pytest.raises(Rejected, match="begins at 0"):
        version(of, "2025-06-01", steps=((5, 5),))
    with on("2025-03-10"):
        again = host().records.transition(first, "again", {"reason": "Better"})["open"]
    assert (again.valid_from, again.number) == (dt.date(2025, 4, 1), 4)
    host().records.transition(again, "publish")
    assert (first.state, first.valid_to) == ("ended", dt.date(2025, 3, 31))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"measure": "crm.open_amount", "rate": Decimal(1)}, "measure"),
        ({"measure": "crm.win_rate", "rate": Decimal(1)}, "measure"),
        ({"only_by": "colour", "only": "red", "rate": Decimal(1)}, "only_by"),
        ({"only_by": "account", "rate": Decimal(1)}, "only"),
        ({"only_by": "Account", "only": "nobody", "rate": Decimal(1)}, "only"),
        ({"rate": None}, "rate"),
        ({"each": 100}, "each"),
        ({"measure": "crm.won_count", "rate": Decimal(1)}, "rate"),
        ({"rule": "bonus", "each": 100}, "measure"),
        ({"rule": "bonus", "measure": "crm.won_count"}, "each"),
        ({"rate": Decimal(1), "budget": 100}, "budget"),
        ({"rate": Decimal(99_999_999_999)}, "rate"),
        ({"measure": "incentives.earned", "rate": Decimal(1)}, "measure"),
        ({"rule": "bonus", "measure": "crm.won_count", "each": -5}, "each"),
    ],
)
def test_what_makes_no_sense_is_refused(values: dict[str, object], field: str) -> None:
    with pytest.raises(Rejected) as refused:
        version(plan(), rule="flat", part=values, publish=False)
    assert refused.value.field == field


def test_nobody_takes_part_twice_at_once() -> None:
    of = plan()
    takes_part(of, ends_on=dt.date(2025, 3, 31))
    with pytest.raises(Rejected, match="already"):
        takes_part(of, start="2025-03-31")
    with pytest.raises(Rejected, match="in this period already"):
        takes_part(of, start="2025-03-01", ends_on=dt.date(2025, 3, 2))
    last = takes_part(of, start="2025-04-01")
    last.acknowledged_id, last.acknowledged_at = version(of).id, now()
    host().records.update(last, {"user_id": user("bo")})
    assert (last.acknowledged_id, last.acknowledged_at) == (None, None)
    assert host().session.scalar(sa.select(sa.func.count(Participant.id))) == 2


def test_what_one_more_deal_brings_and_a_draft_on_last_year() -> None:
    of = commission()
    won(190_000, "2025-03-05")
    with on("2025-03-10"):
        posting.calculate(of)
        rule = outlook.prospects(of, user("ann"))[0]
        assert (rule.base, rule.next_at) == (190_000, 200_000)
        assert outlook.one_more(of, user("ann"), rule.rule.id, Decimal(20_000)) == 170_000
    with on("2025-04-10"):
        posting.calculate(of)
        draft = version(of, "2025-05-01", rule="slab", publish=False)
        assert outlook.tried(draft) == [(user("ann"), 1_130_000, 1_330_000)]
        assert entries() and len(entries()) == 2


def test_who_was_paid_is_not_taken_out_of_a_plan() -> None:
    of = plan()
    version(of)
    free, paid = takes_part(of, "bo"), takes_part(of)
    won(100, "2025-03-05")
    with on("2025-03-10"):
        posting.calculate(of)
    with pytest.raises(Rejected, match="say when it ends"):
        host().records.delete(paid)
    with pytest.raises(Rejected, match="say when it ends"):
        host().records.update(paid, {"user_id": user("cai")})
    host().records.delete(free)


def test_who_may_see_what(acme: Installation) -> None:
    of = commission()
    takes_part(of, "cai")
    for name in ("ann", "cai"):
        won(1_000, "2025-03-05", name)
    with on("2025-04-10"):
        posting.calculate(of)
    asked = sa.select(sa.func.count(Entry.id))
    seen = {}
    for name in ("ann", "bo", "boss", "cai", "fin"):
        with acting(name):
            seen[name] = host().session.scalar(asked.where(host().records.visible(Entry)))
    assert seen == {"ann": 1, "bo": 0, "boss": 1, "cai": 1, "fin": 2}


def test_a_bonus_ends_with_its_budget_whoever_comes_first() -> None:
    of = plan()
    part = {"measure": "crm.won_count", "each": 20_000, "budget": 50_000}
    version(of, rule="bonus", steps=(), part=part)
    for name in ("ann", "bo"):
        takes_part(of, name)
    won(1, "2025-03-03", "cai")
    back = won(1, "2025-03-04", "bo")
    won(1, "2025-03-05")
    with on("2025-04-10"):
        posting.calculate(of)
        assert (sums("ann"), sums("bo")) == ({"03": 20_000}, {"03": 20_000})
        won(1, "2025-03-06")
        assert posting.calculate(of).entries == 0, "the budget pays for two"
        host().records.transition(back, "lose", {})
        posting.calculate(of)
    assert (sums("ann"), sums("bo")) == ({"03": 40_000}, {"03": 0})
