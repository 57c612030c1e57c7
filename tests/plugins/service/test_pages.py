"""What people see of service in the browser, and programs over REST."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from core.extensions import db
from core.identity.models import RoleField
from core.identity.service import role_named
from plugin_api.host import host
from plugins.crm.models import Opportunity
from plugins.service.models import Case, Visit
from plugins.service.services import surveys
from tests.harness import Installation
from tests.plugins.crm.kit import user
from tests.plugins.service.kit import account, case
from tests.plugins.service.test_visits import questionnaire


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


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("", "/service/cases"), ("?view=kanban", "/service/cases?view=kanban"),
        ("?view=pivot", "/service/cases"), ("/new", "/service/cases"),
    ],
)  # fmt: skip
def test_one_entry_of_the_menu_is_marked(inst: Installation, path: str, marked: str) -> None:
    page = inst.client("web", "ann").get(f"/service/cases{path}").get_data(True)
    entry = r'class="side-link" href="([^"]*)" aria-current="page"'
    assert re.findall(entry, page) == [marked]


def test_the_first_answer_is_offered_once(inst: Installation, made: dict[str, int]) -> None:
    with inst.working("web"):
        asked = {"name": "Once", "account_id": made["account"], "owner_id": user("ann")}
        number = host().records.create(Case, asked).id
    ann, path = inst.client("web", "ann"), f"/service/cases/{number}"
    assert "/transitions/answer" in ann.get(path).get_data(True)
    with inst.working("web"):
        host().records.transition(host().session.get_one(Case, number), "answer")
    page = ann.get(path).get_data(True)
    assert "/transitions/answer" not in page and "/transitions/solve" in page


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


def test_answers_on_the_telephone(inst: Installation) -> None:
    with inst.working("web"):
        asked = questionnaire()
        visit = host().records.create(
            Visit,
            {"account_id": account("Dock").id, "questionnaire_id": asked.id,
             "owner_id": user("ann"), "due_on": dt.date(2025, 11, 3)},
        )  # fmt: skip
        numbers = [each.id for each in surveys.questions_of(asked.id)]
        number, company = visit.id, str(visit.company_id)
    ann, path = inst.client("web", "ann"), f"/service/visits/{number}/answers"
    page = ann.get(path).get_data(True)
    assert "How satisfied are you?" in page and "very satisfied" in page
    sent = {"_company": company, f"q{numbers[0]}": "9", "comment": "Kept", "done": "1"}
    answer = ann.post(path, data=sent)
    assert answer.status_code == 422
    page = answer.get_data(True)
    assert "Expected a number from 1 to 5." in page and "Kept" in page
    missing = ann.post(path, data={"_company": company, "done": "1"}).get_data(True)
    assert missing.count("Not answered yet: ") == 1
    sent |= {f"q{numbers[0]}": "5", f"q{numbers[1]}": "10", "themes": "price"}
    assert ann.post(path, data=sent).headers["Location"] == f"/service/visits/{number}"
    assert ann.post(path, data=sent).status_code == 422, "it is done"
    assert inst.client("web", "bo").get(path).status_code == 404
    assert inst.client("web", "eve").post(path, data=sent).status_code == 403
    with inst.working("web"):
        hidden = RoleField(
            role_id=role_named("rep").id, model="service.Answer", field="value", narrowed="hidden"
        )
        assert '<option value="10" selected' in ann.get(path).get_data(True)
        db.session.add(hidden)
    assert "selected" not in ann.get(path).get_data(True).split("<form")[-1]
    for page_of in (
        "satisfaction", "figures", "figures?by=account&days=30", "visits", "visits?view=kanban",
        "visit-plans", "questionnaires", f"visits/{number}", "../dashboards/service.service",
    ):  # fmt: skip
        for language in ("en", "zh"):
            answer = inst.client("web", "boss", language).get(
                f"/service/{page_of}".replace("/service/../", "/")
            )
            assert answer.status_code == 200, page_of
    shown = inst.client("web", "boss").get("/service/satisfaction?days=365").get_data(True)
    assert "100.0%" in shown and "n = 1" in shown and "too few answers" in shown
