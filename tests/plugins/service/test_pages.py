"""What people see of service in the browser, and programs over REST."""

from __future__ import annotations

import pytest

from plugin_api.host import host
from plugins.crm.models import Opportunity
from tests.harness import Installation
from tests.plugins.crm.kit import user
from tests.plugins.service.kit import account, case


@pytest.fixture(scope="module")
def made(inst: Installation) -> dict[str, int]:
    with inst.working("web"):
        firm = account("Quay & Sons", owner_id=user("ann"))
        deal = host().records.create(
            Opportunity, {"name": "Cranes", "account_id": firm.id, "owner_id": user("ann")}
        )
        found = case(
            "Crane stands still", account_id=firm.id, priority="critical", owner_id=user("ann")
        )
        return {"account": firm.id, "deal": deal.id, "case": found.id}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_pages(inst: Installation, made: dict[str, int], language: str) -> None:
    ann = inst.client("web", "ann", language)
    for path, words in (
        ("/service/cases", ("Crane stands still",)),
        ("/service/cases?view=kanban", ("Crane stands still",)),
        ("/service/cases?view=calendar", ("Crane stands still",)),
        (f"/service/cases/{made['case']}", ("Crane stands still", "CS-")),
        (f"/crm/accounts/{made['account']}", ("/service/cases?",)),
        (f"/crm/opportunities/{made['deal']}", ("Crane stands still",)),
        ("/service/policies", ()), ("/service/queues", ()), ("/crm/opportunities", ("Cranes",)),
        (f"/service/cases/new?account={made['account']}", ("Quay",)),
        ("/home/cards/service.mine", ("Crane stands still",)),
    ):  # fmt: skip
        answer = ann.get(path)
        page = answer.get_data(True)
        assert answer.status_code == 200, path
        for word in words:
            assert word in page, (path, word)


def test_rest(inst: Installation, made: dict[str, int]) -> None:
    headers = inst.token("web", "ann")
    client = inst.app.test_client()
    sent = {"name": "Over REST", "account": made["account"], "priority": "high"}
    answer = client.post("/api/v1/service/cases", json=sent, headers=headers)
    assert answer.status_code == 201
    found = answer.get_json()
    assert (found["state"], found["answer_standing"]) == ("new", "running")
    path = f"/api/v1/service/cases/{found['id']}"
    for name, body, status in (
        ("answer", {}, 200), ("solve", {}, 422), ("solve", {"solution": "Done"}, 200),
        ("wait", {}, 422), ("reopen", {"reopen_reason": "Again"}, 200),
    ):  # fmt: skip
        answer = client.post(f"{path}/transitions/{name}", json=body, headers=headers)
        assert answer.status_code == status, (name, answer.get_json())
    found = client.get(path, headers=headers).get_json()
    assert (found["state"], found["reopened"]) == ("open", 1)
    change = {"priority": "low", "version": found["version"]}
    answer = client.patch(path, json=change, headers=headers)
    assert answer.status_code == 200, answer.get_json()
    bo = inst.token("web", "bo")
    assert client.get(path, headers=bo).status_code == 404
    wrong = {"name": "", "priority": "urgent", "opened_at": "yesterday"}
    answer = client.post("/api/v1/service/cases", json=wrong, headers=headers)
    assert set(answer.get_json()["errors"]) == {"name", "priority", "opened_at"}
