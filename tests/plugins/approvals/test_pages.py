"""Asking and deciding in a browser and over REST, deputies, and who may read what they decide."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from core.access.models import Absence
from core.extensions import db
from plugin_api.context import current_company, today
from plugin_api.host import host
from plugins.approvals.models import Decision, Request
from plugins.sales.models import Order
from tests.harness import Installation
from tests.plugins.approvals.conftest import CONFIRM, order_of
from tests.plugins.crm.kit import user

HX = {"HX-Request": "true"}


@pytest.fixture(scope="module")
def web(inst: Installation) -> Iterator[Installation]:
    with inst.working("web"):
        host().records.create(
            Absence,
            {"user": user("chief"), "deputy": user("bo"), "first_day": today(),
             "last_day": today() + timedelta(days=2)},
        )  # fmt: skip
    yield inst


def form(inst: Installation, **values: Any) -> dict[str, Any]:
    with inst.working("web"):
        return {"_company": str(current_company().id), **values}


def made(inst: Installation, price: int, owner: str = "ann") -> int:
    with inst.working("web"):
        return order_of(price, owner).id


def decision(inst: Installation, order_id: int, name: str, state: str = "waiting") -> int:
    with inst.working("web"):
        asked = (
            host().session.query(Decision.id).join(Request, Request.id == Decision.request_id)
            .filter(Request.about_id == order_id, Decision.state == state,
                    Decision.owner_id == user(name))
        )  # fmt: skip
        return int(asked.one()[0])


def status(inst: Installation, order_id: int) -> str:
    with inst.working("web"):
        return str(host().session.get(Order, (current_company().id, order_id)).status)


def asked(web: Installation, order_id: int) -> None:
    data = form(web, move=CONFIRM, id=order_id, comment="Please")
    assert web.client("web", "ann").post("/approvals/ask", data=data).status_code == 303


def test_from_the_record_to_the_question_and_back(web: Installation) -> None:
    number, ann, boss = made(web, 1000), web.client("web", "ann"), web.client("web", "boss")
    path = f"/sales/orders/{number}"
    answer = ann.post(f"{path}/transitions/confirm", data=form(web, version=""))
    assert answer.status_code == 303 and answer.location.startswith("/approvals/ask?")
    scripted = ann.post(f"{path}/transitions/confirm", data=form(web), headers=HX)
    assert scripted.status_code == 422 and scripted.json["open"].startswith("/approvals/ask?")
    page = ann.get(answer.location).text
    assert "Manager: Boss" in page and "Ask for approval" in page
    asked(web, number)
    page = ann.get(path).text
    assert "Approval: Waiting" in page and "Take back" in page
    again = ann.post("/approvals/ask", data=form(web, move=CONFIRM, id=number))
    assert again.status_code == 422 and "asked for already" in again.text
    assert "Blue Mill" in boss.get("/home/cards/approvals.waiting").text
    page = boss.get(path).text
    assert "Approve" in page and "Refuse" in page
    decide = f"/approvals/decisions/{decision(web, number, 'boss')}/transitions/approve"
    assert boss.post(decide, data=form(web, comment="Good")).status_code == 303
    assert status(web, number) == "confirmed"
    assert "Approved and done" in ann.get(path).text
    assert "Nothing waits" in boss.get("/home/cards/approvals.waiting").text


def test_over_rest(web: Installation) -> None:
    number = made(web, 1000)
    client, ann = web.app.test_client(), web.token("web", "ann")
    held = client.post(f"/api/v1/sales/orders/{number}/transitions/confirm", headers=ann, json={})
    assert held.status_code == 422 and "needs an approval" in held.text
    values = {"move": CONFIRM, "about_id": number}
    answer = client.post("/api/v1/approvals/requests", headers=ann, json=values)
    assert answer.status_code == 201 and answer.json["state"] == "waiting", answer.text
    path = f"/api/v1/approvals/decisions/{decision(web, number, 'boss')}/transitions"
    boss = web.token("web", "boss")
    refused = client.post(f"{path}/refuse", headers=boss, json={})
    assert refused.status_code == 422 and "comment" in refused.json["errors"]
    assert client.post(f"{path}/approve", headers=boss, json={}).status_code == 200
    assert status(web, number) == "confirmed"


def test_who_is_asked_may_read_the_record_and_a_deputy_decides(web: Installation) -> None:
    number, path = made(web, 10000), ""
    asked(web, number)
    bo = web.client("web", "bo")
    path = f"/sales/orders/{number}"
    assert bo.get(path).status_code == 404
    for name in ("boss", "fin", "fay"):
        client = web.client("web", name)
        decide = f"/approvals/decisions/{decision(web, number, name)}/transitions/approve"
        assert client.post(decide, data=form(web)).status_code == 303
    waiting = decision(web, number, "chief")
    assert "Blue Mill" in bo.get("/home/cards/approvals.waiting").text
    answer = bo.post(f"/approvals/decisions/{waiting}/transitions/approve", data=form(web))
    assert answer.status_code == 303
    assert status(web, number) == "confirmed"
    with web.working("web"):
        found = host().session.get(Decision, (current_company().id, waiting))
        assert found.by_id == user("bo")


def test_no_deputy_agrees_to_what_they_have_asked(web: Installation) -> None:
    with web.working("web"):
        number = order_of(10000, "bo").id
    bo = web.client("web", "bo")
    data = form(web, move=CONFIRM, id=number)
    assert bo.post("/approvals/ask", data=data).status_code == 303
    for name in ("boss", "fin", "fay"):
        decide = f"/approvals/decisions/{decision(web, number, name)}/transitions/approve"
        assert web.client("web", name).post(decide, data=form(web)).status_code == 303
    path = f"/approvals/decisions/{decision(web, number, 'chief')}/transitions/approve"
    assert bo.post(path, data=form(web)).status_code == 403
    assert status(web, number) == "draft"


def test_passed_on_one_reads_it_for_a_while(web: Installation) -> None:
    number = made(web, 1000, "ann")
    asked(web, number)
    boss, bo = web.client("web", "boss"), web.client("web", "bo")
    path = f"/approvals/decisions/{decision(web, number, 'boss')}/transitions/pass_on"
    with web.working("web"):
        to = user("bo")
    assert bo.get(f"/sales/orders/{number}").status_code == 404
    assert boss.post(path, data=form(web, to="Bo", to__id=to)).status_code == 303
    assert bo.get(f"/sales/orders/{number}").status_code == 200
    assert bo.post(f"/sales/orders/{number}", data=form(web, note="x")).status_code in (403, 404)


def test_addresses_that_name_nothing(web: Installation) -> None:
    ann = web.client("web", "ann")
    number = made(web, 1000, "boss")
    for query in ("", "?move=sales.Order:confirm&id=x", f"?move={CONFIRM}&id={number}",
                  f"?move={CONFIRM}&id=999999999999"):  # fmt: skip
        assert ann.get(f"/approvals/ask{query}").status_code == 404, query
    for move in ("core.User:fly", "nonsense", "sales.Order:close"):
        page = ann.get(f"/approvals/ask?move={move}&id={made(web, 1000)}")
        assert page.status_code == 200 and 'role="alert"' in page.text
    assert web.client("web", "eve").get("/approvals/ask?move=x&id=1").status_code == 403


def test_two_who_decide_at_once_come_one_after_the_other(web: Installation) -> None:
    """Both people of finance agree in the same moment: the chief is asked, once."""
    number = made(web, 10000)
    asked(web, number)
    boss = web.client("web", "boss")
    path = "/approvals/decisions/{}/transitions/approve"
    boss.post(path.format(decision(web, number, "boss")), data=form(web))
    data = form(web)
    people = [(web.client("web", n), decision(web, number, n)) for n in ("fin", "fay")]

    def agree(one: tuple[Any, int]) -> int:
        return int(one[0].post(path.format(one[1]), data=data).status_code)

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(agree, people)) == [303, 303]
    assert decision(web, number, "chief") > 0
    with web.working("web"):
        db.session.expire_all()
