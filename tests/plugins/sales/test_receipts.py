"""Receipts, what they are for, refunds, and what the ledger says of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.extensions import db
from plugin_api.errors import Forbidden, Rejected
from plugin_api.host import host
from plugins.sales.models import Allocation, OrderCredit, Receipt, Receivable
from plugins.sales.services import posting, statement
from tests.plugins.sales.kit import (
    acting,
    bill,
    credit,
    entries,
    figure,
    instalment,
    on,
    opened,
    rate_is,
    receive,
    user,
)

MARCH, APRIL, MAY = date(2026, 3, 10), date(2026, 4, 7), date(2026, 5, 4)


def rows(*names: str, **where: Any) -> list[tuple[Any, ...]]:
    found = host().session.query(Receivable).filter_by(**where).order_by(Receivable.id)
    return [tuple(getattr(each, name) for name in names) for each in found]


def agree() -> bool:
    return all(each.agrees for each in statement.held()) and not any(
        lacking for _total, _done, lacking in statement.differences()
    )


def test_a_receipt_pays_what_is_due_first(order: Any) -> None:
    with on(MARCH):
        first, second = bill(order((1, 100), payment_days=60)), bill(order((1, 50), payment_days=7))
    with on(APRIL):
        receipt = receive(120)
    assert receipt.number == "RC-2026-00001"
    assert rows("invoice_id", "paid", "open", "status") == [
        (first.id, 70_00, 30_00, "partial"), (second.id, 50_00, 0, "paid"),
    ]  # fmt: skip
    assert (receipt.allocated, receipt.unallocated) == (120_00, 0)
    assert figure("collected", APRIL, APRIL) == 120
    assert agree()


def test_what_is_paid_too_much_stays_the_customers_credit(order: Any) -> None:
    bill(order((1, 100)))
    receipt = receive(150, owner_id=user("bo"))
    assert receipt.unallocated == 50_00
    assert [figure("collected", user=user(name)) for name in ("ann", "bo")] == [100, 50]
    later = bill(order((1, 30)))
    host().records.transition(receipt, "allocate")
    assert rows("status", invoice_id=later.id) == [("paid",)]
    assert [figure("collected", user=user(name)) for name in ("ann", "bo")] == [130, 20]
    refund = opened(host().records.transition(receipt, "refund"))
    assert (refund.amount, refund.kind) == (20_00, "refund")
    host().records.transition(refund, "post")
    assert refund.number == f"RF-{refund.received_on.year}-00001"
    assert (receipt.refunded, receipt.unallocated) == (20_00, 0)
    assert (figure("collected"), figure("refunded"), figure("collected_net")) == (150, 20, 130)
    assert figure("collected_net", user=user("bo")) == 0
    with pytest.raises(Rejected, match="All of it is allocated"):
        host().records.transition(receipt, "refund")
    with pytest.raises(Rejected, match="Reverse the refund first"):
        host().records.transition(receipt, "reverse")
    assert agree()


def test_more_than_is_open_is_not_allocated(order: Any) -> None:
    made = order((1, 100))
    plan = instalment(made, 40)
    with pytest.raises(Rejected, match=r"Only CN¥40\.00 of “SO-.*” is open"):
        receive(100, (plan, "40.01"))
    first = receive(100, (plan, 30), posted=False)
    second = receive(100, (plan, 30), posted=False)
    host().records.transition(first, "post")
    with pytest.raises(Rejected, match=r"Only CN¥10\.00"):
        host().records.transition(second, "post")
    part = host().session.query(Allocation).filter_by(receipt_id=second.id).one()
    host().records.update(part, {"amount": 10_00})
    host().records.transition(second, "post")
    assert (plan.paid, plan.open, plan.status) == (40_00, 0, "paid")
    assert (first.unallocated, second.unallocated) == (70_00, 90_00)
    other = instalment(order((1, 500)), 100)
    with pytest.raises(Rejected, match=r"Only CN¥100\.00 of the receipt"):
        receive(100, (other, "100.01"))


def test_parts_are_changed_and_taken_away_by_those_who_may(order: Any) -> None:
    made = order((1, 100))
    first, second = instalment(made, 50), instalment(made, 50)
    receipt = receive(60, (first, 50), owner_id=user("ann"))
    [part] = host().session.query(Allocation).filter_by(receipt_id=receipt.id)
    with acting("ann"), pytest.raises(Forbidden, match="right to allocate"):
        host().records.update(part, {"amount": 1_00})
    host().records.update(part, {"amount": 20_00})
    host().records.create(Allocation, {"receipt_id": receipt.id, "receivable_id": second.id})
    assert rows("paid", "open") == [(20_00, 30_00), (40_00, 10_00)]
    host().records.update(part, {"receivable_id": second.id, "amount": 10_00})
    assert rows("paid") == [(0,), (50_00,)]
    host().records.delete(part)
    assert (rows("paid"), receipt.unallocated) == ([(0,), (40_00,)], 20_00)
    with pytest.raises(Rejected, match="Something was allocated"):
        host().records.delete(second)
    assert agree()


def test_a_credit_note_frees_what_was_paid_too_much(order: Any) -> None:
    invoice = bill(order((2, 50)))
    receipt = receive(100)
    credit(invoice, quantity=Decimal(1), agreed=Decimal(50))
    assert (receipt.allocated, receipt.unallocated) == (50_00, 50_00)
    assert rows("amount", "paid", "open", "status") == [(50_00, 50_00, 0, "paid")]
    credit(invoice)
    assert (receipt.unallocated, figure("collected_net")) == (100_00, 100)
    assert agree()


def test_a_deposit_of_an_order_that_is_cancelled_is_credit_again(order: Any) -> None:
    made = order((1, 100))
    deposit = instalment(made, 30)
    receipt = receive(30, (deposit, None))
    assert deposit.status == "paid"
    host().records.transition(made, "cancel")
    assert (receipt.unallocated, deposit.amount, deposit.open) == (30_00, 0, 0)
    assert agree()


def test_what_was_collected_follows_the_shares_in_the_order(order: Any) -> None:
    """R6: to the cent, and later between people alone."""
    with on(MARCH):
        made = order((1, 1000))
        for name in ("bo", "cai"):
            host().records.create(
                OrderCredit,
                {"order_id": made.id, "user_id": user(name), "share": Decimal("33.3333")},
            )
        receive(1000, (instalment(made, 100), None))
    people = ("bo", "cai", "ann")
    assert [float(figure("collected_net", user=user(name))) for name in people] == [
        333.33, 333.33, 333.34,
    ]  # fmt: skip
    with on(APRIL):
        share = host().session.query(OrderCredit).first()
        host().records.update(share, {"share": Decimal(50)})
    assert figure("collected_net", APRIL, APRIL) == 0
    assert [float(figure("collected_net", user=user(name))) for name in people] == [
        500, 333.33, 166.67,
    ]  # fmt: skip
    assert agree()


def test_money_is_converted_at_its_own_rate(order: Any) -> None:
    """R11: EUR 10,000 received at 7.60; 3 % are 2,280. What is paid back has the same rate."""
    for day, rate in (("2026-03-01", "7.80"), ("2026-05-01", "7.60"), ("2026-06-01", "7.50")):
        rate_is("EUR", date.fromisoformat(day), rate)
    with on(MARCH):
        plan = instalment(order((1, 10_000), currency="EUR"), 100)
        assert (plan.open_company, plan.currency) == (78_000_00, "EUR")
    with on(MAY):
        receipt = receive("10000", currency="EUR")
    assert figure("collected") * 3 / 100 == 2280
    assert entries("amount", "currency", "rate", "rate_on", kind="collected") == [
        (10_000_00, "EUR", Decimal("7.6"), MAY)
    ]
    [part] = host().session.query(Allocation)
    host().records.delete(part)
    with on(date(2026, 6, 2)):
        host().records.transition(opened(host().records.transition(receipt, "refund")), "post")
    assert (figure("collected_net"), figure("refunded")) == (0, 76_000)
    with pytest.raises(Rejected, match="another currency"):
        receive(1, (plan, 1))
    assert agree()


def test_a_receipt_that_bounced_is_reversed_on_that_day(order: Any) -> None:
    """C02, C03: original and reversal are nothing together, and are named."""
    with on(MARCH):
        bill(order((1, 100)))
        receipt = receive(100)
    with on(APRIL):
        host().records.transition(receipt, "reverse", {"reverse_reason": "No cover"})
    assert (figure("collected", MARCH, MARCH), figure("collected_net", APRIL, APRIL)) == (100, -100)
    first, second = entries("id", "amount", "reverses_id", "original_day", kind="collected")
    assert second == (second[0], -100_00, first[0], MARCH)
    assert rows("paid", "open", "status") == [(0, 100_00, "open")]
    for change in ({"amount": 1}, {"received_on": MAY}, {"account_id": None}):
        with pytest.raises(Rejected):
            host().records.update(receipt, change)
    with pytest.raises(Rejected, match="Reverse it"):
        host().records.delete(receipt)
    assert agree()


def test_receipts_are_posted_by_those_who_may(order: Any) -> None:
    bill(order((1, 100)))
    with acting("ada"):
        host().records.update(
            host().session.get(Receivable, rows("id")[0][0]).account, {"owner_id": user("ann")}
        )
    with acting("ann"):
        receipt = receive(100, posted=False)
        with pytest.raises(Forbidden, match="Post and reverse"):
            host().records.transition(receipt, "post")
    with acting("fin"):
        host().records.transition(receipt, "post")
    assert receipt.owner_id == user("ann")
    with pytest.raises(Rejected, match="more than zero"):
        receive(0)
    with pytest.raises(Rejected, match="which receipt is paid back"):
        host().records.create(Receipt, {"account_id": 1, "kind": "refund", "amount": 1})


def test_what_was_booked_elsewhere_counts_from_its_own_day(order: Any) -> None:
    invoice = bill(order((1, 100)))
    receipt = receive(80, posted=False, status="posted", received_on=MARCH, external_id="B1")
    assert (receipt.name, receipt.unallocated) == ("B1 · Blue Mill", 80_00)
    host().records.create(Allocation, {"receipt_id": receipt.id, "invoice_id": invoice.id})
    assert (receipt.unallocated, figure("collected_net", MARCH, MARCH)) == (0, 80)
    assert {day for (day,) in entries("day", kind="collected")} == {MARCH}
    host().records.update(invoice, {"settled": True})
    assert (receipt.unallocated, rows("open")) == (80_00, [(0,)])
    assert agree()


def test_nothing_is_posted_twice(order: Any) -> None:
    bill(order((1, 100)))
    receipt = receive(100)
    assert posting.post_receipts([receipt.id]) == 0
    db.session.expire_all()
    assert receipt.unallocated == 0
