"""Many records in one request: all of them or none."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.api.kit import Api, statements

SALES, CUSTOMERS = "/ledger/sales", "/ledger/customers"
BULK = f"{SALES}/bulk"


def make(api: Api, *names: str) -> list[Any]:
    return api.post(BULK, {"create": [{"name": name} for name in names]})["create"]


def test_create_change_and_delete_in_one_go(ada: Api) -> None:
    one, two, three = make(ada, "One", "Two", "Three")
    done = ada.post(
        BULK,
        {
            "create": [{"name": "Four", "amount": "4"}],
            "update": [one | {"name": "Uno"}, two | {"days": 2}],
            "delete": [three],
        },
    )
    assert [list(row) for row in done["create"]] == [["id", "version"]]
    assert done["update"] == [one | {"version": 2}, two | {"version": 2}]
    assert done["delete"] == [{"id": three["id"]}]
    assert ada.names(f"{SALES}?sort=id") == ["Uno", "Two", "Four"]


def test_ids_come_in_the_order_in_which_records_were_sent(ada: Api) -> None:
    made = make(ada, *(f"n{i}" for i in range(200)))
    by_id = {item["id"]: item["name"] for item in ada.get(f"{SALES}?limit=1000")["items"]}
    assert [by_id[row["id"]] for row in made] == [f"n{i}" for i in range(200)]


def test_one_fault_and_nothing_is_done(ada: Api) -> None:
    (one,) = make(ada, "One")
    found = ada.post(
        BULK,
        {
            "create": [{"name": "Two"}, {"days": -1, "nothing": 1}, {"name": "Three"}],
            "update": [one | {"name": "Uno", "amount": "x"}],
        },
        422,
    )
    assert found["errors"].keys() == {
        "create.1.nothing", "create.1.days", "update.0.amount"
    } or found["errors"].keys() == {
        "create.1.nothing", "create.1.days", "create.1.name", "update.0.amount"
    }  # fmt: skip
    assert ada.names(SALES) == ["One"]


def test_a_missing_field_is_named_with_its_place(ada: Api) -> None:
    found = ada.post(BULK, {"create": [{"name": "One"}, {"days": 1}, {"days": 2}]}, 422)
    assert found["errors"].keys() == {"create.1.name", "create.2.name"}
    assert ada.names(SALES) == []


def test_what_is_unique_is_so_inside_one_request(ada: Api) -> None:
    rows = [{"name": "A", "external_id": "C1"}, {"name": "B", "external_id": "C1"}]
    response = ada.call("POST", f"{CUSTOMERS}/bulk", {"create": rows})
    assert response.status_code in (409, 422)
    assert ada.names(CUSTOMERS) == []


def test_a_stale_version_is_a_409(ada: Api) -> None:
    one, two = make(ada, "One", "Two")
    ada.patch(f"{SALES}/{two['id']}", {"version": 1, "name": "Dos"})
    found = ada.post(BULK, {"update": [one | {"name": "Uno"}, two | {"name": "2"}]}, 409)
    assert found["errors"].keys() == {"update.1.version"}
    found = ada.post(BULK, {"delete": [one, two]}, 409)
    assert found["errors"].keys() == {"delete.1.version"}
    assert ada.names(f"{SALES}?sort=id") == ["One", "Dos"]


def test_a_record_that_is_not_there_is_a_404(ada: Api) -> None:
    (one,) = make(ada, "One")
    for kind in ("update", "delete"):
        found = ada.post(BULK, {kind: [one, {"id": 999999, "version": 1}]}, 404)
        assert found["errors"].keys() == {f"{kind}.1"}
    ada.post(BULK, {"delete": [{"id": 999999, "version": 1}], "create": [{"x": 1}]}, 422)


def test_id_and_version_are_needed(ada: Api) -> None:
    for row in ({}, {"id": "1", "version": 1}, {"id": True, "version": 1}, {"id": 2**70}):
        errors = ada.post(BULK, {"update": [row]}, 422)["errors"]
        assert errors.keys() == {"update.0.id"}, row
    (one,) = make(ada, "One")
    for version in (None, "1", 1.5, -1):
        errors = ada.post(BULK, {"delete": [{"id": one["id"], "version": version}]}, 422)["errors"]
        assert errors.keys() == {"delete.0.version"}


def test_a_record_is_named_once(ada: Api) -> None:
    (one,) = make(ada, "One")
    errors = ada.post(BULK, {"update": [one | {"days": 1}], "delete": [one]}, 422)["errors"]
    assert errors.keys() == {"delete.0.id"}
    errors = ada.post(BULK, {"delete": [one | {"name": "x"}]}, 422)["errors"]
    assert errors.keys() == {"delete.0.name"}


@pytest.mark.parametrize(
    "body",
    [
        {"make": []}, {"create": {}}, {"create": [1]}, {"create": None}, {"update": "x"},
        {"create": [{"name": "A"}] * 1001}, {"create": [[]], "delete": 5},
    ],
)  # fmt: skip
def test_a_body_of_another_shape(ada: Api, body: Any) -> None:
    assert ada.post(BULK, body, 422)["errors"]


def test_nothing_to_do_is_done(ada: Api) -> None:
    assert ada.post(BULK, {}) == {"create": [], "update": [], "delete": []}


def test_a_row_changes_the_record_that_it_matches(app: Any, ada: Api, olga: Api) -> None:
    path = f"{CUSTOMERS}/bulk"
    olga.post(path, {"create": [{"name": "Of another company", "external_id": "M1"}]})
    rows = [{"name": "One", "external_id": "M1"}, {"name": "Two", "external_id": "M2"}]
    first = ada.post(path, {"match": "external_id", "create": rows}, Idempotency_Key="m")
    assert [each["created"] for each in first["create"]] == [True, True]
    again = ada.post(path, {"match": "external_id", "create": rows}, Idempotency_Key="m")
    assert again == first
    rows = [
        {"external_id": "M3", "name": "Three"},
        {"external_id": "M2", "email": "two@example.com"},
        {"external_id": "M1", "name": "Uno", "version": 1},
    ]
    with statements(app) as seen:
        done = ada.post(path, {"match": "external_id", "create": rows})["create"]
    one, two = first["create"]
    assert done == [
        {"id": done[0]["id"], "version": 1, "created": True},
        {"id": two["id"], "version": 2, "created": False},
        {"id": one["id"], "version": 2, "created": False},
    ]
    assert sum("FROM ledger_customer" in each for each in seen) <= 3
    found = ada.get(f"{CUSTOMERS}?sort=external_id")["items"]
    assert [(each["name"], each["email"]) for each in found] == [
        ("Uno", None), ("Two", "two@example.com"), ("Three", None),
    ]  # fmt: skip
    assert olga.names(CUSTOMERS) == ["Of another company"]
    # As it is already, nothing is changed.
    assert ada.post(path, {"match": "external_id", "create": rows[:2]})["create"][1]["version"] == 2


def test_what_is_matched_is_refused_by_its_place(ada: Api, as_: Any) -> None:
    path, known = f"{CUSTOMERS}/bulk", {"external_id": "R1"}
    made = ada.make(CUSTOMERS, name="One", external_id="R1")
    which = {"id": made["id"], "version": 1}
    for rows, more, status, errors in (
        ([{"name": "A"}], {}, 422, {"create.0.external_id"}),
        ([{"name": "A", "external_id": 5}], {}, 422, {"create.0.external_id"}),
        ([known | {"name": "A"}, known], {}, 422, {"create.1.external_id"}),
        ([{"external_id": "R2"}, known], {}, 422, {"create.0.name"}),
        ([known | {"name": None}], {}, 422, {"create.0.name"}),
        ([known | {"version": 7}], {}, 409, {"create.0.version"}),
        ([{"external_id": "R2", "name": "A", "version": 1}], {}, 409, {"create.0.version"}),
        ([known | {"id": made["id"] + 1}], {}, 422, {"create.0.id"}),
        ([known], {"delete": [which]}, 422, {"delete.0.id"}),
        ([known], {"match": "name"}, 422, {"match"}), ([known], {"match": 5}, 422, {"match"}),
        ([known], {"match": "nothing"}, 422, {"match"}),
    ):  # fmt: skip
        told = ada.post(path, {"match": "external_id", "create": rows} | more, status)
        assert told["errors"].keys() == errors, rows
    assert ada.get(f"{CUSTOMERS}/{made['id']}")["version"] == 1
    assert ada.names(CUSTOMERS) == ["One"]
    as_("ana").post(path, {"match": "external_id", "create": [known]}, 403)


def test_two_hundred_are_quick(app: Any, ada: Api, world: Any) -> None:
    acme = ada.make(CUSTOMERS, name="Acme")["id"]
    rows = [
        {"name": f"n{i}", "customer": acme, "user": world.users["rita"], "amount": f"{i}.50"}
        for i in range(200)
    ]
    start = time.perf_counter()
    with statements(app) as seen:
        made = ada.post(BULK, {"create": rows})["create"]
    assert len(made) == 200
    # SQLite takes one row an INSERT.
    assert len([each for each in seen if not each.startswith("INSERT")]) < 10
    assert time.perf_counter() - start < 5
    with statements(app) as seen:
        ada.post(BULK, {"update": [row | {"days": 1} for row in made]})
    # One statement each for the change and for its trace.
    assert len(seen) < 410, len(seen)


def test_permissions_hold_for_each_kind(as_: Any, ada: Api, world: Any) -> None:
    theirs = ada.make(SALES, name="Theirs", user=world.users["ravi"])
    row = {"id": theirs["id"], "version": 1}
    rita, ana = as_("rita"), as_("ana")
    rita.post(BULK, {"update": [row | {"days": 1}]}, 404)
    rita.post(BULK, {"delete": [row]}, 404)
    ana.post(BULK, {"create": [{"name": "A"}]}, 403)
    ana.post(BULK, {"delete": [row]}, 403)
    assert ada.get(f"{SALES}/{theirs['id']}")["version"] == 1


def test_what_cannot_be_stored_is_named_by_its_place(ada: Api) -> None:
    told = ada.post("/ledger/customers/bulk", {"create": [{"name": "A"}, {"name": "B\0"}]}, 400)
    assert told["errors"].keys() == {"create.1.name"}
