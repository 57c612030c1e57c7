"""Several people settle the same at the same moment, on a database that lets them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from core.host import services
from plugin_api.errors import Refused
from plugin_api.host import host
from plugins.crm.models import Account
from plugins.sales.models import (
    Allocation,
    Order,
    OrderLine,
    Quote,
    QuoteLine,
    Receipt,
    Receivable,
)
from plugins.sales.services import statement
from tests.harness import Installation
from tests.plugins.sales.conftest import settled
from tests.plugins.sales.kit import bill, credit, instalment, receive, user

RECEIPTS = 6


@pytest.fixture(scope="module")
def sales(
    tmp_path_factory: pytest.TempPathFactory, new_postgres_url: Callable[[], str]
) -> Iterator[Installation]:
    made = settled(tmp_path_factory.mktemp("sales-together"), database_url=new_postgres_url())
    yield made
    with made.app.app_context():
        services().engine.dispose()


def confirmed(price: int) -> Order:
    account = host().session.query(Account).filter_by(name="Blue Mill").one()
    made = host().records.create(Order, {"account_id": account.id, "owner_id": user("ann")})
    host().records.create(
        OrderLine, {"order_id": made.id, "description": "Line", "price": price, "quantity": 1}
    )
    host().records.transition(made, "confirm")
    return made


def at_once(sales: Installation, deeds: list[Callable[[], Any]]) -> list[str]:
    """Do each in a transaction of its own, all begun before any goes on; what was refused."""
    gate, told = threading.Barrier(len(deeds)), list[str]()

    def work(deed: Callable[[], Any]) -> None:
        try:
            with sales.working("web"):
                gate.wait(30)
                deed()
        except Refused as refused:
            told.append(str(refused.message))
        except BaseException as error:
            told.append(repr(error))

    threads = [threading.Thread(target=work, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def post(id_: int) -> Callable[[], None]:
    def deed() -> None:
        host().records.transition(host().session.get(Receipt, id_), "post")

    return deed


@pytest.mark.parametrize("by_hand", [True, False])
def test_receipts_for_one_instalment_never_pay_too_much(sales: Installation, by_hand: bool) -> None:
    """Those by hand that come too late are told; the others leave the customer a credit."""
    with sales.working("web"):
        plan = instalment(confirmed(100), 100)
        parts = [(plan, 40)] if by_hand else []
        ids = [receive(40, *parts, posted=False).id for _each in range(RECEIPTS)]
        row = plan.id
    told = at_once(sales, [post(id_) for id_ in ids])
    with sales.working("web"):
        plan = host().session.get(Receivable, row)
        receipts = host().session.query(Receipt).filter(Receipt.id.in_(ids)).all()
        given = host().session.query(Allocation).filter_by(receivable_id=row).all()
        paid = sum(each.amount for each in given if each.receipt.status == "posted")
        assert (plan.paid, plan.open) == (paid, 100_00 - paid)
        if by_hand:
            assert len(told) == RECEIPTS - 2, told
            assert all("is open" in text for text in told), told
            assert paid == 80_00
        else:
            assert told == []
            assert paid == 100_00
            assert sum(each.unallocated for each in receipts) == 40_00 * RECEIPTS - 100_00
        assert all(each.agrees for each in statement.held())
        for each in receipts:
            if each.status == "posted":
                host().records.transition(each, "reverse")
        host().records.transition(plan.order, "cancel")


def test_a_credit_note_and_a_receipt_at_once_agree_in_the_end(sales: Installation) -> None:
    with sales.working("web"):
        invoice = bill(confirmed(100))
        kept, ids = invoice.id, [receive(100, posted=False).id for _each in range(2)]

    def take_back() -> None:
        credit(host().session.get(type(invoice), kept))

    told = at_once(sales, [take_back, *(post(id_) for id_ in ids)])
    assert told == []
    with sales.working("web"):
        found = host().session.query(Receivable).filter_by(invoice_id=kept).all()
        assert [each.open for each in found] in ([], [0])
        receipts = host().session.query(Receipt).filter(Receipt.id.in_(ids)).all()
        assert sum(each.unallocated for each in receipts) == 200_00
        numbers = sorted(each.number for each in receipts)
        assert int(numbers[1][-5:]) == int(numbers[0][-5:]) + 1
        assert all(each.agrees for each in statement.held())
        assert not any(lacking for _total, _done, lacking in statement.differences())


def test_a_quote_that_is_accepted_by_several_at_once_makes_one_order(sales: Installation) -> None:
    with sales.working("web"):
        account = host().session.query(Account).filter_by(name="Blue Mill").one()
        made = host().records.create(Quote, {"account_id": account.id})
        line = {"quote_id": made.id, "description": "Line", "price": 1, "quantity": 1}
        host().records.create(QuoteLine, line)
        host().records.transition(made, "send")
        id_ = made.id

    def accept() -> None:
        host().records.transition(host().session.get(Quote, id_), "accept")

    told = at_once(sales, [accept] * 4)
    assert told == ["It is decided already."] * 3
    with sales.working("web"):
        assert host().session.query(Order).filter_by(quote_id=id_).count() == 1
