"""Invoices and credit notes, foreign currencies, and what the statement holds against them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from plugin_api.errors import Forbidden, Rejected
from plugin_api.host import host
from plugins.sales.models import Invoice, InvoiceLine, OrderLine
from plugins.sales.services import statement
from plugins.sales.services.orders import lines_of
from tests.plugins.sales.kit import acting, bill, credit, entries, figure, move, on, opened, rate_is

MARCH, APRIL = date(2026, 3, 10), date(2026, 4, 7)


def test_a_credit_note_lowers_what_the_invoice_raised(order: Any) -> None:
    """C02, C03: on its own day, and in the period of the invoice for what is restated."""
    with on(MARCH):
        invoice = bill(order((3, "33.35"), (1, 500)))
    with on(APRIL):
        note = credit(invoice, quantity=Decimal(1), agreed=Decimal("33.35"))
    assert (invoice.number, note.number) == ("INV-2026-00001", "CN-2026-00001")
    assert note.total == 533_35
    assert figure("invoiced", MARCH, MARCH) == Decimal("600.05")
    assert figure("invoiced_net", APRIL, APRIL) == Decimal("-533.35")
    assert figure("invoiced_restated", MARCH, MARCH) == Decimal("66.70")
    again = credit(invoice)
    assert again.total == 66_70
    assert figure("invoiced_net") == 0
    with pytest.raises(Rejected, match="All of it is credited"):
        host().records.transition(invoice, "credit")


def test_more_than_was_invoiced_is_not_credited(order: Any) -> None:
    invoice = bill(order((3, 10)))
    with pytest.raises(Rejected, match="more than was invoiced"):
        credit(invoice, agreed=Decimal("30.01"))


def test_more_than_was_ordered_is_not_invoiced(order: Any) -> None:
    made = order((3, 10))
    first = opened(host().records.transition(made, "prepare_invoice"))
    second = opened(host().records.transition(made, "prepare_invoice"))
    host().records.transition(first, "post")
    with pytest.raises(Rejected, match="more than was ordered"):
        host().records.transition(second, "post")


def test_parts_of_a_line_add_up_to_it_on_invoices(order: Any) -> None:
    made = order((3, "33.335"))
    assert made.amount == 100_01
    for _each in range(3):
        invoice = opened(host().records.transition(made, "prepare_invoice"))
        [line] = host().session.query(InvoiceLine).filter_by(invoice_id=invoice.id)
        host().records.update(line, {"quantity": Decimal(1)})
        host().records.transition(invoice, "post")
    amounts = [amount for (amount,) in entries("amount", kind="invoiced")]
    assert (amounts, sum(amounts)) == ([33_34, 33_33, 33_34], 100_01)


def test_what_is_posted_stays(order: Any) -> None:
    invoice = bill(order((3, 10)))
    [line] = host().session.query(InvoiceLine).filter_by(invoice_id=invoice.id)
    for change in (
        lambda: host().records.update(line, {"quantity": Decimal(1)}),
        lambda: host().records.update(invoice, {"region": "West"}),
        lambda: host().records.delete(invoice),
        lambda: host().records.delete(line),
    ):
        with pytest.raises(Rejected, match="Write a credit note"):
            change()
    host().records.update(invoice, {"note": "Thank you", "due_on": APRIL})


def test_a_rep_does_not_post_invoices(order: Any) -> None:
    invoice = opened(host().records.transition(order((3, 10)), "prepare_invoice"))
    with acting("ann"), pytest.raises(Forbidden, match="Post invoices"):
        host().records.transition(invoice, "post")


def test_an_invoice_without_an_order_is_the_owners(order: Any) -> None:
    order(confirmed=False)
    with acting("fin"):
        made = host().records.create(Invoice, {"account_id": 1, "region": "North"})
        host().records.create(
            InvoiceLine, {"invoice_id": made.id, "quantity": Decimal(2), "price": Decimal("0.125")}
        )
        host().records.transition(made, "post")
    assert (made.amount, figure("invoiced", region="North")) == (25, Decimal("0.25"))


def test_numbers_of_invoices_have_no_gaps_though_drafts_go(order: Any) -> None:
    made = order((3, 10))
    draft = opened(host().records.transition(made, "prepare_invoice"))
    assert (draft.number, draft.name) == (None, "Blue Mill")
    host().records.delete(draft)
    assert bill(made).number == "INV-2026-00001"


def test_every_step_of_an_order_is_converted_at_its_own_rate(order: Any) -> None:
    """R11, C04, C21: EUR 10,000 booked at 7.80, invoiced at 7.70; 3 % are 2,340 and 2,310."""
    for day, rate in (("2026-03-01", "7.80"), ("2026-04-01", "7.70"), ("2026-05-01", "7.60")):
        rate_is("EUR", date.fromisoformat(day), rate)
    with on(MARCH):
        made = order((1, 10_000), currency="EUR")
        order((1, 50))
    with on(APRIL):
        invoice = bill(made)
        move(made, "delivery", 1)
    with on(date(2026, 5, 4)):
        credit(invoice)
        move(made, "return", 1)
    assert (figure("booked") - 50, figure("invoiced")) == (78_000, 77_000)
    assert (figure("booked_net"), figure("invoiced_net"), figure("delivered_net")) == (50, 0, 0)
    [(amount, currency, rate, on_day)] = entries(
        "amount", "currency", "rate", "rate_on", event="invoiced"
    )
    assert (amount, currency, rate, on_day) == (10_000_00, "EUR", Decimal("7.7"), APRIL)
    assert made.amount_company == 78_000_00


def test_without_a_rate_nothing_is_booked(order: Any) -> None:
    with pytest.raises(Rejected, match="no exchange rate"):
        order((1, 10), currency="USD")


def test_margin_is_for_those_who_may_see_cost(order: Any) -> None:
    made = order(confirmed=False)
    host().records.create(OrderLine, {"order_id": made.id, "product_id": 1, "quantity": Decimal(4)})
    host().records.transition(made, "confirm")
    assert [line.cost for line in lines_of(made.id)] == [500]
    bill(made)
    assert (figure("margin"), figure("costed")) == (2000, 4000)
    assert host().measures.value("sales.margin_rate") == Decimal("0.5")
    with acting("ann"):
        keys = {each.key for each in host().measures.all()}
        assert "sales.invoiced" in keys
        assert not keys & {"sales.margin", "sales.margin_rate", "sales.costed"}


def test_the_statement_agrees_with_the_documents(order: Any) -> None:
    with on(MARCH):
        made = order((10, 100), (1, "0.05"))
        move(made, "delivery", 6, 1)
        bill(made)
    with on(APRIL):
        move(made, "return", 2)
        host().records.transition(made, "close")
    held = {each.event: each for each in statement.held(made.account_id)}
    assert {name: (str(each.quantity.normalize()), each.agrees) for name, each in held.items()} == {
        "booked": ("11", True), "cancelled": ("-4", True), "delivered": ("7", True),
        "returned": ("-2", True), "invoiced": ("11", True),
    }  # fmt: skip
    whole, blue = statement.movements(date(2026, 4, 1), date(2026, 4, 30))
    booked = blue.movements["booked"]
    assert (blue.name, booked.opening, booked.added, booked.taken, booked.closing) == (
        "Blue Mill", 1000_05, 0, -600_00, 400_05,
    )  # fmt: skip
    assert whole.movements["booked"].closing == 400_05
    assert [lacking for _total, _done, lacking in statement.differences()] == [[], []]


def test_an_invoice_that_would_be_due_after_the_last_day_is_refused(order: Any) -> None:
    draft = opened(host().records.transition(order((1, 100)), "prepare_invoice"))
    with pytest.raises(Rejected) as refused:
        host().records.transition(draft, "post", {"invoiced_on": date.max})
    assert list(refused.value.errors) == ["invoiced_on"]


def test_a_line_of_more_than_a_column_holds_is_refused(order: Any) -> None:
    values = {"order_id": order((1, 100), confirmed=False).id, "description": "Much",
              "quantity": Decimal(10**13), "price": Decimal(10**13)}  # fmt: skip
    with pytest.raises(Rejected) as refused:
        host().records.create(OrderLine, values)
    assert list(refused.value.errors) == ["quantity"]
