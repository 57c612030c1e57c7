"""Tokens, methods, addresses and bodies: what is refused before any record is looked at."""

from __future__ import annotations

import re
from typing import Any

import pytest

from core.api import wire
from core.extensions import db
from plugin_api.context import now
from tests.api.kit import Api, user_named, working

SALES = "/ledger/sales"


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic YTpi", "Bearer xg_nobody", "x"])
def test_without_a_valid_token_nothing_is_told(app: Any, header: str) -> None:
    api = Api(app, None)
    for path in ("/", SALES, f"{SALES}/1", "/nowhere/at_all", "/measures", "/openapi.json"):
        response = api.call("GET", path, Authorization=header)
        assert api.checked(response, 401)["title"] == "Unauthorized"
        assert response.headers["WWW-Authenticate"].startswith('Bearer realm="xiaoguan"')
        assert response.headers["Cache-Control"] == "no-store"


def test_a_token_ends_with_its_day_and_with_its_person(app: Any, world: Any, ada: Api) -> None:
    rita = Api(app, world.tokens["rita"])
    rita.get(SALES)
    with working(app):
        user_named("Rita").active = False
    rita.get(SALES, 401)
    with working(app):
        from core.identity.service import add_token

        old = add_token(user_named("Ravi"), "old", expires_at=now())
        db.session.flush()
    Api(app, old).get(SALES, 401)
    ada.get(SALES)


def test_a_session_of_the_pages_opens_nothing(app: Any) -> None:
    client = app.test_client()
    with client.session_transaction() as session:
        session.update(key="made up")
    assert client.get("/api/v1/ledger/sales").status_code == 401


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", SALES, "GET, HEAD, OPTIONS, POST"),
        ("DELETE", SALES, "GET, HEAD, OPTIONS, POST"),
        ("POST", f"{SALES}/1", "DELETE, GET, HEAD, OPTIONS, PATCH"),
        ("GET", f"{SALES}/bulk", "OPTIONS, POST"),
        ("GET", f"{SALES}/1/transitions/win", "OPTIONS, POST"),
        ("POST", "/openapi.json", "GET, HEAD, OPTIONS"),
    ],
)
def test_a_wrong_method_is_a_problem_that_names_the_right_ones(
    ada: Api, method: str, path: str, allowed: str
) -> None:
    response = ada.call(method, path)
    ada.checked(response, 405)
    assert ", ".join(sorted(response.headers["Allow"].split(", "))) == allowed


@pytest.mark.parametrize(
    "path",
    ["/api/", "/api/v2/ledger/sales", "/api/v1/ledger/sales/x", "/api/v1/ledger/sales/1/2/3"],
)
def test_an_unknown_address_is_a_problem_not_a_page(ada: Api, path: str) -> None:
    response = ada.client.get(path, headers=ada.headers)
    assert ada.checked(response, 404)["title"] == "Not Found"


@pytest.mark.parametrize(
    "path",
    [
        "/nothing/sales", "/ledger/nothing", "/ledger/sales/999999", "/core/api_tokens",
        "/ledger/sales/99999999999999999999999999", "/nothing/nothing/1", "/measures/ledger.no",
    ],
)  # fmt: skip
def test_what_is_not_there_is_a_404(ada: Api, path: str) -> None:
    ada.get(path, 404)


def test_a_body_that_is_no_json_object(ada: Api) -> None:
    for data, status in (
        (b"", 400), (b"{", 400), (b"[]", 400), (b'"x"', 400), (b"NaN", 400), (b'{"a": NaN}', 400),
        (b"\xff\xfe", 400), (b'{"name": "\\u0000"}', 400), (b'{"name": "\\ud800"}', 400),
        (b"[" * 100_000, 400), (b'{"name": ' + b"1" * 5000 + b"}", 400),
    ):  # fmt: skip
        response = ada.client.post(
            "/api/v1/ledger/sales",
            data=data,
            headers=ada.headers,
            content_type="application/json",
        )
        ada.checked(response, status)
    said = {
        b'{"a": 1,}': "1", b"[" * 100_000: "", b"\xff": "UTF-8", b'{"a": NaN}': "NaN",
        b'{"a": ' + b"1" * 5000 + b"}": "", b'{\n"a" 1}': "2", b"{}x": "3",
    }  # fmt: skip
    for data, part in said.items():
        response = ada.client.post(
            "/api/v1/ledger/sales", data=data, headers=ada.headers, content_type="application/json"
        )
        detail = ada.checked(response, 400)["detail"]
        assert part in detail
        assert not re.search("char|Expecting|sys|codec|recursion|unicode|limit", detail), detail
    response = ada.client.post("/api/v1/ledger/sales", data={"name": "A"}, headers=ada.headers)
    ada.checked(response, 415)
    assert response.headers["Accept"] == "application/json"


def test_a_body_that_is_too_large(ada: Api) -> None:
    ada.post(SALES, {"name": "A", "notes": "x" * wire.MAX_BODY}, 413)


def test_a_failure_of_the_program_shows_nothing_of_it(ada: Api, monkeypatch: Any) -> None:
    def fail(*args: Any) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("core.api.resources.page_of", fail)
    found = ada.get(SALES, 500)
    assert found == {
        "type": "about:blank", "title": "Internal Server Error", "status": 500,
        "detail": found["detail"], "code": found["code"],
    }  # fmt: skip
    assert re.fullmatch(r"[0-9A-F]{5}-[0-9A-F]{5}", found["code"])
    assert "secret" not in str(found)


def test_the_index_names_what_the_caller_may_use(ada: Api, as_: Any) -> None:
    found = ada.get("/")
    assert found["company"]["currency"] == "CNY"
    by_model = {each["model"]: each for each in found["collections"]}
    assert by_model["ledger.Sale"]["href"] == "/api/v1/ledger/sales"
    assert "delete" in by_model["ledger.Sale"]["actions"]
    seen = {each["model"]: each["actions"] for each in as_("ana").get("/")["collections"]}
    assert seen["ledger.Sale"] == ["read"]
    assert "ledger.Customer" not in seen


def test_no_cookie_is_read_or_written(ada: Api) -> None:
    answer = ada.call("GET", SALES, Cookie="xiaoguan=whatever")
    ada.checked(answer, 200)
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
