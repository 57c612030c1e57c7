"""A POST sent twice under one key is done once."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

from plugin_api.context import clock_at, now
from tests.api.kit import Api

CUSTOMERS = "/ledger/customers"
KEY = {"Idempotency_Key": "order-1"}


def test_the_second_answer_is_the_first(ada: Api) -> None:
    first = ada.call("POST", CUSTOMERS, {"name": "Acme"}, **KEY)
    again = ada.call("POST", CUSTOMERS, {"name": "Acme"}, **KEY)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json == again.json
    assert first.headers["Location"] == again.headers["Location"]
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert ada.names(CUSTOMERS) == ["Acme"]


def test_without_a_key_or_with_another_it_is_done_again(ada: Api) -> None:
    for headers in ({}, {}, KEY, {"Idempotency_Key": "order-2"}):
        ada.post(CUSTOMERS, {"name": "Acme"}, 201, **headers)
    assert len(ada.names(CUSTOMERS)) == 4


def test_a_key_belongs_to_one_request(ada: Api) -> None:
    ada.post(CUSTOMERS, {"name": "Acme"}, 201, **KEY)
    ada.post(CUSTOMERS, {"name": "Bolt"}, 422, **KEY)
    ada.post("/ledger/sales", {"name": "Acme"}, 422, **KEY)
    assert ada.names(CUSTOMERS) == ["Acme"]


def test_a_key_belongs_to_one_person(ada: Api, as_: Any, olga: Api) -> None:
    for api in (ada, as_("rita"), olga):
        api.post(CUSTOMERS, {"name": "Acme"}, 201, **KEY)
    assert len(ada.names(CUSTOMERS)) == 2


def test_what_failed_may_be_sent_again_under_the_same_key(ada: Api) -> None:
    ada.post(CUSTOMERS, {"name": "Acme", "nothing": 1}, 422, **KEY)
    ada.post(CUSTOMERS, {"name": "Acme"}, 201, **KEY)
    assert ada.names(CUSTOMERS) == ["Acme"]


def test_bulk_and_transitions_take_keys_too(ada: Api) -> None:
    made = [ada.post("/ledger/sales/bulk", {"create": [{"name": "A"}]}, **KEY) for _ in range(2)]
    assert made[0] == made[1]
    path = f"/ledger/sales/{made[0]['create'][0]['id']}/transitions/lose"
    moved = [ada.post(path, None, Idempotency_Key="move") for _ in range(2)]
    assert moved[0] == moved[1]


def test_a_key_is_kept_for_a_day(ada: Api) -> None:
    ada.post(CUSTOMERS, {"name": "Acme"}, 201, **KEY)
    with clock_at(now() + timedelta(hours=25)):
        ada.post(CUSTOMERS, {"name": "Acme"}, 201, **KEY)
    assert len(ada.names(CUSTOMERS)) == 2


def test_a_key_has_a_length(ada: Api) -> None:
    ada.post(CUSTOMERS, {"name": "Acme"}, 400, Idempotency_Key="")
    ada.post(CUSTOMERS, {"name": "Acme"}, 400, Idempotency_Key="x" * 201)


def test_twins_at_the_same_time_make_one_record(app: Any, world: Any, ada: Api) -> None:
    answers: list[Any] = []

    def send() -> None:
        api = Api(app, world.tokens["ada"])
        answers.append(api.call("POST", CUSTOMERS, {"name": "Acme"}, **KEY))

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [201] * 4
    assert len({answer.json["id"] for answer in answers}) == 1
    assert ada.names(CUSTOMERS) == ["Acme"]
