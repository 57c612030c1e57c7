"""The second factor: set up, asked for, each code once, needed by a role, taken away."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pyotp
import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from core.identity.factors import RecoveryCode
from core.identity.models import Login
from core.identity.service import role_named
from core.tenancy.platform import platform_session
from plugin_api.context import clock_at
from tests.harness import Installation
from tests.identity.kit import PASSWORD, START, is_in, log_in, noted, post

PAGE = "/profile/security/second-factor"
KEY = re.compile(r"<code data-secret>([A-Z2-7 ]+)</code>")
CODE = re.compile(r"<li><code>([a-z0-9-]+)</code>")


def code_at(secret: str, at: datetime) -> str:
    return pyotp.TOTP(secret).at(at)


def set_up(inst: Installation, client: FlaskClient, at: datetime) -> tuple[str, list[str]]:
    """Switch it on; the secret and the recovery codes."""
    page = client.get(PAGE)
    assert "<svg" in page.text and "style=" not in page.text.split("<svg")[1].split("</svg>")[0]
    secret = KEY.findall(page.text)[0].replace(" ", "")
    done = post(inst, client, PAGE, code=code_at(secret, at))
    assert done.status_code == 200
    return secret, CODE.findall(done.text)


@pytest.fixture
def rick(inst: Installation) -> tuple[str, list[str]]:
    """Secret and recovery codes of rick, who set it up at START."""
    with clock_at(START):
        return set_up(inst, log_in(inst), START)


def answer(client: FlaskClient, code: str) -> TestResponse:
    return client.post("/login/code", data={"code": code}, headers={"Accept-Language": "en"})


def test_the_code_is_asked_after_the_password(
    inst: Installation, rick: tuple[str, list[str]]
) -> None:
    later = START + timedelta(minutes=5)
    with clock_at(later):
        client = log_in(inst)
        assert not is_in(client)
        assert answer(client, "000000").status_code == 422
        assert answer(client, code_at(rick[0], later)).status_code == 303
        assert is_in(client)
    assert noted(inst, "rick")[-1] == (
        "login", {"address": "127.0.0.1", "failures": 1, "factor": "code"}
    )  # fmt: skip


def test_a_code_is_taken_once(inst: Installation, rick: tuple[str, list[str]]) -> None:
    later = START + timedelta(minutes=5)
    code = code_at(rick[0], later)
    with clock_at(later):
        first, second = log_in(inst), log_in(inst)
        assert answer(first, code).status_code == 303
        assert answer(second, code).status_code == 422
    with clock_at(later + timedelta(seconds=30)):
        old = answer(second, code_at(rick[0], later - timedelta(seconds=30)))
        assert old.status_code == 422, "nor is an earlier one"
        assert answer(second, code_at(rick[0], later + timedelta(seconds=30))).status_code == 303


@pytest.mark.parametrize(("off", "taken"), [(-60, False), (-30, True), (30, True), (60, False)])
def test_clocks_may_differ_a_little(
    inst: Installation, rick: tuple[str, list[str]], off: int, taken: bool
) -> None:
    later = START + timedelta(minutes=5)
    with clock_at(later):
        client = log_in(inst)
        got = answer(client, code_at(rick[0], later + timedelta(seconds=off)))
    assert (got.status_code == 303) is taken


def test_a_recovery_code_works_once(inst: Installation, rick: tuple[str, list[str]]) -> None:
    assert len(set(rick[1])) == 10
    with clock_at(START + timedelta(minutes=5)):
        client = log_in(inst)
        assert answer(client, rick[1][0].upper()).status_code == 303
        assert "9 recovery codes are left" in client.get("/profile/security").text
        assert answer(log_in(inst), rick[1][0]).status_code == 422


def test_codes_are_not_guessed(inst: Installation, rick: tuple[str, list[str]]) -> None:
    """Giving the password anew does not begin the count anew."""
    later = START + timedelta(minutes=5)
    with clock_at(later):
        for _ in range(5):
            client = log_in(inst)
            answer(client, "000000")
            answer(client, "111111")
        assert answer(client, code_at(rick[0], later)).status_code == 422
        locked = log_in(inst)
        assert answer(locked, code_at(rick[0], later)).status_code == 303 or not is_in(locked)
        assert not is_in(locked)


def test_the_password_alone_counts_for_a_while_only(
    inst: Installation, rick: tuple[str, list[str]]
) -> None:
    with clock_at(START + timedelta(minutes=5)):
        client = log_in(inst)
    late = START + timedelta(minutes=16)
    with clock_at(late):
        back = answer(client, code_at(rick[0], late))
        assert back.headers["Location"] == "/login" and not is_in(client)


def test_neither_secret_nor_codes_stand_in_the_database(
    inst: Installation, rick: tuple[str, list[str]]
) -> None:
    with inst.app.app_context(), platform_session("identify") as session:
        rows = [
            *session.execute(sa.select(Login.__table__)),
            *session.execute(sa.select(RecoveryCode.__table__)),
        ]
    said = str(rows)
    assert rick[0] not in said and not any(code in said for code in rick[1])


def test_it_is_switched_off_by_its_person(inst: Installation, rick: tuple[str, list[str]]) -> None:
    later = START + timedelta(minutes=5)
    with clock_at(later):
        client = log_in(inst)
        answer(client, code_at(rick[0], later))
        assert post(inst, client, f"{PAGE}/off").status_code == 303
        assert is_in(log_in(inst))


def test_a_role_may_need_it(inst: Installation) -> None:
    with inst.working("acme"):
        role_named("rep").second_factor = True
    with clock_at(START):
        client = log_in(inst)
        assert client.get("/").headers["Location"] == PAGE
        assert "Your role needs a second factor" in client.get(PAGE).text
        assert is_in(log_in(inst, "ada@acme.example"))
        set_up(inst, client, START)
        assert client.get("/").status_code == 200
        assert post(inst, client, f"{PAGE}/off").status_code == 403


def test_an_administrator_takes_a_lost_one_away(
    inst: Installation, rick: tuple[str, list[str]]
) -> None:
    path = f"/core/users/{inst.user_id('acme', 'rick')}/second-factor/reset"
    assert post(inst, log_in(inst, "rita@acme.example"), path).status_code == 403
    assert post(inst, log_in(inst, "ada@acme.example"), path).status_code == 303
    assert is_in(log_in(inst, password=PASSWORD))
    assert noted(inst, "rick")[-2][0] == "factor_reset"


def test_a_lower_role_does_not_take_it_from_a_higher_one(inst: Installation) -> None:
    from core.extensions import db
    from core.identity.models import Role, RoleGrant
    from core.identity.service import find_user

    with inst.working("acme"):
        desk = Role(code="desk", name="Desk")
        db.session.add(desk)
        db.session.flush()
        for permission in ("core.User.read", "core.User.update", "core.logins"):
            db.session.add(RoleGrant(role_id=desk.id, permission=permission, scope="company"))
        find_user("rita@acme.example").role_id = desk.id
    path = f"/core/users/{inst.user_id('acme', 'ada')}/second-factor/reset"
    assert post(inst, log_in(inst, "rita@acme.example"), path).status_code == 403
