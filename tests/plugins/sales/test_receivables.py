"""Payment plans: what instalments come to, when they are due, and invoices that have none."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from plugin_api.errors import Rejected
from plugin_api.host import host
from plugins.sales.models import Receivable
from plugins.sales.services import statement
from tests.plugins.sales.kit import (
    bill,
    instalment,
    move,
    on,
    receive,
)

MARCH, APRIL, MAY = date(2026, 3, 10), date(2026, 4, 7), date(2026, 5, 4)


def rows(*names: str, **where: Any) -> list[tuple[Any, ...]]:
    found = host().session.query(Receivable).filter_by(**where).order_by(Receivable.id)
    return [tuple(getattr(each, name) for name in names) for each in found]


def agree() -> bool:
    return all(each.agrees for each in statement.held()) and not any(
        lacking for _total, _done, lacking in statement.differences()
    )


def test_a_plan_follows_its_order_to_the_cent(order: Any) -> None:
    made = order((3, "33.335"))
    for share in ("33.3333", "33.3333", "33.3334"):
        instalment(made, share)
    assert (made.total, made.planned, made.unplanned) == (100_01, 100_01, 0)
    assert rows("amount", "open", "status") == [
        (33_34, 33_34, "open"), (33_33, 33_33, "open"), (33_34, 33_34, "open"),
    ]  # fmt: skip
    host().records.delete(host().session.query(Receivable).order_by(Receivable.id.desc()).first())
    assert (made.planned, made.unplanned) == (66_67, 33_34)
    move(made, "delivery", 2)
    host().records.transition(made, "close")
    assert (made.planned, made.unplanned) == (44_44, 22_23)


def test_more_than_the_order_comes_to_is_not_planned(order: Any) -> None:
    made = order((1, 1000))
    instalment(made, 60)
    with pytest.raises(Rejected, match=r"add up to 100\.01 %"):
        instalment(made, "40.01")
    with pytest.raises(Rejected, match="more than the order comes to"):
        instalment(made, fixed=400_01)
    with pytest.raises(Rejected, match="a share, or a fixed amount"):
        instalment(made)
    instalment(made, fixed=400_00)
    assert made.unplanned == 0


def test_due_days_follow_what_happens(order: Any) -> None:
    with on(MARCH):
        made = order((10, 100), payment_days=14)
        for rule, days in (
            ("ordered", 5),
            ("first_delivery", 0),
            ("delivered", 30),
            ("invoiced", 10),
        ):
            instalment(made, 25, due_rule=rule, due_days=days, month_end=rule == "invoiced")
    assert rows("due_on") == [(date(2026, 3, 15),), (None,), (None,), (None,)]
    with on(APRIL):
        move(made, "delivery", 4)
        bill(made)
    assert rows("due_on")[1:] == [(APRIL,), (None,), (date(2026, 5, 10),)]
    with on(MAY):
        move(made, "delivery", 6)
    assert rows("due_on")[2] == (date(2026, 6, 3),)


def test_an_order_with_a_plan_is_paid_by_it_and_not_by_its_invoices(order: Any) -> None:
    made = order((1, 1000))
    invoice = bill(made)
    assert rows("invoice_id", "amount", "due_on") == [(invoice.id, 1000_00, invoice.due_on)]
    plan = instalment(made, 100)
    assert rows("invoice_id", "open") == [(None, 1000_00)]
    host().records.delete(plan)
    assert rows("invoice_id", "open") == [(invoice.id, 1000_00)]
    receive(10)
    with pytest.raises(Rejected, match="being paid already"):
        instalment(made, 100)


def test_nothing_is_asked_for_before_an_order_is_confirmed(order: Any) -> None:
    made = order((1, 100), confirmed=False)
    plan = instalment(made, 50)
    assert (plan.status, plan.amount, plan.open) == ("planned", 50_00, 0)
    receipt = receive(70)
    assert receipt.unallocated == 70_00
    host().records.transition(made, "confirm")
    assert (plan.status, plan.open) == ("open", 50_00)
