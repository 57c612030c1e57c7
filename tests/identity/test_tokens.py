"""What a token may do, who sees it, and who takes it back."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from core.extensions import db
from core.identity.models import ApiToken, Role
from core.identity.service import find_user, role_named
from plugin_api.context import clock_at
from tests.harness import Installation
from tests.identity.kit import START, log_in, noted, post

CLAIMED = {"reach": "chosen", "may.core.Team": "change", "may.x.Y": "change"}
SECRET = re.compile(r"<code data-secret>([^<]+)</code>")


def made(inst: Installation, client: FlaskClient, **form: Any) -> dict[str, str]:
    """Headers of a token that the page makes."""
    page = post(inst, client, "/core/tokens", name="Sync", days="30", **form)
    return {"Authorization": f"Bearer {SECRET.findall(page.text)[0]}"}


@pytest.fixture
def ada(inst: Installation) -> FlaskClient:
    return log_in(inst, "ada@acme.example")


def call(inst: Installation, headers: dict[str, str], method: str, path: str, **body: Any) -> int:
    client = inst.app.test_client()
    sent = {"json": body} if body else {}
    return client.open(f"/api/v1{path}", method=method, headers=headers, **sent).status_code


def test_a_token_that_reads_changes_nothing(inst: Installation, ada: FlaskClient) -> None:
    headers = made(inst, ada, reach="read")
    assert call(inst, headers, "GET", "/core/users") == 200
    assert call(inst, headers, "POST", "/core/teams", name="North") == 403
    assert call(inst, headers, "DELETE", "/core/users/1", version=1) == 403
    assert "Only read" in ada.get("/core/tokens").text


def test_a_token_for_chosen_collections(inst: Installation, ada: FlaskClient) -> None:
    chosen = {"reach": "chosen", "may.core.Team": "change", "may.core.User": "read"}
    headers = made(inst, ada, **chosen)
    assert call(inst, headers, "GET", "/core/users") == 200
    assert call(inst, headers, "POST", "/core/users", name="New") == 403
    assert call(inst, headers, "POST", "/core/teams", name="North") == 201
    assert call(inst, headers, "GET", "/core/roles") in (403, 404)


def test_a_token_never_exceeds_its_person(inst: Installation) -> None:
    """Neither by what the form claims, nor after the person has come to less."""
    rick = log_in(inst)
    headers = made(inst, rick, **CLAIMED)
    assert call(inst, headers, "POST", "/core/teams", name="Mine") == 403
    ada = log_in(inst, "ada@acme.example")
    strong = made(inst, ada, reach="full")
    with inst.working("acme"):
        find_user("ada@acme.example").role_id = role_named("rep").id
    assert call(inst, strong, "POST", "/core/teams", name="Lost") == 403


def test_an_unknown_reach_gives_the_least(inst: Installation, ada: FlaskClient) -> None:
    headers = made(inst, ada, reach="everything")
    assert call(inst, headers, "POST", "/core/teams", name="North") == 403


def test_the_last_use_is_noted_now_and_then(inst: Installation, ada: FlaskClient) -> None:
    assert "never used" not in ada.get("/core/tokens").text
    headers = made(inst, ada)
    assert "never used" in ada.get("/core/tokens").text
    seen = []
    for minutes in (0, 30, 59, 61):
        with clock_at(START + timedelta(minutes=minutes)):
            call(inst, headers, "GET", "/core/users")
        with inst.working("acme"):
            seen.append(db.session.scalars(sa.select(ApiToken.used_at)).one())
    assert seen == [START, START, START, START + timedelta(minutes=61)]


def test_an_administrator_takes_a_token_back(inst: Installation, ada: FlaskClient) -> None:
    rick = log_in(inst)
    headers = made(inst, rick)
    with inst.working("acme"):
        token = db.session.scalars(sa.select(ApiToken.id)).one()
    user = inst.user_id("acme", "rick")
    assert "Sync" in ada.get(f"/core/users/{user}/login").text
    path = f"/core/users/{user}/tokens/{token}/revoke"
    assert post(inst, rick, path).status_code == 403
    assert post(inst, ada, path).status_code == 303
    assert call(inst, headers, "GET", "/core/users") == 401
    acts = [action for action, _facts in noted(inst, "rick")]
    assert acts[-2:] == ["token_made", "token_revoked"]


def test_a_lower_role_takes_no_token_of_a_higher_one(inst: Installation, ada: FlaskClient) -> None:
    made(inst, ada)
    with inst.working("acme"):
        desk = Role(code="desk", name="Desk")
        db.session.add(desk)
        db.session.flush()
        find_user("rita@acme.example").role_id = desk.id
        from core.identity.models import RoleGrant

        for permission in ("core.User.read", "core.User.update", "core.logins"):
            db.session.add(RoleGrant(role_id=desk.id, permission=permission, scope="company"))
        token = db.session.scalars(sa.select(ApiToken.id)).one()
    path = f"/core/users/{inst.user_id('acme', 'ada')}/tokens/{token}/revoke"
    assert post(inst, log_in(inst, "rita@acme.example"), path).status_code == 403
