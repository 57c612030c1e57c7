"""Another company's records are not there: for no verb, no filter, no reference, no figure."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.kit import Api

SALES, CUSTOMERS = "/ledger/sales", "/ledger/customers"
UNKNOWN = 999_999


@pytest.fixture
def theirs(olga: Api) -> dict[str, int]:
    """Ids of the other company's records."""
    customer = olga.make(CUSTOMERS, name="Secret GmbH", external_id="S1")["id"]
    sale = olga.make(SALES, name="Secret", customer=customer, amount_company="7777")["id"]
    olga.post(f"{SALES}/{sale}/transitions/win", {"closed_on": "2026-01-31"})
    return {"customer": customer, "sale": sale}


def alike(one: Any, other: Any, theirs: int) -> None:
    """Two answers that differ in nothing but the id that was asked for."""
    assert one.status_code == other.status_code
    assert one.get_data(as_text=True).replace(str(theirs), "#") == (
        other.get_data(as_text=True).replace(str(UNKNOWN), "#")
    )


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE", "POST"])
def test_no_verb_reaches_it(ada: Api, olga: Api, theirs: dict[str, int], method: str) -> None:
    tail = "/transitions/reopen" if method == "POST" else ""
    body = {"version": 2} | ({"name": "Mine"} if method == "PATCH" else {})
    sent = None if method == "GET" else body
    found = [ada.call(method, f"{SALES}/{id_}{tail}", sent) for id_ in (theirs["sale"], UNKNOWN)]
    assert found[0].status_code == 404
    alike(*found, theirs["sale"])
    assert olga.get(f"{SALES}/{theirs['sale']}")["version"] == 2


@pytest.mark.parametrize("kind", ["update", "delete"])
def test_no_bulk_request_reaches_it(ada: Api, olga: Api, theirs: dict[str, int], kind: str) -> None:
    rows = [{"id": id_, "version": 2} for id_ in (theirs["sale"], UNKNOWN)]
    found = [ada.call("POST", f"{SALES}/bulk", {kind: [row]}) for row in rows]
    assert found[0].status_code == 404
    alike(*found, theirs["sale"])
    assert olga.get(f"{SALES}/{theirs['sale']}")["version"] == 2


def test_no_reference_reaches_it(ada: Api, theirs: dict[str, int]) -> None:
    mine = ada.make(SALES, name="Mine")
    for id_ in (theirs["customer"], {"id": theirs["customer"]}, "Secret GmbH", "S1"):
        for errors in (
            ada.post(SALES, {"name": "A", "customer": id_}, 422)["errors"],
            ada.patch(f"{SALES}/{mine['id']}", {"version": 1, "customer": id_}, 422)["errors"],
        ):
            assert errors.keys() == {"customer"}
    rows = {"create": [{"name": "A", "customer": theirs["customer"]}]}
    assert ada.post(f"{SALES}/bulk", rows, 422)["errors"].keys() == {"create.0.customer"}
    found = [
        ada.call("POST", SALES, {"name": "A", "customer": id_})
        for id_ in (theirs["customer"], UNKNOWN)
    ]
    alike(*found, theirs["customer"])
    assert ada.names(SALES) == ["Mine"]


@pytest.mark.parametrize(
    "asked",
    ["customer={}", "customer__in={},1", "customer__name=Secret GmbH", "id={}", "id__in={}"],
)
def test_no_filter_reaches_it(ada: Api, theirs: dict[str, int], asked: str) -> None:
    key = "sale" if asked.startswith("id") else "customer"
    found = [
        ada.call("GET", f"{SALES}?count=true&{asked.format(id_)}") for id_ in (theirs[key], UNKNOWN)
    ]
    alike(*found, theirs[key])
    if found[0].status_code == 200:
        assert found[0].json == {"items": [], "next": None, "total": 0}


def test_no_list_total_or_search_counts_it(ada: Api, theirs: dict[str, int]) -> None:
    for path in (SALES, CUSTOMERS, f"{SALES}?q=Secret", "/core/users?name=Olga"):
        found = ada.get(path + ("&" if "?" in path else "?") + "count=true")
        assert (found["items"], found["total"]) == ([], 0) or "core" in path
        assert "Olga" not in str(found) and "Secret" not in str(found)


def test_no_figure_counts_it(ada: Api, olga: Api, theirs: dict[str, int]) -> None:
    path = "/measures/ledger.won_amount"
    assert olga.get(path)["items"] == [{"value": "7777.00"}]
    assert ada.get(path)["items"] == [{"value": "0.00"}]
    assert ada.get(f"{path}?by=customer")["items"] == []
    assert ada.get(f"{path}?customer={theirs['customer']}")["items"] == [{"value": "0.00"}]
    assert ada.get(f"{path}/records")["ids"] == []


def test_a_cursor_of_another_company_shows_nothing_of_it(ada: Api, olga: Api) -> None:
    olga.post(f"{CUSTOMERS}/bulk", {"create": [{"name": f"o{i}"} for i in range(3)]})
    ada.post(f"{CUSTOMERS}/bulk", {"create": [{"name": f"a{i}"} for i in range(3)]})
    cursor = olga.get(f"{CUSTOMERS}?limit=1&sort=name")["next"]
    found = ada.call("GET", f"{CUSTOMERS}?limit=9&sort=name&cursor={cursor}")
    assert found.status_code == 422 or all(
        item["name"].startswith("a") for item in found.json["items"]
    )


def test_what_is_unique_is_so_inside_a_company(ada: Api, theirs: dict[str, int]) -> None:
    ada.make(CUSTOMERS, name="Mine", external_id="S1")


def test_tokens_of_two_companies_take_turns(ada: Api, olga: Api) -> None:
    for _ in range(3):
        ada.make(CUSTOMERS, name="A")
        olga.make(CUSTOMERS, name="O")
    assert ada.names(CUSTOMERS) == ["A"] * 3
    assert olga.names(CUSTOMERS) == ["O"] * 3
