"""Receivables by age, statements of accounts, figures, reminders, and REST."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from core.collab.models import Notification
from core.jobs.running import Running, at_work
from plugin_api.context import current_company
from plugin_api.host import host
from plugins.crm.models import Account
from plugins.sales import cards, jobs, panels
from plugins.sales.models import Receivable
from plugins.sales.services import account_statement, ageing
from tests.harness import Installation
from tests.plugins.sales.kit import acting, bill, credit, figure, instalment, on, opened, receive
from tests.plugins.sales.kit import user as user_

API = "/api/v1/sales"
MARCH, MAY = date(2026, 3, 10), date(2026, 5, 11)


@pytest.fixture
def owing(order: Any) -> Any:
    """An order of which an instalment is in each bucket: 1.00, 2.00, 4.00, 8.00 and 16.00."""
    with on(MARCH):
        made = order((1, 31))
        for i, over in enumerate((0, 30, 31, 90, 91)):
            instalment(made, fixed=100 * 2**i, due_on=MAY - timedelta(days=over))
    return made


def test_who_owes_how_much_for_how_long(owing: Any) -> None:
    with on(MAY):
        receive(5, owner_id=user_("ann"))
        whole, blue = ageing.owing(owing.account_id)
        assert (blue.name, blue.buckets) == ("Blue Mill", [100, 200, 400, 800, 1100])
        assert (whole.total, whole.overdue, whole.credit) == (2600, 2500, 0)
        table = host().measures.table("sales.receivable", by=("age",))
        assert [(point.keys[0], int(point.value or 0)) for point in table] == [
            ("0", 100), ("1", 200), ("2", 400), ("3", 800), ("4", 1100),
        ]  # fmt: skip
        assert [row.open for row in ageing.late(2)] == [1100, 800]
        with acting("ann"):
            content = cards.collect()
            assert [line.tone for line in content.lines] == ["bad"] * 4 + ["neutral"]
            [panel] = panels.for_record(owing)
            assert [fact.share for fact in panel.facts] == [pytest.approx(5 / 31), None]
        with acting("cai"):
            assert ageing.owing()[0].total == 0
            assert cards.collect().lines == ()


@pytest.mark.parametrize("bucket", range(5))
def test_a_list_shows_what_is_in_a_bucket(owing: Any, bucket: int) -> None:
    with on(MAY):
        asked = {"open__gte": "0.01", **ageing.period_of(bucket)}
        found = host().records.matching(Receivable, asked)
        amounts = [row.open for row in host().session.query(Receivable).filter(found)]
        assert amounts == [100 * 2**bucket]


def test_figures_of_what_is_due_and_collected(owing: Any) -> None:
    """DSO: 26.00 owed, 31.00 invoiced in 90 days."""
    with on(MAY):
        receive(5)
        assert (figure("due"), figure("due_collected")) == (31, 5)
        assert host().measures.value("sales.collection_rate") == Decimal(5) / 31
        assert figure("due", MAY, MAY) == 1
        assert (figure("receivable"), figure("overdue")) == (26, 25)
        bill(owing)
        assert figure("invoiced_lately") == 31
        assert host().measures.value("sales.dso") == Decimal(26 * 90) / 31


def test_a_statement_of_account_opens_where_the_last_one_closed(order: Any) -> None:
    with on(MARCH):
        invoice = bill(order((1, 100)))
    with on(date(2026, 4, 1)):
        receipt = receive(60)
    with on(MAY):
        credit(invoice, agreed=Decimal(30))
        host().records.transition(receipt, "reverse")
        second = receive(150)
        host().records.transition(opened(host().records.transition(second, "refund")), "post")
    year = (date(2026, 1, 1), date(2026, 12, 31))
    [whole] = account_statement.sheets(invoice.account_id, *year)
    assert [(line.what, line.charged, line.paid, line.balance) for line in whole.lines] == [
        ("invoice", 100_00, 0, 100_00),
        ("receipt", 0, 60_00, 40_00),
        ("credit_note", -30_00, 0, 10_00),
        ("receipt", 0, 150_00, -140_00),
        ("reversal", 0, -60_00, -80_00),
        ("refund", 0, -80_00, 0),
    ]
    first = account_statement.sheets(invoice.account_id, year[0], date(2026, 4, 30))
    later = account_statement.sheets(invoice.account_id, date(2026, 5, 1), year[1])
    assert [first[0].closing, later[0].opening, later[0].closing] == [40_00, 40_00, 0]
    assert account_statement.open_items(invoice.account_id) == []
    with acting("cai"):
        assert account_statement.sheets(invoice.account_id, *year) == []


def test_owners_are_told_before_and_after(owing: Any) -> None:
    def told() -> list[str]:
        doing = Running(current_company().id, 0, "secret", {}, None)
        with at_work(doing):
            jobs.remind_owners()
        found = (
            host()
            .session.query(Notification)
            .filter_by(kind="reminder", model="sales.Receivable", user_id=user_("ann"))
        )
        assert doing.result["reminded"] > 0
        return [each.params["text"] for each in found.order_by(Notification.id)]

    with on(MAY - timedelta(days=3)):
        first = told()
    assert "CN¥1.00 are due in 3 days." in first
    host().session.query(Notification).delete()
    with on(MAY + timedelta(days=1)):
        assert "CN¥1.00 are overdue since yesterday." in told()


def test_a_receipt_goes_its_way_over_rest_and_pages(sales: Installation) -> None:
    client, token = sales.app.test_client(), sales.token("web", "fin")
    with sales.working("web"):
        account = host().session.query(Account).first()
        host().records.update(account, {"owner_id": sales.user_id("web", "ann")})
        account_id = account.id
    body = {"account": account_id, "amount": "12.50", "method": "bill"}
    made = client.post(f"{API}/receipts", json=body, headers=token)
    assert made.status_code == 201, made.json
    path = f"{API}/receipts/{made.json['id']}"
    for wrong in ({"amount": "0"}, {"amount": "-1"}, {"method": "gold"}, {"unallocated": "1"}):
        answer = client.post(f"{API}/receipts", json={**body, **wrong}, headers=token)
        assert answer.status_code == 422, answer.json
        assert list(wrong) == list(answer.json["errors"])
    refused = client.post(f"{path}/transitions/post", json={}, headers=sales.token("web", "ann"))
    assert refused.status_code in (403, 404)
    done = client.post(f"{path}/transitions/post", json={}, headers=token)
    assert done.status_code == 200, done.json
    found = client.get(path, headers=token).json
    assert (found["status"], found["unallocated"], found["number"][:3]) == (
        "posted", "12.50", "RC-",
    )  # fmt: skip
    page = sales.client("web", "fin")
    for address in ("/sales/receivables", "/sales/receivables?view=kanban", "/sales/receipts",
                    f"/sales/receipts/{made.json['id']}", "/sales/receivables-by-age",
                    f"/sales/accounts/{account_id}/statement"):  # fmt: skip
        answer = page.get(address)
        assert answer.status_code == 200, address
    assert "12.50" in answer.text
    assert sales.client("web", "ann").get("/sales/receivables-by-age").status_code == 200
    other = sales.client("web", "cai").get(f"/sales/accounts/{account_id}/statement")
    assert other.status_code == 404


def test_a_quote_goes_its_way_over_rest_and_pages(sales: Installation) -> None:
    client, token = sales.app.test_client(), sales.token("web", "ann")
    with sales.working("web"):
        account = host().session.query(Account).first()
        host().records.update(account, {"owner_id": sales.user_id("web", "ann")})
        account_id = account.id
    made = client.post(f"{API}/quotes", json={"account": account_id}, headers=token)
    assert made.status_code == 201, made.json
    path = f"{API}/quotes/{made.json['id']}"
    line = {"quote": made.json["id"], "description": "Pump", "quantity": "2", "price": "9.99"}
    assert client.post(f"{API}/quote-lines", json=line, headers=token).status_code == 201
    for move in ("send", "accept"):
        done = client.post(f"{path}/transitions/{move}", json={}, headers=token)
        assert done.status_code == 200, done.json
    found = client.get(path, headers=token).json
    assert (found["status"], found["total"]) == ("accepted", "19.98")
    for change in ({"status": "draft"}, {"subject": "x"}, {"total": "1"}):
        answer = client.patch(path, json={**change, "version": found["version"]}, headers=token)
        assert answer.status_code == 422, answer.json
    page = sales.client("web", "ann")
    for address in ("/sales/quotes", "/sales/quotes?view=kanban", f"/sales/quotes/{found['id']}"):
        assert page.get(address).status_code == 200, address
    paper = page.get(f"/sales/quotes/{found['id']}/pdf?language=en")
    assert paper.data.startswith(b"%PDF-")
    assert paper.headers["Content-Disposition"].endswith(f"{found['number']}-v1-en.pdf")
    other = sales.client("web", "cai").get(f"/sales/quotes/{found['id']}/pdf")
    assert other.status_code == 404
