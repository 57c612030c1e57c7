"""Dangerous steps ask again who it is, and go on with what was posted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from core.host import services
from core.identity.models import Role, User
from core.identity.service import find_user, role_named
from plugin_api.context import clock_at
from tests.harness import Installation
from tests.identity.kit import PASSWORD, START, is_in, log_in, post

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
ACTION = re.compile(r'<form method="post" action="([^"]+)">')
LATER = START + timedelta(minutes=11)


@pytest.fixture
def ada(inst: Installation) -> Iterator[FlaskClient]:
    """Who logged in eleven minutes ago."""
    with clock_at(START):
        client = log_in(inst, "ada@acme.example")
    with clock_at(LATER):
        yield client


def prove(client: FlaskClient, asked: TestResponse, password: str = PASSWORD) -> TestResponse:
    """Send the page that asks, with a password."""
    assert asked.status_code == 403 and "Is it you?" in asked.text
    body = asked.text[asked.text.index('<main class="main"') :]
    (action,) = ACTION.findall(body)
    form: dict[str, Any] = {n: unescape(v) for n, v in HIDDEN.findall(body)}
    return client.post(unescape(action), data={**form, "_proof": password})


def test_a_token_is_made_after_the_proof_with_what_was_typed(
    inst: Installation, ada: FlaskClient
) -> None:
    asked = post(inst, ada, "/core/tokens", name="Nightly “sync”", days="90")
    wrong = prove(ada, asked, "wrong")
    assert "This is not the password" in wrong.text
    made = prove(ada, wrong)
    assert made.status_code == 200 and "Nightly “sync”" in made.text
    again = post(inst, ada, "/core/tokens", name="Another", days="30")
    assert again.status_code == 200, "ten minutes are not over"


def test_a_fresh_log_in_is_proof_enough(inst: Installation) -> None:
    with clock_at(START):
        client = log_in(inst, "ada@acme.example")
    with clock_at(START + timedelta(minutes=9)):
        assert post(inst, client, "/core/tokens", name="Soon").status_code == 200


def test_a_page_that_sets_a_password_asks_before_it_is_typed(
    inst: Installation, ada: FlaskClient
) -> None:
    path = f"/core/users/{inst.user_id('acme', 'rick')}/login"
    back = prove(ada, ada.get(path))
    assert back.status_code == 303 and back.headers["Location"] == path
    assert ada.get(path).status_code == 200


def test_a_posted_password_is_not_carried_along(inst: Installation, ada: FlaskClient) -> None:
    path = f"/core/users/{inst.user_id('acme', 'rick')}/login"
    asked = post(inst, ada, path, password="battery staple horse")
    assert "battery" not in asked.text
    back = prove(ada, asked)
    assert back.status_code == 303 and back.headers["Location"] == path
    assert is_in(log_in(inst)), "nothing is set yet"


def test_making_an_administrator_asks_wherever_it_is_done(
    inst: Installation, ada: FlaskClient
) -> None:
    with inst.working("acme"):
        rick = find_user("rick@acme.example")
        number, version, admin = rick.id, rick.version, role_named("admin").id
    form = {"role": "Administrator", "role__id": str(admin), "role__label": "Administrator",
            "version": str(version)}  # fmt: skip
    asked = post(inst, ada, f"/core/users/{number}", **form)
    assert _role(inst, "rick") == "rep"
    assert prove(ada, asked).status_code == 303
    assert _role(inst, "rick") == "admin"


def test_a_program_makes_no_administrator(inst: Installation) -> None:
    headers = inst.token("acme", "ada")
    with inst.working("acme"):
        admin, version = role_named("admin").id, find_user("rick@acme.example").version
    path = f"/api/v1/core/users/{inst.user_id('acme', 'rick')}"
    body = {"role": admin, "version": version}
    answer = inst.app.test_client().patch(path, json=body, headers=headers)
    assert answer.status_code == 403 and _role(inst, "rick") == "rep"


@pytest.mark.parametrize("path", ["/core/audit/entries.csv"])
def test_large_exports_ask(ada: FlaskClient, path: str) -> None:
    back = prove(ada, ada.get(path))
    assert back.headers["Location"] == path
    with ada.get(path) as answer:
        assert answer.status_code == 200


def test_ending_the_sessions_of_somebody_else_asks(inst: Installation, ada: FlaskClient) -> None:
    rick = log_in(inst)
    path = f"/core/users/{inst.user_id('acme', 'rick')}/sessions/end"
    asked = post(inst, ada, path)
    assert is_in(rick)
    assert prove(ada, asked).status_code == 303
    assert not is_in(rick)


def test_guessing_there_locks_the_login(inst: Installation, ada: FlaskClient) -> None:
    asked = post(inst, ada, "/core/tokens", name="x")
    for _ in range(10):
        asked = prove(ada, asked, "wrong")
    assert prove(ada, asked).status_code == 403


def test_a_script_is_told(inst: Installation, ada: FlaskClient) -> None:
    answer = ada.get("/core/audit/entries.csv", headers={"Accept": "application/json"})
    assert answer.status_code == 403 and "password" in answer.json["message"]  # type: ignore[index]


def _role(inst: Installation, name: str) -> str:
    with inst.working("acme"):
        user: User = find_user(f"{name}@acme.example")
        role: Any = services().session.get(Role, user.role_id)
        return str(role.code)


def test_personal_data_is_handed_out_and_erased_after_the_proof(
    inst: Installation, ada: FlaskClient
) -> None:
    with inst.working("acme", "ada"):
        user = find_user("rick@acme.example")
        services().records.update(user, {"active": False})
        number, name = user.id, user.name
    path = f"/core/users/{number}/personal"
    asked = post(inst, ada, f"{path}/file")
    assert asked.status_code == 403 and "Is it you?" in asked.text
    asked = post(inst, ada, f"{path}/erase", name=name)
    assert prove(ada, asked).status_code == 303
    with inst.working("acme"):
        assert services().session.get(User, number).email is None
