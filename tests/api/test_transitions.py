"""Moves of a workflow over REST."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.kit import Api, statements

SALES = "/ledger/sales"


def sale(api: Api, **fields: Any) -> str:
    return f"{SALES}/{api.make(SALES, **({'name': 'A'} | fields))['id']}"


def test_a_transition_answers_the_record(ada: Api) -> None:
    path = sale(ada)
    won = ada.post(f"{path}/transitions/win", {"closed_on": "2026-01-31"})
    assert (won["outcome"], won["closed_on"], won["version"]) == ("won", "2026-01-31", 2)
    assert ada.get(path) == won


def test_a_body_is_needed_only_for_inputs(ada: Api) -> None:
    assert ada.post(f"{sale(ada)}/transitions/lose")["outcome"] == "lost"
    path = sale(ada, closed_on="2026-01-31")
    assert ada.post(f"{path}/transitions/win", {})["outcome"] == "won"


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "closed_on"), ({"closed_on": None}, "closed_on"), ({"closed_on": "x"}, "closed_on"),
        ({"closed_on": "2026-01-31", "amount": "1"}, "amount"),
        ({"closed_on": "2026-01-31", "nothing": 1}, "nothing"),
    ],
)  # fmt: skip
def test_what_stands_against_a_transition_is_named(ada: Api, sent: Any, field: str) -> None:
    path = sale(ada)
    assert ada.post(f"{path}/transitions/win", sent, 422)["errors"].keys() == {field}
    assert ada.get(path)["outcome"] == "open"


def test_a_rule_of_the_workflow_holds(ada: Api) -> None:
    path = sale(ada, amount="-1")
    sent = {"closed_on": "2026-01-31"}
    assert ada.post(f"{path}/transitions/win", sent, 422)["errors"].keys() == {"amount"}


def test_a_transition_leaves_only_its_own_states(ada: Api) -> None:
    path = sale(ada)
    ada.post(f"{path}/transitions/lose")
    ada.post(f"{path}/transitions/lose", status=422)
    ada.post(f"{path}/transitions/win", {"closed_on": "2026-01-31"}, 422)
    assert ada.post(f"{path}/transitions/reopen")["outcome"] == "open"


def test_there_is_no_way_round_the_workflow(ada: Api) -> None:
    path = sale(ada)
    ada.patch(path, {"version": 1, "outcome": "won"}, 422)
    ada.post(f"{SALES}/bulk", {"update": [{"id": 1, "version": 1, "outcome": "won"}]}, 422)
    ada.post(SALES, {"name": "A", "outcome": "won"}, 422)
    assert ada.get(path)["outcome"] == "open"


def test_unknown_transitions_and_records(ada: Api) -> None:
    path = sale(ada)
    ada.post(f"{path}/transitions/fly", status=404)
    ada.post(f"{SALES}/999999/transitions/win", status=404)
    ada.post("/ledger/customers/1/transitions/win", status=404)


def test_permission_of_a_transition(as_: Any, world: Any, ada: Api) -> None:
    path = sale(ada, user=world.users["rita"])
    as_("ana").post(f"{path}/transitions/lose", status=403)
    as_("rita").post(f"{path}/transitions/lose")
    as_("rita").post(f"{path}/transitions/reopen", status=403)
    as_("max").post(f"{path}/transitions/reopen")
    as_("ravi").post(f"{path}/transitions/lose", status=404)


def test_a_version_is_heeded_when_it_is_sent(ada: Api) -> None:
    path = sale(ada)
    now = ada.patch(path, {"version": 1, "days": 1})
    found = ada.post(f"{path}/transitions/lose", {"version": 1}, 409)
    assert found["current"] == now
    ada.post(f"{path}/transitions/lose", status=409, If_Match='"1"')
    ada.post(f"{path}/transitions/lose", If_Match='"2"')
    ada.post(f"{path}/transitions/reopen", {"version": 3})


def test_a_transition_costs_few_statements(app: Any, ada: Api) -> None:
    ada.post(f"{sale(ada)}/transitions/lose")
    path = sale(ada)
    with statements(app) as seen:
        ada.post(f"{path}/transitions/lose")
    # Token, record, change, audit entry, answer.
    assert len(seen) <= 6, "\n\n".join(seen)
