"""A plugin that a company has off is not there; one that waits for its tables says so."""

from __future__ import annotations

from typing import Any

import pytest

from core.hosting import enablement
from tests.api.kit import Api, working

SALES = "/ledger/sales"


@pytest.fixture
def off(app: Any, ada: Api) -> int:
    """The ledger is off at Acme and on in the other company; id of a sale at Acme."""
    sale = ada.make(SALES, name="A")["id"]
    with working(app):
        enablement.disable("ledger")
    return int(sale)


def test_every_verb_is_a_404_as_for_what_never_was(ada: Api, off: int) -> None:
    for method, tail, body in (
        ("GET", "", None), ("POST", "", {"name": "A"}), ("GET", f"/{off}", None),
        ("PATCH", f"/{off}", {"version": 1, "name": "B"}), ("DELETE", f"/{off}", {"version": 1}),
        ("POST", "/bulk", {"create": []}), ("POST", f"/{off}/transitions/lose", {}),
    ):  # fmt: skip
        there = ada.call(method, SALES + tail, body)
        never = ada.call(method, "/nothing/things" + tail, body)
        assert there.status_code == never.status_code == 404, (method, tail)
        assert there.data == never.data


def test_it_is_gone_from_document_index_and_measures(ada: Api, olga: Api, off: int) -> None:
    for path in ("/openapi.json", "/", "/measures"):
        assert "ledger" not in str(ada.get(path)), path
        assert "ledger" in str(olga.get(path)), path
    ada.get("/measures/ledger.won_amount", 404)
    ada.get("/measures/ledger.won_amount/records", 404)
    assert ada.call("GET", "/measures/ledger.won_amount").json["title"] == "Not Found"


def test_the_other_company_notices_nothing(olga: Api, off: int) -> None:
    olga.make(SALES, name="O")
    assert olga.names(SALES) == ["O"]


def test_on_again_its_data_is_there(app: Any, ada: Api, off: int) -> None:
    with working(app):
        enablement.enable("ledger")
    assert ada.get(f"{SALES}/{off}")["name"] == "A"


def test_a_plugin_behind_its_tables_is_a_503(ada: Api, monkeypatch: Any) -> None:
    monkeypatch.setattr("core.hosting.enabled.behind", lambda: frozenset({"ledger"}))
    response = ada.call("GET", SALES)
    assert ada.checked(response, 503)["title"] == "Service Unavailable"
    assert response.headers["Retry-After"]
    ada.post(f"{SALES}/bulk", {}, 503)
    ada.get("/nothing/sales", 404)
    ada.get("/core/users")
