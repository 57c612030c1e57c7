"""Creating, changing and deleting one record."""

from __future__ import annotations

import gzip
from typing import Any

import pytest

from tests.api.kit import Api, working

SALES, CUSTOMERS = "/ledger/sales", "/ledger/customers"


def test_a_new_record_says_where_it_is(ada: Api) -> None:
    response = ada.call("POST", CUSTOMERS, {"name": "Acme"})
    made = ada.checked(response, 201)
    assert response.headers["Location"] == f"/api/v1/ledger/customers/{made['id']}"
    response = ada.call("GET", f"{CUSTOMERS}/{made['id']}")
    assert response.headers["ETag"] == '"1"'
    assert response.json == made


def test_a_write_answers_what_a_read_answers(ada: Api) -> None:
    customer = ada.make(CUSTOMERS, name="Acme")["id"]
    made = ada.make(
        SALES, name="A", customer=customer, amount="10.5", quantity=2, chance="12.5",
        opened_on="2026-01-31", called_at="2026-01-31T10:00:00+02:00", urgent=True, notes=" n ",
    )  # fmt: skip
    assert made["customer"] == {"id": customer, "label": "Acme"}
    assert made == ada.get(f"{SALES}/{made['id']}")
    changed = ada.patch(f"{SALES}/{made['id']}", {"version": 1, "chance": 7, "customer": None})
    assert changed == ada.get(f"{SALES}/{made['id']}")


def test_every_field_at_fault_is_named_at_once(ada: Api) -> None:
    errors = ada.post(
        SALES,
        {
            "nothing": 1, "id": 5, "version": 1, "created_at": "2026-01-01",
            "amount": "much", "quantity": "-1", "chance": 101, "days": 1.5, "urgent": "perhaps",
            "opened_on": "31.1.2026", "called_at": "now", "customer": "x", "kind": "old",
            "extra": {}, "notes": 5, "name": "x" * 201,
        },
        422,
    )["errors"]  # fmt: skip
    assert set(errors) == {
        "nothing", "id", "version", "created_at", "amount", "quantity", "chance",
        "days", "urgent", "opened_on", "called_at", "customer", "kind", "extra", "notes", "name",
    }  # fmt: skip
    assert all(messages and all(messages) for messages in errors.values())
    # Then what only a look at the database and the workflow can tell.
    errors = ada.post(SALES, {"outcome": "won", "customer": 99}, 422)["errors"]
    assert {"outcome", "customer"} <= errors.keys()
    assert ada.get(SALES)["items"] == []


def test_what_is_required_must_be_there_and_stay(ada: Api) -> None:
    assert ada.post(SALES, {}, 422)["errors"].keys() == {"name"}
    assert ada.post(SALES, {"name": None}, 422)["errors"].keys() == {"name"}
    assert ada.post(SALES, {"name": " "}, 422)["errors"].keys() == {"name"}
    made = ada.make(SALES, name="A")
    errors = ada.patch(f"{SALES}/{made['id']}", {"version": 1, "name": None}, 422)["errors"]
    assert errors.keys() == {"name"}


@pytest.mark.parametrize(
    ("currency", "amount"),
    [
        ("CNY", "1.005"), ("JPY", "0.5"), ("CNY", "1e30"), ("CNY", "9" * 20), ("CNY", "9" * 100),
        ("CNY", "nan"), ("CNY", "inf"), ("CNY", True), ("CNY", [1]), ("CNY", "1e999999"),
        ("CNY", 10**400), ("CNY", 0.005),
    ],
)  # fmt: skip
def test_an_amount_that_cannot_be_held_is_refused(ada: Api, currency: str, amount: Any) -> None:
    sent = {"name": "A", "currency": currency, "amount": amount}
    assert ada.post(SALES, sent, 422)["errors"].keys() == {"amount"}


@pytest.mark.parametrize("field", ["days", "customer", "user"])
def test_a_number_that_no_database_holds_is_refused(ada: Api, field: str) -> None:
    assert ada.post(SALES, {"name": "A", field: 2**63}, 422)["errors"].keys() == {field}


def test_a_change_needs_the_version_that_was_read(ada: Api) -> None:
    path = f"{SALES}/{ada.make(SALES, name='A')['id']}"
    assert ada.patch(path, {"name": "B"}, 422)["errors"].keys() == {"version"}
    assert ada.patch(path, {"name": "B", "version": "x"}, 422)["errors"].keys() == {"version"}
    ada.patch(path, {"name": "B"}, 400, If_Match="*")
    response = ada.call("PATCH", path, {"name": "B"}, If_Match='"1"')
    assert (response.json["version"], response.headers["ETag"]) == (2, '"2"')
    assert ada.patch(path, {"name": "C", "version": 2})["version"] == 3
    assert ada.patch(path, {"name": "D"}, If_Match='W/"3"')["version"] == 4


def test_a_stale_change_shows_what_is_there_now(ada: Api) -> None:
    made = ada.make(SALES, name="A", amount="1")
    path = f"{SALES}/{made['id']}"
    now = ada.patch(path, {"name": "B", "version": 1})
    found = ada.patch(path, {"name": "C", "amount": "2", "version": 1}, 409)
    assert found["current"] == now
    assert ada.get(path) == now
    assert ada.delete(path, {"version": 1}, 409)["current"] == now
    ada.delete(path, {"version": 7}, 409)


def test_a_change_touches_what_is_sent_and_no_more(ada: Api) -> None:
    acme = ada.make(CUSTOMERS, name="Acme")["id"]
    made = ada.make(SALES, name="A", amount="1", days=3, customer=acme)
    path = f"{SALES}/{made['id']}"
    changed = ada.patch(path, {"version": 1, "days": None, "customer": None})
    assert changed == made | {
        "version": 2, "days": None, "customer": None, "updated_at": changed["updated_at"]
    }  # fmt: skip
    same = ada.patch(path, {"version": 2, "name": "A"})
    assert same["version"] == 2
    assert ada.patch(path, {"version": 2, "id": 99}, 422)["errors"].keys() == {"id"}
    assert ada.patch(path, {"version": 2, "id": made["id"], "name": "B"})["name"] == "B"


def test_a_new_currency_does_not_change_what_an_amount_says(ada: Api) -> None:
    made = ada.make(SALES, name="A", amount="10.50", currency="CNY")
    path = f"{SALES}/{made['id']}"
    errors = ada.patch(path, {"version": 1, "currency": "JPY"}, 422)["errors"]
    assert errors.keys() == {"amount"}
    changed = ada.patch(path, {"version": 1, "currency": "EUR"})
    assert (changed["amount"], changed["currency"]) == ("10.50", "EUR")
    changed = ada.patch(path, {"version": 2, "currency": "JPY", "amount": "1000"})
    assert (changed["amount"], changed["currency"]) == ("1000", "JPY")
    changed = ada.patch(path, {"version": 3, "amount": "7"})
    assert (changed["amount"], changed["currency"]) == ("7", "JPY")


def test_versions_that_contradict_each_other_are_refused(ada: Api) -> None:
    path = f"{SALES}/{ada.make(SALES, name='A')['id']}"
    for method, at, sent in (
        ("PATCH", path, {"name": "B", "version": 1}), ("DELETE", path, {"version": 1}),
        ("DELETE", f"{path}?version=1", None), ("POST", f"{path}/transitions/win", {"version": 1}),
    ):  # fmt: skip
        told = ada.checked(ada.call(method, at, sent, If_Match='"2"'), 422)
        assert "1, 2" in told["errors"]["version"][0], at
    ada.delete(f"{path}?version=2", {"version": 1}, 422)
    ada.delete(f"{path}?version=1&version=2", None, 422)
    ada.patch(path, {"name": "B", "version": "x"}, 422, If_Match='"1"')
    assert ada.get(path)["version"] == 1
    assert ada.patch(path, {"name": "B", "version": 1}, If_Match='"1"')["version"] == 2


def test_what_a_deletion_does_not_know_is_refused(ada: Api) -> None:
    made = ada.make(SALES, name="A")
    path = f"{SALES}/{made['id']}"
    for sent, field in (
        ({"version": 1, "force": True}, "force"), ({"version": 1, "name": "A"}, "name"),
        ({"version": 1, "id": made["id"] + 1}, "id"), ({"version": 1, "id": True}, "id"),
    ):  # fmt: skip
        assert ada.delete(path, sent, 422)["errors"].keys() == {field}
    assert ada.get(path)["version"] == 1
    ada.delete(path, {"version": 1, "id": made["id"]})


def test_a_record_is_deleted_with_its_version(ada: Api) -> None:
    for how in ("body", "header", "address"):
        path = f"{SALES}/{ada.make(SALES, name='A')['id']}"
        ada.delete(path, status=422)
        match how:
            case "body":
                ada.delete(path, {"version": 1})
            case "header":
                ada.delete(path, If_Match='"1"')
            case "address":
                ada.delete(f"{path}?version=1")
        ada.get(path, 404)
        ada.delete(path, {"version": 1}, 404)


def test_a_record_that_others_point_to_stays(ada: Api) -> None:
    acme = ada.make(CUSTOMERS, name="Acme")["id"]
    ada.make(SALES, name="A", customer=acme)
    told = ada.delete(f"{CUSTOMERS}/{acme}", {"version": 1}, 422)["errors"]
    assert told.keys() == {"_record"} and "Sales (1)" in told["_record"][0]
    assert ada.names(CUSTOMERS) == ["Acme"]


def test_what_is_unique_is_kept_so(ada: Api) -> None:
    ada.make(CUSTOMERS, name="Acme", external_id="C1")
    found = ada.call("POST", CUSTOMERS, {"name": "Bolt", "external_id": "C1"})
    assert found.status_code in (409, 422)
    assert ada.names(CUSTOMERS) == ["Acme"]


def test_a_reference_is_named_by_id_or_as_it_was_read(ada: Api) -> None:
    acme = ada.make(CUSTOMERS, name="Acme", external_id="C1")
    told = {"id": acme["id"], "label": "Acme"}
    for sent in (acme["id"], told, {"id": acme["id"]}):
        assert ada.make(SALES, name="A", customer=sent)["customer"] == told
    for sent in (0, -1, acme["id"] + 50, {"label": "Acme"}, [], True, 1.5):
        errors = ada.post(SALES, {"name": "A", "customer": sent}, 422)["errors"]
        assert errors.keys() == {"customer"}, sent


def test_permissions_and_record_rules_hold_for_changes(as_: Any, ada: Api, world: Any) -> None:
    rita, ana = as_("rita"), as_("ana")
    mine = ada.make(SALES, name="Mine", user=world.users["rita"])
    theirs = ada.make(SALES, name="Theirs", user=world.users["ravi"])
    rita.patch(f"{SALES}/{mine['id']}", {"version": 1, "days": 1})
    rita.patch(f"{SALES}/{theirs['id']}", {"version": 1, "days": 1}, 404)
    rita.delete(f"{SALES}/{theirs['id']}", {"version": 1}, 404)
    ana.patch(f"{SALES}/{mine['id']}", {"version": 2, "days": 1}, 403)
    ana.post(SALES, {"name": "A"}, 403)
    ana.delete(f"{SALES}/{mine['id']}", {"version": 2}, 403)
    assert ada.get(f"{SALES}/{theirs['id']}")["version"] == 1


def test_a_record_given_away_is_told_by_its_id_alone(as_: Any, ada: Api, world: Any) -> None:
    """Whatever the record rules make of it: never more than the caller may read."""
    rita = as_("rita")
    made = rita.call("POST", SALES, {"name": "Gift", "user": world.users["ravi"]})
    if made.status_code == 201:
        assert set(made.json) == {"id", "version"}
    else:
        assert made.status_code in (403, 422)
        assert ada.get(SALES)["items"] == []


def test_who_did_it_is_kept(app: Any, as_: Any, world: Any) -> None:
    made = as_("max").make(CUSTOMERS, name="Acme")
    as_("ada").patch(f"{CUSTOMERS}/{made['id']}", {"version": 1, "name": "Bolt"})
    with working(app):
        from core.host import services

        record = services().records.get(services().registry.models["ledger.Customer"], made["id"])
        assert (record.created_by, record.updated_by) == (world.users["max"], world.users["ada"])


def test_a_field_that_stands_twice_is_refused(ada: Api) -> None:
    for body, field in (
        ('{"name": "A", "name": "B"}', "name"), ('{"a": {"x": 1, "x": 1}}', "x"),
        ('{"\\ud800": 1, "\\ud800": 1}', "\ufffd"),
    ):  # fmt: skip
        headers = ada.headers | {"Content-Type": "application/json"}
        path = "/api/v1/ledger/customers"
        told = ada.checked(ada.client.post(path, data=body, headers=headers), 422)
        assert told["errors"].keys() == {field}
    # Of very many fields, one of them twice, the answer comes at once.
    many = ",".join(f'"f{i}":1' for i in range(200_000))
    body = f'{{{many},"f7":2}}'
    told = ada.checked(ada.client.post(path, data=body, headers=headers), 422)
    assert told["errors"].keys() == {"f7"}
    assert ada.names("/ledger/customers") == []


def test_a_packed_body_is_refused_as_such(ada: Api) -> None:
    headers = ada.headers | {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    path, body = "/api/v1/ledger/customers", gzip.compress(b'{"name": "A"}')
    answer = ada.client.post(path, data=body, headers=headers)
    ada.checked(answer, 415)
    assert answer.headers["Accept-Encoding"] == "identity"
