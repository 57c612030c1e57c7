"""Webhooks: what is told, once it is so, signed, until it is taken."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any

import pytest
import sqlalchemy as sa

from core.collab.models import Notification
from core.extensions import db
from core.host import services
from core.webhooks import delivering
from core.webhooks.models import Webhook
from core.webhooks.signing import new_secret, signature
from plugin_api.models import model_of
from tests.rest.kit import ACME, Served
from tests.rest.receiving import ACCOUNTS, HOOKS, LOG, Receiver, due, listen, log, told

pytestmark = pytest.mark.usefixtures("listening")


def test_every_change_is_told_signed_and_logged(served: Served, port: int) -> None:
    ada = served("ada")
    hook = listen(ada, port)
    secret = ada.post(f"{HOOKS}/{hook['id']}/transitions/new_secret", {})["_result"]["secret"]
    made = ada.make(ACCOUNTS, name="Told", city="Ulm")
    path = f"{ACCOUNTS}/{made['id']}"
    changed = ada.patch(path, {"version": 1, "city": "Bonn"})
    ada.delete(path, {"version": changed["version"]})
    assert Receiver.got == []
    served.work()
    assert [each["type"] for each in told()] == [
        "crm.Account.created", "crm.Account.updated", "crm.Account.deleted",
    ]  # fmt: skip
    first, second, third = (each["data"] for each in told())
    assert first["record"] == made and first["by"]["label"] == "Ada"
    assert second["record"] == changed and second["changed"] == ["city"]
    assert third["record"] == changed and third["id"] == made["id"]
    for headers, body in Receiver.got:
        key = base64.b64decode(secret.removeprefix("whsec_"))
        said = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        right = base64.b64encode(hmac.new(key, said, hashlib.sha256).digest()).decode()
        assert f"v1,{right}" in headers["webhook-signature"].split(" ")
        assert headers["content-type"] == "application/json"
    rows = log(served, hook)
    assert [(row["state"], row["status"], row["attempts"]) for row in rows] == [
        ("delivered", 204, 1)
    ] * 3
    assert rows[0]["message"] == Receiver.got[0][0]["webhook-id"]
    assert rows[0]["body"].encode() == Receiver.got[0][1]
    assert secret not in json.dumps(rows) and secret not in ada.call("GET", HOOKS).text


def test_the_specification_s_own_example() -> None:
    """https://github.com/standard-webhooks/standard-webhooks"""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'
    made = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert len(base64.b64decode(new_secret().removeprefix("whsec_"))) == 32


def test_what_is_undone_is_not_told(served: Served, port: int) -> None:
    ada = served("ada")
    hook = listen(ada, port)
    model: Any = model_of("crm.Account")
    with pytest.raises(ZeroDivisionError), served.inst.working(ACME, "ada"):
        services().records.create(model, {"name": "Undone"})
        raise ZeroDivisionError
    with served.inst.working(ACME, "ada"):
        with pytest.raises(ZeroDivisionError), db.session.begin_nested():
            services().records.create(model, {"name": "Undone too"})
            raise ZeroDivisionError
        services().records.create(model, {"name": "Done"})
    ada.post(f"{ACCOUNTS}/bulk", {"create": [{"name": "Good"}, {"name": ""}]}, 422)
    served.work()
    assert [each["data"]["record"]["name"] for each in told()] == ["Done"]
    assert len(log(served, hook)) == 1


def test_only_what_was_asked_for_is_told(served: Served, port: int) -> None:
    ada = served("ada")
    listen(ada, port, on_update=False, on_delete=False, filter="city=Ulm&employees__gte=5")
    listen(ada, port, name="All", model=None, on_create=False)
    for n, (city, size) in enumerate([("Ulm", 7), ("Ulm", 3), ("Bonn", 9)]):
        made = ada.make(ACCOUNTS, name=f"F{n}", city=city, employees=size)
    lead = ada.make("/crm/leads", name="Lea")
    ada.patch(f"{ACCOUNTS}/{made['id']}", {"version": 1, "city": "Ulm"})
    ada.post(f"/crm/leads/{lead['id']}/transitions/work", {}, status=200)
    served.work()
    assert sorted((each["type"], each["data"]["record"]["name"]) for each in told()) == [
        ("crm.Account.created", "F0"),
        ("crm.Account.updated", "F2"),
        ("crm.Lead.transition", "Lea"),
    ]


def test_what_a_webhook_sees_no_more_has_left(served: Served, port: int) -> None:
    ada, rita, ids = served("ada"), served("rita"), served.ids
    listen(ada, port, filter="city=Ulm&q=harbour", on_create=False)
    listen(ada, port, name="All")
    listen(ada, port, name="Created", filter="city=Ulm", on_update=False, on_transition=False)
    made = ada.make(ACCOUNTS, name="Harbour", city="Ulm", owner=ids["rita"])
    path = f"{ACCOUNTS}/{made['id']}"
    served.work()
    Receiver.got.clear()

    def after(version: int, **change: Any) -> list[tuple[str, Any, Any]]:
        ada.patch(path, {"version": version, **change})
        served.work()
        found = [(each["type"].rpartition(".")[2], each["data"]) for each in told()]
        Receiver.got.clear()
        said = [
            (what, data["changed"], data["record"] and data["record"]["city"])
            for what, data in found
        ]
        return sorted(said, key=str)

    assert after(1, employees=5) == [("updated", ["employees"], "Ulm")] * 2
    assert after(2, city="Bonn") == [
        ("left", ["city"], None), ("updated", ["city"], "Bonn"),
    ]  # fmt: skip
    assert after(3, city="Trier") == [("updated", ["city"], "Trier")]
    assert after(4, city="Ulm", name="Quay") == [("updated", ["city", "name"], "Ulm")]
    assert after(5, name="Harbour") == [("updated", ["name"], "Ulm")] * 2
    # Many at once, and by words that an index beside the records is asked for.
    ada.post(f"{ACCOUNTS}/bulk", {"update": [{"id": made["id"], "version": 6, "name": "Quay"}]})
    served.work()
    assert sorted(each["type"] for each in told()) == ["crm.Account.left", "crm.Account.updated"]
    left = next(each["data"] for each in told() if each["type"] == "crm.Account.left")
    assert left == {
        "model": "crm.Account", "id": made["id"], "record": None, "changed": ["name"],
        "by": {"id": ids["ada"], "label": "Ada"},
    }  # fmt: skip
    assert rita.get(path)["name"] == "Quay"


def test_what_its_person_may_see_no_more_has_left(served: Served, port: int) -> None:
    ada, ids = served("ada"), served.ids
    hook = listen(ada, port, filter="city=Gent", on_create=False)
    with served.inst.working(ACME):
        db.session.get_one(Webhook, hook["id"]).user_id = ids["max"]
    made = ada.make(ACCOUNTS, name="Handed on", city="Gent", owner=ids["rita"])
    ada.patch(f"{ACCOUNTS}/{made['id']}", {"version": 1, "owner": ids["ravi"]})
    ada.patch(f"{ACCOUNTS}/{made['id']}", {"version": 2, "city": "Rome"})
    served.work()
    assert [(each["type"], each["data"]["record"]) for each in told()] == [
        ("crm.Account.left", None)
    ]


def test_what_a_merge_changes_is_told_as_it_is_then(served: Served, port: int) -> None:
    ada = served("ada")
    old, new = (ada.make(ACCOUNTS, name=name)["id"] for name in ("Old", "New"))
    deal = ada.make("/crm/opportunities", name="Deal", account=old)
    listen(ada, port, model="crm.Opportunity")
    listen(ada, port, model="crm.Opportunity", name="Of the old", filter=f"account={old}")
    with served.inst.working(ACME):
        services().merging.move("crm.Account", [old], new)
    served.work()
    found = {each["type"]: each["data"] for each in told()}
    assert found.keys() == {"crm.Opportunity.updated", "crm.Opportunity.left"}
    assert {each["id"] for each in found.values()} == {deal["id"]}
    assert found["crm.Opportunity.updated"]["record"]["account"]["id"] == new
    assert found["crm.Opportunity.left"]["changed"] == ["account"]


def test_a_failure_is_tried_again_later_and_later(served: Served, port: int) -> None:
    hook = listen(served("ada"), port)
    Receiver.answers[:] = [500, 302, 200]
    served("ada").make(ACCOUNTS, name="Persistent")
    served.work()
    [row] = log(served, hook)
    assert (row["state"], row["status"], row["attempts"], row["answer"]) == (
        "pending", 500, 1, "because",
    )  # fmt: skip
    served.work()
    assert len(Receiver.got) == 1
    due(served)
    # A redirect is not followed: it may lead inside.
    assert log(served, hook)[0]["status"] == 302 and len(Receiver.got) == 2
    due(served)
    [row] = log(served, hook)
    assert (row["state"], row["attempts"]) == ("delivered", 3)
    assert len({headers["webhook-id"] for headers, _body in Receiver.got}) == 1
    assert len({body for _headers, body in Receiver.got}) == 1
    assert served("ada").get(f"{HOOKS}/{hook['id']}")["failures"] == 0
    pauses = [delivering.pause(n).total_seconds() for n in range(1, 11)]
    assert pauses[:8] == sorted(pauses[:8]) and pauses[0] < 10 and pauses[-1] > 60_000


def test_it_is_switched_off_after_many_failures_and_administrators_are_told(
    served: Served, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook = listen(served("ada"), port)
    monkeypatch.setattr(delivering, "IN_A_ROW", 30)
    Receiver.answers[:] = [500] * 25
    served("ada").post(f"{ACCOUNTS}/bulk", {"create": [{"name": f"No {n}"} for n in range(25)]})
    served.work()
    found = served("ada").get(f"{HOOKS}/{hook['id']}")
    assert (found["state"], found["failures"]) == ("disabled", 20)
    assert "20" in found["reason"]
    assert len(Receiver.got) == 20
    with served.inst.working(ACME):
        notice = db.session.scalars(
            sa.select(Notification).where(Notification.kind == "webhook")
            .order_by(Notification.id.desc())
        ).first()  # fmt: skip
        assert notice is not None and notice.user_id == served.ids["ada"]
    page = served.inst.client(ACME, "ada").get("/notifications").text
    assert "20 failures in a row." in page
    served("rita").make(ACCOUNTS, name="Not while it is off")
    assert len(log(served, hook)) == 25
    Receiver.answers.clear()
    served("ada").post(f"{HOOKS}/{hook['id']}/transitions/switch_on", {})
    due(served)
    assert {row["state"] for row in log(served, hook)} == {"delivered"}


def test_an_address_that_is_gone_is_switched_off_at_once(served: Served, port: int) -> None:
    hook = listen(served("ada"), port)
    Receiver.answers[:] = [410]
    served("ada").make(ACCOUNTS, name="Gone")
    served.work()
    assert served("ada").get(f"{HOOKS}/{hook['id']}")["state"] == "disabled"


def test_a_message_is_sent_again_by_hand(served: Served, port: int) -> None:
    ada = served("ada")
    hook = listen(ada, port)
    ada.post(f"{HOOKS}/{hook['id']}/transitions/ping", {})
    served.work()
    [row] = log(served, hook)
    assert row["event"] == "ping" and told()[0]["data"]["webhook"]["name"] == "Shop"
    ada.post(f"{LOG}/{row['id']}/transitions/resend", {})
    served.work()
    assert len(Receiver.got) == 2 and Receiver.got[0][1] == Receiver.got[1][1]
    assert log(served, hook)[0]["state"] == "delivered"


def test_a_worker_that_dies_loses_nothing(
    served: Served, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the middle of sending: the message is due again, and the run is taken up again."""
    hook = listen(served("ada"), port)
    served("ada").make(ACCOUNTS, name="Survivor")
    real = delivering._send

    def killed(*args: Any) -> Any:
        raise SystemError("killed")

    monkeypatch.setattr(delivering, "_send", killed)
    served.work()
    assert log(served, hook)[0]["state"] == "pending" and told() == []
    monkeypatch.setattr(delivering, "_send", real)
    due(served)
    assert log(served, hook)[0]["state"] == "delivered"
