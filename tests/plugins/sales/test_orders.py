"""Orders from draft to the end, and what the ledger says of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from plugin_api.errors import Conflict, Forbidden, Refused, Rejected
from plugin_api.host import host
from plugins.catalog.models import Product
from plugins.sales.models import Order, OrderCredit, OrderLine
from plugins.sales.services.orders import lines_of
from tests.harness import Installation
from tests.plugins.sales.kit import acting, bill, entries, figure, move, on, user

MARCH, APRIL = date(2026, 3, 10), date(2026, 4, 7)


def test_lines_take_over_price_cost_and_name_of_the_product(order: Any) -> None:
    made = order(confirmed=False)
    pump = host().session.query(Product).filter_by(name="Pump").one()
    line = host().records.create(
        OrderLine,
        {"order_id": made.id, "product_id": pump.id, "quantity": Decimal(2),
         "discount": Decimal(10), "tax_rate": Decimal(13)},
    )  # fmt: skip
    assert (line.description, line.price, line.list_price, line.cost) == ("Pump", 1000, 1000, 500)
    assert (line.amount, line.tax) == (1800_00, 234_00)
    assert (made.amount, made.tax, made.total) == (1800_00, 234_00, 2034_00)
    host().records.update(made, {"discount": Decimal(5)})
    assert (line.amount, made.amount) == (1710_00, 1710_00)
    host().records.delete(line)
    assert made.total == 0


def test_a_confirmed_order_gets_the_next_number_and_is_booked(order: Any) -> None:
    with on(MARCH):
        first, second = order((2, 100)), order((1, "33.35"))
    assert (first.number, second.number) == ("SO-2026-00001", "SO-2026-00002")
    assert first.name == "SO-2026-00001 · Blue Mill"
    assert first.region == "East"
    assert entries("kind", "event", "amount", "day", order_id=first.id) == [
        ("booked", "booked", 200_00, MARCH)
    ]
    assert figure("booked", MARCH, MARCH) == Decimal("233.35")


def test_a_draft_counts_nowhere(order: Any) -> None:
    made = order((2, 100), confirmed=False)
    assert entries("id", order_id=made.id) == []
    host().records.transition(made, "cancel")
    assert entries("id", order_id=made.id) == []
    host().records.transition(made, "reopen")
    assert made.status == "draft"


def test_an_empty_order_is_not_confirmed(order: Any) -> None:
    made = order(confirmed=False)
    with pytest.raises(Rejected, match="needs a line"):
        host().records.transition(made, "confirm")


def test_the_story_of_an_order(order: Any) -> None:
    """Booked in March, partly delivered, invoiced, some of it back in April, the rest closed."""
    with on(MARCH):
        made = order((10, 100), (4, 50))
        move(made, "delivery", 6, 4)
        assert made.status == "partial"
        invoice = bill(made)
        assert (invoice.number, invoice.total, made.billed) == ("INV-2026-00001", 1200_00, "full")
    with on(APRIL):
        move(made, "return", 2)
        host().records.transition(made, "close")
    assert (made.status, [line.cancelled for line in lines_of(made.id)]) == ("closed", [4, 0])
    assert figure("booked", MARCH, MARCH) == 1200
    assert figure("booked_net", MARCH, MARCH) == 1200
    assert figure("booked_net", APRIL, APRIL) == -600
    assert figure("booked_restated", MARCH, MARCH) == 600
    assert figure("delivered", MARCH, MARCH) == 800
    assert figure("delivered_net", APRIL, APRIL) == -200
    assert figure("returned", APRIL, APRIL) == 200
    assert figure("invoiced_net", MARCH, MARCH) == 1200


def test_a_return_is_judged_in_the_period_of_the_order(order: Any) -> None:
    """R7: March 220,000, 40,000 back in April: March is worth 180,000, April −40,000."""
    with on(MARCH):
        made = order((220, 1000))
        host().records.transition(made, "deliver")
    with on(APRIL):
        move(made, "return", 40)
    assert figure("booked_restated", date(2026, 3, 1), date(2026, 3, 31)) == 180_000
    assert figure("booked_net", date(2026, 4, 1), date(2026, 4, 30)) == -40_000


def test_all_that_is_open_is_delivered_by_one_step(order: Any) -> None:
    made = order((10, 100))
    move(made, "delivery", 3)
    host().records.transition(made, "deliver")
    assert made.status == "delivered"
    assert figure("delivered") == 1000


def test_more_than_was_ordered_is_not_delivered(order: Any) -> None:
    made = order((10, 100))
    with pytest.raises(Rejected, match="more than was ordered"):
        move(made, "delivery", 11)


def test_more_than_was_delivered_does_not_come_back(order: Any) -> None:
    made = order((10, 100))
    move(made, "delivery", 5)
    with pytest.raises(Rejected, match="more than was delivered"):
        move(made, "return", 6)


def test_a_delivery_that_is_cancelled_takes_back_what_it_added(order: Any) -> None:
    made = order((10, 100))
    delivery = move(made, "delivery", 5)
    host().records.transition(delivery, "cancel")
    assert (made.status, figure("delivered")) == ("confirmed", 0)
    rows = entries("amount", "reverses_id", kind="delivered")
    assert [amount for amount, _of in rows] == [500_00, -500_00]
    assert rows[1][1] is not None


def test_an_amendment_is_a_new_entry(order: Any) -> None:
    with on(MARCH):
        made = order((10, 100))
    [line] = lines_of(made.id)
    with on(APRIL), acting("boss"):
        host().records.update(line, {"quantity": Decimal(12)})
        host().records.update(line, {"quantity": Decimal(7)})
        host().records.create(
            OrderLine, {"order_id": made.id, "quantity": Decimal(1), "price": Decimal(30)}
        )
    assert figure("booked_net", MARCH, MARCH) == 1000
    assert figure("booked_net", APRIL, APRIL) == -270
    assert figure("booked_restated", MARCH, MARCH) == 700
    assert made.amount == 730_00


def test_a_rep_does_not_amend_what_is_confirmed(order: Any) -> None:
    made = order((10, 100))
    [line] = lines_of(made.id)
    with acting("ann"), pytest.raises(Rejected, match="amend confirmed orders"):
        host().records.update(line, {"quantity": Decimal(1)})
    with acting("ann"), pytest.raises(Forbidden, match="amend confirmed orders"):
        host().records.transition(made, "cancel")


def test_less_than_was_delivered_is_not_left(order: Any) -> None:
    made = order((10, 100))
    move(made, "delivery", 6)
    with pytest.raises(Rejected, match="6 of it are delivered"):
        host().records.update(lines_of(made.id)[0], {"quantity": Decimal(5)})


def test_a_cancelled_order_nets_to_zero_and_comes_back(order: Any) -> None:
    made = order((10, 100), (3, "0.1"))
    host().records.transition(made, "cancel", {"cancel_reason": "Too late"})
    assert (made.status, figure("booked"), figure("booked_net")) == (
        "cancelled", Decimal("1000.30"), 0,
    )  # fmt: skip
    assert all(of for event, of in entries("event", "reverses_id") if event == "cancelled")
    host().records.transition(made, "reopen")
    assert (made.status, figure("booked_net")) == ("confirmed", Decimal("1000.30"))


def test_what_is_delivered_is_not_cancelled(order: Any) -> None:
    made = order((10, 100))
    move(made, "delivery", 1)
    with pytest.raises(Rejected, match="not possible while"):
        host().records.transition(made, "cancel")


def test_what_it_counts_for_is_fixed_once_it_is_confirmed(order: Any) -> None:
    made = order((10, 100))
    with pytest.raises(Rejected, match="is confirmed"):
        host().records.update(made, {"region": "West"})
    host().records.update(made, {"note": "By lorry", "owner_id": user("bo")})
    assert figure("booked", user=user("ann")) == 1000, "credit stays with whom it was given"


def test_credit_is_shared_out_to_the_cent(order: Any) -> None:
    """R6, and an overlay that is in no total."""
    made = order((1, 1000), confirmed=False)
    for name, share, kind in (("bo", "33.3333", "revenue"), ("cai", "33.3333", "revenue"),
                              ("boss", "50", "overlay")):  # fmt: skip
        host().records.create(
            OrderCredit,
            {"order_id": made.id, "user_id": user(name), "share": Decimal(share), "kind": kind},
        )
    host().records.transition(made, "confirm")
    assert [figure("booked", user=user(name)) for name in ("bo", "cai", "ann")] == [
        Decimal("333.33"), Decimal("333.33"), Decimal("333.34"),
    ]  # fmt: skip
    assert (figure("booked"), figure("overlay"), figure("overlay", user=user("boss"))) == (
        1000, 500, 500,
    )  # fmt: skip
    with pytest.raises(Rejected, match=r"would add up to 100\.0001"):
        host().records.create(
            OrderCredit,
            {"order_id": made.id, "user_id": user("eve"), "share": Decimal("33.3335")},
        )


def test_credit_that_is_given_later_moves_between_people_alone(order: Any) -> None:
    with on(MARCH):
        made = order((1, 1000))
    with on(APRIL), acting("fin"):
        host().records.create(
            OrderCredit, {"order_id": made.id, "user_id": user("cai"), "share": Decimal(40)}
        )
    assert [figure("booked_net", APRIL, APRIL, user=user(n)) for n in ("ann", "cai")] == [-400, 400]
    assert (figure("booked_net", APRIL, APRIL), figure("booked_restated", MARCH, MARCH)) == (
        0,
        1000,
    )


def test_nobody_begins_with_a_confirmed_order_without_the_right_to(acme: Installation) -> None:
    with acting("ann"), pytest.raises(Forbidden, match="handled elsewhere"):
        host().records.create(Order, {"status": "confirmed"})


def test_two_people_do_not_save_over_each_other(order: Any) -> None:
    made = order((1, 10), confirmed=False)
    with pytest.raises(Conflict):
        host().records.update(made, {"note": "x"}, version=made.version - 1)


@pytest.mark.parametrize("quantity", ["0", "-1"])
def test_a_quantity_is_more_than_zero(order: Any, quantity: str) -> None:
    with pytest.raises(Refused, match=r"more than zero|cannot be saved"):
        order((quantity, 10))
