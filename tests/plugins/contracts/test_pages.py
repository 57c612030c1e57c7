"""What people see of contracts in the browser, and programs over REST; alone and with others."""

from __future__ import annotations

import datetime as dt

import pytest

from plugin_api.host import host
from plugins.contracts.models import Contract
from tests.harness import Installation
from tests.plugins.contracts.kit import account, contract, instalment, move, obligation
from tests.plugins.crm.kit import user


@pytest.fixture(scope="module")
def made(inst: Installation) -> dict[str, int]:
    with inst.working("web"):
        firm = account("Quay & Sons", owner_id=user("ann"))
        found = contract(name="Cranes", account_id=firm.id, owner_id=user("ann"))
        instalment(found, "Deposit", "100")
        obligation(found, "Inspection", dt.date(2025, 3, 1))
        move(found, "release", "sign")
        return {"account": firm.id, "contract": found.id}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_pages(inst: Installation, made: dict[str, int], language: str) -> None:
    ann = inst.client("web", "ann", language)
    for path, words in (
        ("/contracts/contracts", ("Cranes", "CT-")),
        ("/contracts/contracts?view=kanban", ("Cranes",)),
        ("/contracts/contracts?view=calendar&on=2025-12-01", ("Cranes",)),
        ("/contracts/contracts?view=chart", ()), ("/contracts/contracts?view=pivot", ()),
        (f"/contracts/contracts/{made['contract']}", ("Cranes", "Quay")),
        ("/contracts/instalments", ("Deposit",)),
        ("/contracts/obligations", ("Inspection",)),
        ("/contracts/obligations?view=kanban", ("Inspection",)),
        (f"/contracts/contracts/new?account={made['account']}", ("Quay", "Web")),
        (f"/crm/accounts/{made['account']}", ("Cranes", "/contracts/contracts/new?account=")),
        ("/home/cards/contracts.ending", ("Cranes",)),
        ("/home/cards/contracts.promised", ("Inspection",)),
    ):  # fmt: skip
        answer = ann.get(path)
        page = answer.get_data(True)
        assert answer.status_code == 200, path
        for word in words:
            assert word in page, (path, word)


def test_rest_of_a_company_without_orders(inst: Installation) -> None:
    """Works alone; what needs another plugin says so."""
    with inst.working("bare"):
        firm = account(owner_id=user("ann")).id
    headers, client = inst.token("bare", "ann"), inst.app.test_client()
    path = "/api/v1/contracts/contracts"
    wrong = client.post(path, json={"name": "", "value": "much"}, headers=headers)
    assert set(wrong.get_json()["errors"]) == {"name", "value"}
    lacking = client.post(path, json={"name": "X"}, headers=headers)
    assert set(lacking.get_json()["errors"]) == {"account"}
    sent = {"name": "Over REST", "account": firm, "value": "1000.00", "ends_on": "2099-12-31"}
    answer = client.post(path, json=sent, headers=headers)
    assert answer.status_code == 201, answer.get_json()
    found = answer.get_json()
    assert (found["state"], found["number"][:3]) == ("draft", "CT-")
    part = {"name": "All", "contract": found["id"], "share": "100"}
    one = client.post("/api/v1/contracts/instalments", json=part, headers=headers)
    assert one.get_json()["amount"] == "1000.00"
    path = f"{path}/{found['id']}"
    for name, body, status in (
        ("sign", {}, 422), ("release", {}, 200), ("sign", {}, 200), ("order", {}, 422),
        ("expire", {}, 422), ("amend", {}, 422), ("amend", {"change_reason": "More"}, 200),
        ("terminate", {}, 422), ("terminate", {"termination_reason": "Over"}, 200),
    ):  # fmt: skip
        answer = client.post(f"{path}/transitions/{name}", json=body, headers=headers)
        assert answer.status_code == status, (name, answer.get_json())
    assert client.get(path, headers=inst.token("bare", "bo")).status_code == 404
    with inst.working("bare"):
        held = host().session.get(Contract, (host().records.get(Contract, found["id"]).company_id,
                                             found["id"]))  # fmt: skip
        assert held is not None
        assert held.termination_reason == "Over"
