"""Pages of other sites ask REST only where the operator names them, with a token and no cookie."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from core.api.cors import origins
from tests.harness import Installation, install

SHOP = "https://shop.example"
PATH = "/api/v1/core/users"
ASKS = {"Access-Control-Request-Method": "PATCH", "Access-Control-Request-Headers": "if-match"}


@pytest.fixture(scope="module")
def inst(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    made = install(tmp_path_factory.mktemp("cors"), cors_origins=f"{SHOP}, http://localhost:5173")
    made.company("acme", language="en")
    made.person("acme", "ada", "admin")
    return made


def allowed(answer: Any) -> str | None:
    found: str | None = answer.headers.get("Access-Control-Allow-Origin")
    return found


def test_a_named_site_is_answered_with_a_token(inst: Installation) -> None:
    client, token = inst.app.test_client(use_cookies=False), inst.token("acme", "ada")
    asked = client.options(PATH, headers={"Origin": SHOP, **ASKS})
    assert (asked.status_code, allowed(asked), asked.data) == (204, SHOP, b"")
    assert "PATCH" in asked.headers["Access-Control-Allow-Methods"]
    for name in ("Authorization", "If-Match", "Idempotency-Key", "Duplicates"):
        assert name in asked.headers["Access-Control-Allow-Headers"]
    got = client.get(PATH, headers={"Origin": SHOP, **token})
    assert (got.status_code, allowed(got)) == (200, SHOP)
    assert "ETag" in got.headers["Access-Control-Expose-Headers"]
    # Refusals can be read as well, and nothing is kept for one site that is of another.
    for answer, status in (
        (client.get(PATH, headers={"Origin": SHOP}), 401),
        (client.get("/api/v1/x/y/z/a", headers={"Origin": SHOP, **token}), 404),
        (client.post(PATH, json=[], headers={"Origin": SHOP, **token}), 400),
    ):
        assert (answer.status_code, allowed(answer)) == (status, SHOP)
    for answer in (asked, got, client.get(PATH, headers=token)):
        assert "Origin" in answer.headers["Vary"]
        assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "https://shop.example.evil.example",
               "http://shop.example", "https://shop.example:8443", ""],
)  # fmt: skip
def test_others_are_told_nothing(inst: Installation, origin: str) -> None:
    client, token = inst.app.test_client(use_cookies=False), inst.token("acme", "ada")
    assert client.options(PATH, headers={"Origin": origin, **ASKS}).status_code == 401
    answer = client.get(PATH, headers={"Origin": origin, **token})
    assert answer.status_code == 200 and allowed(answer) is None


def test_pages_and_cookies_are_never_let_through(inst: Installation) -> None:
    client = inst.client("acme", "ada")
    page = client.get("/", headers={"Origin": SHOP})
    assert allowed(page) is None
    assert client.get(PATH, headers={"Origin": SHOP}).status_code == 401, "a cookie is no token"


def test_it_is_off_unless_named(tmp_path: Path) -> None:
    made = install(tmp_path)
    client = made.app.test_client()
    assert client.options(PATH, headers={"Origin": SHOP, **ASKS}).status_code == 401
    answer = client.get(PATH, headers={"Origin": SHOP})
    assert allowed(answer) is None and "Origin" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize(
    "text", ["*", "shop.example", "https://*.example", "https://shop.example/",
             "ftp://shop.example", "null", "https://a@shop.example"],
)  # fmt: skip
def test_what_is_no_site_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no site such as"):
        origins(f"{SHOP}, {text}")
    assert origins(" HTTPS://Shop.example ,http://[::1]:5173") == {SHOP, "http://[::1]:5173"}
