"""What must always hold of the ledger, whatever happens in whichever order."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.extensions import db
from plugin_api.errors import Refused
from plugin_api.host import host
from plugins.sales.models import OrderCredit, OrderLine, Receipt, Receivable
from plugins.sales.services import posting, statement
from plugins.sales.services.orders import lines_of
from tests.harness import Installation
from tests.plugins.sales.kit import (
    bill,
    credit,
    entries,
    figure,
    instalment,
    move,
    receive,
    user,
)

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("deliver"), st.integers(1, 6)),
        st.tuples(st.just("return"), st.integers(1, 4)),
        st.tuples(st.just("amend"), st.integers(1, 12)),
        st.tuples(st.just("reprice"), st.integers(0, 40)),
        st.tuples(st.just("share"), st.integers(1, 60)),
        st.tuples(st.just("invoice"), st.just(0)),
        st.tuples(st.just("credit"), st.just(0)),
        st.tuples(st.just("plan"), st.integers(1, 100)),
        st.tuples(st.just("receive"), st.integers(1, 300)),
        st.tuples(st.sampled_from(["pay_back", "bounce", "allocate"]), st.just(0)),
        st.tuples(st.sampled_from(["close", "cancel", "reopen"]), st.just(0)),
    ),
    max_size=12,
)


def take(order: Any, step: str, number: int) -> None:
    """One thing that may happen to an order."""
    records = host().records
    first = lines_of(order.id)[0]
    if step in ("deliver", "return"):
        move(order, "delivery" if step == "deliver" else "return", number)
    elif step == "amend":
        records.update(first, {"quantity": Decimal(number)})
    elif step == "reprice":
        records.update(first, {"discount": Decimal(number)})
    elif step == "share":
        records.create(
            OrderCredit, {"order_id": order.id, "user_id": user("bo"), "share": Decimal(number)}
        )
    elif step == "invoice":
        bill(order)
    elif step == "credit":
        posted = entries("invoice_id", event="invoiced")
        if posted:
            credit(host().session.get(_invoice(), posted[0][0]))
    elif step in ("plan", "receive", "pay_back", "bounce", "allocate"):
        pay(order, step, number)
    else:
        records.transition(order, step)


def pay(order: Any, step: str, number: int) -> None:
    """One thing that may happen to the money for it."""
    records = host().records
    last = host().session.query(Receipt).order_by(Receipt.id.desc()).first()
    if step == "plan":
        instalment(order, number)
    elif step == "receive":
        receive(number, owner_id=user("bo"))
    elif last is not None and step == "pay_back":
        records.transition(records.transition(last, "refund")["open"], "post")
    elif last is not None:
        records.transition(last, "reverse" if step == "bounce" else step)


def _invoice() -> Any:
    from plugins.sales.models import Invoice

    return Invoice


@settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    # Making an example smaller would take minutes: a database is behind it.
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(STEPS)
def test_documents_and_ledger_say_the_same_whatever_happens(
    order: Any, steps: list[tuple[str, int]]
) -> None:
    with db.session.begin_nested() as all_of_it:
        made = order((6, "33.335"), (2, "0.07"))
        for step, number in steps:
            with db.session.begin_nested() as one:
                try:
                    take(made, step, number)
                except Refused:
                    one.rollback()
                    db.session.expire_all()
        assert all(each.agrees for each in statement.held(made.account_id))
        assert posting.post_orders([made.id]) == 0
        of = {row[0]: row for row in entries("id", "amount", "reverses_id", "kind", "event")}
        left = Counter({id_: row[1] for id_, row in of.items() if row[2] is None})
        for _id, amount, reverses, _kind, _event in of.values():
            if reverses is not None:
                left[reverses] += amount
        assert min(left.values()) >= 0, (steps, of)
        assert figure("booked_net") == figure("booked_restated")
        assert posting.post_receipts([each.id for each in host().session.query(Receipt)]) == 0
        _receivables_hold(made)
        assert sum(figure("booked_net", user=user(name)) for name in ("ann", "bo")) == figure(
            "booked_net"
        )
        all_of_it.rollback()
    db.session.expire_all()


def _receivables_hold(order: Any) -> None:
    """Nothing is paid too much, nothing is lost: what came in is for something or is credit."""
    rows = host().session.query(Receivable).all()
    assert all(0 <= row.paid <= row.amount and row.open in (0, row.amount - row.paid)
               for row in rows)  # fmt: skip
    plan = [row for row in rows if row.invoice_id is None]
    if plan:
        assert sum(row.amount for row in plan) == order.planned
        assert order.unplanned >= 0
    posted = host().session.query(Receipt).filter_by(status="posted", kind="receipt").all()
    for receipt in posted:
        assert receipt.amount == receipt.allocated + receipt.refunded + receipt.unallocated
        assert min(receipt.allocated, receipt.refunded, receipt.unallocated) >= 0
    assert sum(receipt.allocated for receipt in posted) == sum(row.paid for row in rows)
    assert figure("collected_net") * 100 == sum(r.amount - r.refunded for r in posted)


def test_the_day_is_that_of_the_company(sales: Installation, order: Any) -> None:
    """C34: half past midnight in Shanghai is the day before in UTC."""
    from datetime import UTC, date, datetime

    from plugin_api.context import clock_at

    with clock_at(datetime(2026, 3, 31, 16, 30, tzinfo=UTC)):
        made = order((1, 10))
    assert entries("day", order_id=made.id) == [(date(2026, 4, 1),)]


def test_many_lines_are_posted_by_few_statements(order: Any) -> None:
    orders = [order((1, 10)) for _each in range(6)]

    def count(lines: int) -> int:
        given = [
            {"order_id": made.id, "quantity": Decimal(1), "price": Decimal(3), "product_id": 1}
            for made in orders
            for _each in range(lines)
        ]
        seen: list[str] = []
        engine = db.session.get_bind()
        note = lambda *args: seen.append(args[2])  # noqa: E731
        sa.event.listen(engine, "before_cursor_execute", note)
        try:
            host().records.create_many(OrderLine, given)
        finally:
            sa.event.remove(engine, "before_cursor_execute", note)
        # The embedded database numbers rows one by one.
        return sum("INSERT INTO sales_order_line" not in text for text in seen)

    count(1)
    few = count(2)
    assert count(30) <= few + 3
