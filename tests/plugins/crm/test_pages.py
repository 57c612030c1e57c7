"""Pages, the board and REST, as people use them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from plugin_api.context import clock_at, now, today
from plugin_api.host import host
from plugins.crm import cards
from plugins.crm.models import Account, Opportunity
from tests.harness import Installation
from tests.plugins.crm.conftest import Make
from tests.plugins.crm.kit import acting, change_stage, stage, user


@pytest.fixture
def made(crm: Installation) -> Iterator[dict[str, int]]:
    """An account and two opportunities of Ann in the company of the pages."""
    with crm.working("web"):
        records = host().records
        owner = user("ann")
        account = records.create(Account, {"name": "Blue Mill", "owner": owner})
        ids = {"account": account.id, "won": stage("Won"), "proposal": stage("Proposal")}
        for name in ("open", "lost"):
            values = {"name": name, "account": account.id, "owner": owner, "outcome": name}
            ids[name] = records.create(Opportunity, {"amount": 100_00, **values}).id
    yield ids


@pytest.mark.parametrize(
    "page",
    [
        "/crm/opportunities", "/crm/opportunities?view=kanban", "/crm/opportunities?view=calendar",
        "/crm/opportunities/{open}", "/crm/opportunities/{lost}", "/crm/opportunities/new",
        "/crm/opportunities/{open}/transitions/win", "/crm/opportunities/{open}/transitions/move",
        "/crm/accounts", "/crm/accounts/{account}", "/crm/contacts", "/crm/leads",
        "/crm/leads?view=kanban", "/crm/leads/new", "/crm/review", "/crm/review?days=90",
        "/catalog/products", "/catalog/prices",
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_is_there(
    crm: Installation, made: dict[str, int], page: str, language: str
) -> None:
    answer = crm.client("web", "ann", language).get(page.format(**made))
    assert answer.status_code == 200


@pytest.mark.parametrize("page", ["pipelines", "stages", "win-reasons", "loss-reasons"])
def test_pipelines_are_set_up_by_administrators(crm: Installation, page: str) -> None:
    assert crm.client("web", "ada").get(f"/crm/{page}/new").status_code == 200
    assert crm.client("web", "ann").get(f"/crm/{page}/new").status_code == 403
    assert crm.client("web", "ann").get(f"/crm/{page}").status_code == 200


def test_the_review_is_for_those_who_see_opportunities(crm: Installation) -> None:
    assert crm.client("web", "eve").get("/crm/review").status_code == 200


def test_an_account_shows_its_business(crm: Installation, made: dict[str, int]) -> None:
    page = crm.client("web", "ann").get(f"/crm/accounts/{made['account']}").text
    for text in ("Blue Mill", "Business so far", "Subsidiaries", "Contacts"):
        assert text in page


class TestRest:
    def call(self, crm: Installation, method: str, path: str, **kw: Any) -> Any:
        headers = crm.token("web", "ann")
        return crm.app.test_client().open(
            f"/api/v1/crm{path}", method=method, headers=headers, **kw
        )

    def test_what_is_left_out_is_completed(self, crm: Installation) -> None:
        answer = self.call(crm, "POST", "/opportunities", json={"amount": "12.50"})
        assert answer.status_code == 201, answer.text
        found = answer.json
        assert (found["outcome"], found["stage"]["label"]) == ("open", "Prospecting")
        assert (found["weighted_amount"], found["owner"]["label"]) == ("1.25", "Ann")

    def test_a_gate_holds_there_too(self, crm: Installation, made: dict[str, int]) -> None:
        with crm.working("web"):
            change_stage("Proposal", required_fields="contact")
        try:
            path = f"/opportunities/{made['open']}/transitions/move"
            answer = self.call(crm, "POST", path, json={"stage": made["proposal"]})
            assert answer.status_code == 422
            assert list(answer.json["errors"]) == ["contact"]
        finally:
            with crm.working("web"):
                change_stage("Proposal", required_fields=None)

    def test_history_is_read_only(self, crm: Installation, made: dict[str, int]) -> None:
        answer = self.call(crm, "GET", f"/stage-changes?opportunity={made['open']}")
        assert [row["stage"]["label"] for row in answer.json["items"]] == ["Prospecting"]
        for body in ({}, {"stage": made["won"]}):
            answer = self.call(crm, "POST", "/stage-changes", json=body)
            assert answer.status_code in (403, 422)


class TestCards:
    def test_what_needs_somebody(self, deal: Make) -> None:
        ann = user("ann")
        yesterday = today() - timedelta(days=1)
        deal(name="Late", owner=ann, amount=1_00, expected_close=yesterday)
        deal(name="Stalled", owner=ann, amount=2_00, created_on=today() - timedelta(days=40))
        deal(name="Fine", owner=ann)
        deal(name="Other", owner=user("bo"), expected_close=yesterday)
        with acting("ann"):
            found = cards.attention()
        assert [(line.text, line.tone) for line in found.lines] == [
            ("Stalled", "warn"), ("Late", "bad"),
        ]  # fmt: skip
        with acting("boss"):
            assert "Other" in {line.text for line in cards.attention().lines}

    def test_what_closes_soon(self, deal: Make) -> None:
        for days, name in ((31, "Later"), (30, "Last"), (0, "First"), (-1, "Late")):
            deal(name=name, amount=100_00, expected_close=today() + timedelta(days=days))
        with acting("eve"):
            found = cards.closing()
        assert [line.text for line in found.lines] == ["First", "Last"]
        assert [fact.value for fact in found.facts] == ["CN¥200.00", "CN¥20.00"]

    def test_what_is_open_by_stage(self, deal: Make) -> None:
        deal(amount=100_00)
        deal(amount=50_00, stage=stage("Proposal"))
        deal(amount=50_00, stage=stage("Proposal"))
        deal(amount=70_00, outcome="won")
        with acting("eve"):
            found = cards.pipeline()
        assert [(bar.label, bar.value) for bar in found.bars] == [
            ("Prospecting", 100_00), ("Proposal", 100_00),
        ]  # fmt: skip

    def test_an_empty_card_says_what_belongs_there(self, acme: Installation) -> None:
        with acting("cai"), clock_at(now()):
            for load in (cards.attention, cards.closing, cards.pipeline):
                found = load()
                assert found.empty
                assert not found.lines
