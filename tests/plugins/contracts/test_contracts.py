"""Contracts from the draft to the renewal, with versions, payment plan and obligations."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from plugin_api.context import current_company
from plugin_api.errors import Held, NotFound, Refused, Rejected
from plugin_api.host import host
from plugin_api.models import model_of
from plugins.contracts import cards, demo, panels, timeline
from plugins.contracts.models import Contract, Instalment, Obligation
from plugins.contracts.services import flow, obligations, renewals, terms
from plugins.crm.models import Contact, Opportunity
from tests.plugins.contracts.kit import (
    account,
    contract,
    instalment,
    move,
    obligation,
    on,
    signed,
)
from tests.plugins.crm.kit import acting, store_rate, user

acme = pytest.mark.usefixtures("acme")


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [("2025-01-31", 1, "2025-02-28"), ("2025-02-28", 12, "2026-02-28"),
     ("2024-02-29", 12, "2025-02-28"), ("2025-02-28", 1, "2025-03-31"),
     ("2025-12-31", 12, "2026-12-31"), ("2025-06-15", 7, "2026-01-15")],
)  # fmt: skip
def test_months_later(day: str, months: int, later: str) -> None:
    found = terms.months_later(dt.date.fromisoformat(day), months)
    assert found == dt.date.fromisoformat(later)


@given(
    st.integers(0, 10**12),
    st.lists(st.integers(1, 10_000), min_size=1, max_size=8),
)
def test_shares_of_all_are_the_whole(value: int, weights: list[int]) -> None:
    total = sum(weights)
    shares = [(Decimal(100 * weight) / total).quantize(Decimal("0.0001")) for weight in weights]
    shares[-1] += Decimal(100) - sum(shares)
    found = terms.amounts(value, [(share, None) for share in shares])
    assert sum(found) == value


def test_thirds_of_a_hundred() -> None:
    third = Decimal("33.3333")
    parts = [(third, None), (third, None), (Decimal("33.3334"), None)]
    assert sorted(terms.amounts(10_000, parts)) == [3333, 3333, 3334]
    assert terms.amounts(10_000, [(Decimal(50), None), (None, 1234)]) == [5000, 1234]


@acme
def test_a_contract_from_draft_to_force() -> None:
    with on("2024-12-20"):
        made = contract(owner_id=user("ann"))
        assert (made.number, made.revision, made.state) == ("CT-2024-00001", 1, "draft")
        assert (made.our_party, made.their_party) == ("Acme", "Harbour")
        parts = [
            instalment(made, "Deposit", "30", due_days=7),
            instalment(made, "Start", "50", due_rule="starts", due_days=30),
            instalment(made, "Rest", fixed=2_000_000, due_rule="date",
                       due_on=dt.date(2025, 9, 1)),
        ]  # fmt: skip
        assert [part.amount for part in parts] == [3_000_000, 5_000_000, 2_000_000]
        host().records.update(made, {"value": 12_000_000})
        assert [part.amount for part in parts] == [3_600_000, 6_000_000, 2_000_000]
        move(made, "release")
        for attempt in (
            lambda: host().records.update(made, {"value": 1}),
            lambda: host().records.update(parts[0], {"name": "Other"}),
            lambda: instalment(made, "More", "1"),
            lambda: host().records.delete(parts[0]),
            lambda: host().records.delete(made),
            lambda: move(made, "activate"),
        ):
            with pytest.raises(Refused):
                attempt()
            host().session.refresh(made)
            host().session.refresh(parts[0])
        host().records.update(made, {"owner_id": user("bo")})
        with pytest.raises(Rejected, match="future"):
            move(made, "sign", signed_on=dt.date(2025, 1, 1))
        move(made, "sign")
    assert (made.state, made.signed_on) == ("signed", dt.date(2024, 12, 20))
    assert [part.due_on for part in parts] == [
        dt.date(2024, 12, 27), dt.date(2025, 1, 31), dt.date(2025, 9, 1),
    ]  # fmt: skip
    with on("2025-01-01"):
        assert flow.run_days()["activate"] == 1
    assert made.state == "active"
    with on("2025-12-31"):
        assert flow.run_days()["expire"] == 0, "its last day is part of it"
    with on("2026-01-01"):
        assert flow.run_days()["expire"] == 1
        assert flow.run_days()["expire"] == 0
    assert (made.state, made.ended_on) == ("expired", dt.date(2025, 12, 31))


@acme
def test_what_makes_no_sense_is_refused() -> None:
    other = account("Other")
    contact = host().records.create(Contact, {"name": "Li", "account_id": other.id})
    for wrong in (
        {"ends_on": dt.date(2024, 1, 1)}, {"value": -1}, {"contact_id": contact.id},
        {"renewal": "auto", "ends_on": None}, {"ends_on": dt.date.max},
        {"starts_on": dt.date(1, 1, 1)},
    ):  # fmt: skip
        with pytest.raises(Refused):
            contract(**wrong)
    made = contract()
    for part in (
        {}, {"share": Decimal(10), "fixed": 5}, {"fixed": 0}, {"share": Decimal(0)},
        {"share": Decimal(10), "due_rule": "date"}, {"share": Decimal(101)},
    ):  # fmt: skip
        with pytest.raises(Refused):
            host().records.create(Instalment, {"contract_id": made.id, "name": "P", **part})
    instalment(made, "A", "60")
    with pytest.raises(Refused):
        instalment(made, "B", "41")
    instalment(made, "C", fixed=4_000_001)
    with pytest.raises(Rejected, match="more than the value"):
        move(made, "release")


@acme
def test_versions_say_what_they_change() -> None:
    first = signed(owner_id=user("ann"))
    with on("2025-03-01"):
        part = instalment_of(first, "Deposit", "30")
        report = obligation(first, "Report", dt.date(2025, 4, 1))
        move(report, "done")
        obligation(first, "Inspection", dt.date(2025, 10, 1))
        made = move(first, "amend", change_reason="Two machines more")["open"]
        assert (made.number, made.revision, made.state) == (first.number, 2, "draft")
        with pytest.raises(Rejected, match="newer version"):
            move(first, "amend", change_reason="Again")
        host().records.update(
            made, {"value": 12_000_000, "ends_on": dt.date(2026, 12, 31), "renewal": "none"}
        )
        copied = (
            host()
            .session.scalars(sa.select(Instalment).where(Instalment.contract_id == made.id))
            .one()
        )
        assert (copied.name, copied.amount, part.amount) == ("Deposit", 3_600_000, 3_000_000)
        host().records.update(copied, {"share": Decimal(40)})
        instalment(made, "Rest", "60", position=2)
        [_standing, changes] = panels.for_record(made)
        assert [(str(fact.label), fact.value) for fact in changes.facts] == [
            ("Value", "CN¥100,000.00 → CN¥120,000.00"),
            ("Ends on", "Dec 31, 2025 → Dec 31, 2026"),
            ("At the end", "Is to be renewed: opens an opportunity in time → Ends"),
            ("Instalment “Deposit”", "30 % · 0 days → 40 % · 0 days"),
            ("Instalment “Rest”", "– → 60 % · 0 days"),
        ]
        move(made, "release", "sign")
    assert (first.state, made.state) == ("replaced", "active")
    kept = sa.select(Obligation.name, Obligation.state).where(Obligation.contract_id == made.id)
    rows = host().session.execute(kept.order_by(Obligation.id)).all()
    assert [tuple(row) for row in rows] == [("Report", "done"), ("Inspection", "open")]
    value = host().measures.value("contracts.value")
    assert value == 12_000_000, "a version counts once"
    assert host().measures.value("contracts.signed") == 1
    with on("2025-03-02"):
        dropped = move(made, "amend", change_reason="No")["open"]
        move(dropped, "drop")
        third = move(made, "amend", change_reason="Yes")["open"]
    assert third.revision == 4


def instalment_of(record: Contract, name: str, share: str) -> Instalment:
    """One that was agreed when the contract was drafted."""
    made = Instalment(
        contract_id=record.id, name=name, share=Decimal(share), amount=3_000_000,
        currency="CNY", due_rule="signed", due_days=0, position=1,
    )  # fmt: skip
    host().session.add(made)
    host().session.flush()
    return made


@acme
def test_a_renewal_is_opened_once_and_its_contract_drafted_when_it_is_won() -> None:
    made = signed(owner_id=user("ann"), renew_days=60)
    with on("2025-10-31"):
        assert renewals.open_due() == 0
    with on("2025-11-01"):
        assert renewals.open_due() == 1
        assert renewals.open_due() == 0
    deals = host().session.scalars(sa.select(Opportunity)).all()
    assert [(deal.name, deal.amount, deal.expected_close, deal.owner_id) for deal in deals] == [
        ("Renewal: Maintenance", 10_000_000, dt.date(2025, 12, 31), user("ann"))
    ]
    with on("2025-11-20"):
        host().records.transition(deals[0], "win")
        nexts = host().session.scalars(sa.select(Contract).where(Contract.renews_id == made.id))
        [following] = nexts.all()
        assert (following.starts_on, following.ends_on) == (
            dt.date(2026, 1, 1), dt.date(2026, 12, 31),
        )  # fmt: skip
        assert following.number != made.number
        assert move(made, "renew")["open"] is following, "it is drafted once"
        move(following, "release", "sign")
    assert (made.was_renewed, following.state) == (True, "signed")
    with on("2026-01-01"):
        counted = flow.run_days()
    assert (counted["activate"], counted["end_renewed"]) == (1, 1)
    assert (made.state, following.state) == ("renewed", "active")
    year = (dt.date(2025, 1, 1), dt.date(2025, 12, 31))
    other = signed(account_id=account("Lost").id, renewal="none")
    with on("2025-06-01"):
        move(other, "terminate", termination_reason="Closed")
    assert other.ended_on == dt.date(2025, 6, 1)
    assert host().measures.value("contracts.ended", *year) == 2
    assert host().measures.value("contracts.renewal_rate", *year) == Decimal("0.5")


@acme
def test_what_was_renewed_too_late_counts_as_renewed() -> None:
    made = signed(ends_on=dt.date(2025, 2, 27))
    with on("2025-03-01"):
        flow.run_days()
        assert made.state == "expired"
        following = move(made, "renew")["open"]
        assert following.starts_on == dt.date(2025, 2, 28)
        move(following, "release", "sign")
    assert (made.state, made.ended_on) == ("renewed", dt.date(2025, 2, 27))


@acme
def test_what_goes_on_by_itself_and_is_told_of_in_time() -> None:
    made = signed(renewal="auto", renew_days=30, notice_days=30, owner_id=user("ann"))
    told: Any = model_of("core.Notification")
    session: Any = host().session
    for day, number in (("2025-10-31", 0), ("2025-11-01", 1), ("2025-11-02", 1)):
        with on(day):
            assert renewals.open_due() == 0
        session.settle()
        asked = sa.select(sa.func.count()).where(
            told.user_id == user("ann"), told.kind == "reminder"
        )
        assert session.scalar(asked.select_from(told)) == number, day
    with on("2027-02-01"):
        assert flow.run_days()["prolong"] == 1, "days that were missed are made up for"
    assert (made.state, made.ends_on, made.prolonged) == ("active", dt.date(2027, 12, 31), 2)
    month = signed(renewal="auto", renew_months=1, ends_on=dt.date(2025, 1, 31))
    with on("2025-02-01"):
        flow.run_days()
    assert month.ends_on == dt.date(2025, 2, 28)


@acme
def test_obligations_are_told_of_once_and_shown() -> None:
    made = signed(owner_id=user("ann"))
    with on("2025-03-01"):
        report = obligation(made, "Report", dt.date(2025, 4, 1))
        obligation(made, "Audit", dt.date(2025, 3, 5), owner_id=user("bo"), side="theirs")
        assert report.owner_id == user("ann")
        assert obligations.remind() == 1
        assert obligations.remind() == 0
    with on("2025-03-25"):
        assert obligations.remind() == 1
        with acting("ann"):
            assert [line.text for line in cards.promised().lines] == ["Report"]
        with acting("bo"):
            assert [line.tone for line in cards.promised().lines] == ["bad"]
        facts = {str(fact.label): fact.value for fact in panels.for_record(made)[0].facts}
        assert (facts["Obligations fulfilled"], facts["Overdue obligations"]) == ("0 / 2", "1")
        with pytest.raises(Rejected, match="future"):
            move(report, "done", done_on=dt.date(2025, 4, 1))
        move(report, "done", done_on=dt.date(2025, 3, 20))
        assert report.done_on == dt.date(2025, 3, 20)
        move(report, "reopen")
        assert (report.state, report.done_on) == ("open", None)
    with acting("bo"):
        audit = (
            host().session.scalars(sa.select(Obligation).where(Obligation.name == "Audit")).one()
        )
        assert host().records.get(Contract, made.id).id == made.id, "it asks something of them"
        with pytest.raises(Refused):
            host().records.update(made, {"owner_id": user("bo")})
        move(host().records.get(Obligation, audit.id, "update"), "done")
        with pytest.raises(NotFound):
            host().records.get(Obligation, report.id)
    with acting("ann"):
        move(host().records.get(Obligation, audit.id, "update"), "reopen")
        obligation(made, "Training", dt.date(2025, 5, 1), owner_id=user("bo"))
    other = signed(owner_id=user("ann"), account_id=made.account_id)
    with acting("bo"), pytest.raises(NotFound):
        host().records.get(Contract, other.id)


@acme
def test_the_payment_plan_becomes_that_of_an_order() -> None:
    with on("2025-01-01"):
        made = contract(owner_id=user("ann"))
        for name, share in (("Deposit", "33.3333"), ("Start", "33.3333"), ("Rest", "33.3334")):
            instalment(made, name, share, due_days=10)
        move(made, "release", "sign")
        order = move(made, "order")["open"]
    assert (order.status, order.total, made.order_number) == (
        "confirmed", 10_000_000, order.number,
    )  # fmt: skip
    receivable: Any = model_of("sales.Receivable")
    asked = sa.select(receivable).where(receivable.order_id == order.id)
    rows = host().session.scalars(asked.order_by(receivable.position, receivable.id)).all()
    assert [(row.label, row.amount, row.due_on) for row in rows] == [
        ("Deposit", 3_333_330, dt.date(2025, 1, 11)),
        ("Start", 3_333_330, dt.date(2025, 1, 11)),
        ("Rest", 3_333_340, dt.date(2025, 1, 11)),
    ]
    with pytest.raises(Rejected, match="payment plan already"):
        move(made, "order")
    other = signed(account_id=account("Other").id)
    with pytest.raises(Rejected, match="another account"):
        other.order_number = order.number
        move(other, "order")
    with pytest.raises(Rejected, match="no such order"):
        other.order_number = "SO-none"
        move(other, "order")
    for number, said in (("SO-none", "no such order"), (order.number, "another account")):
        fresh = signed(account_id=account("Third").id)
        with pytest.raises(Rejected, match=said):
            host().records.transition(fresh, "order", {"order_number": number})


@acme
def test_a_rule_of_approvals_holds_a_contract_back() -> None:
    rule: Any = host().records.create(
        model_of("approvals.Rule"),  # type: ignore[type-var]
        {"name": "Large ones", "move": "contracts.Contract:release",
         "figure": "contracts.Contract.value", "at_least": Decimal(50_000)},
    )  # fmt: skip
    host().records.create(
        model_of("approvals.Step"),  # type: ignore[type-var]
        {"name": "Lead", "rule_id": rule.id, "who": "manager"},
    )
    with acting("ann"):
        large, small = contract(), contract(value=1_000_000)
        move(small, "release")
        with pytest.raises(Held):
            move(large, "release")


@acme
def test_figures_cards_and_pages_of_others() -> None:
    with on("2025-01-01"):
        store_rate("USD", dt.date(2025, 1, 1), "7.2")
    firm = account("Quay", owner_id=user("ann"))
    first = signed(owner_id=user("ann"), account_id=firm.id)
    signed(owner_id=user("bo"), currency="USD", value=100_000, ends_on=dt.date(2026, 6, 30))
    year = (dt.date(2025, 1, 1), dt.date(2025, 12, 31))
    with on("2025-10-15"):
        assert host().measures.value("contracts.signed_value", *year) == 10_000_000 + 720_000
        assert host().measures.value("contracts.in_force") == 2
        assert host().measures.value("contracts.ending") == 1
        assert host().measures.value("contracts.ending_value") == 10_000_000
        with acting("ann"):
            assert [line.value for line in cards.ending().lines] == ["77 days left"]
        with acting("boss"):
            assert len(cards.ending().lines) == 1
        with acting("bo"):
            assert cards.ending().lines == ()
        [box] = panels.for_record(firm)
        assert [fact.value for fact in box.facts] == ["CN¥100,000.00", "77 days left"]
        move(first, "terminate", termination_reason="Moved away")
    told = timeline.of_record(firm.id, None, 10)
    assert [each.what for each in told] == ["Contract terminated", "Contract signed"]
    older = timeline.of_record(firm.id, (told[0].at, told[0].id), 10)
    assert [each.what for each in older] == ["Contract signed"]


@acme
def test_the_demo_has_contracts_in_every_state() -> None:
    for number in range(12):
        account(f"Firm {number}", owner_id=user("ann"))
    demo.load(current_company(), 3)
    states = set(host().session.scalars(sa.select(Contract.state)))
    assert states >= {"draft", "released", "active", "replaced", "terminated"}
    number = host().session.scalar(sa.select(sa.func.count(Contract.id)))
    demo.load(current_company(), 3)
    assert host().session.scalar(sa.select(sa.func.count(Contract.id))) == number
