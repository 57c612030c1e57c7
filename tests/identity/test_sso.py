"""Single sign-on, against a provider that runs as a process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from core.app import create_app
from core.data import settings
from core.host import services
from core.identity import single
from plugin_api.context import clock_at, now
from tests.harness import Installation
from tests.identity import oidc
from tests.identity.kit import START, is_in, log_in, noted, post

PEOPLE = (
    {"sub": "1", "email": "Rick@acme.example", "email_verified": True},
    {"sub": "2", "email": "rick@acme.example", "email_verified": False},
    {"sub": "3", "email": "nobody@acme.example", "email_verified": True},
)


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Its address."""
    with oidc.running(tmp_path_factory.mktemp("provider"), PEOPLE) as address:
        yield address


@pytest.fixture
def sso(inst: Installation, provider: str) -> Iterator[Installation]:
    """The same installation with the provider."""
    config = replace(
        inst.app.extensions["xiaoguan.config"],
        sso_issuer=provider, sso_client_id="xiaoguan", sso_client_secret="shared secret",
        sso_name="Acme ID",
    )  # fmt: skip
    app = create_app(config)
    app.config.update(TESTING=False, WTF_CSRF_ENABLED=False)
    yield Installation(app, inst.instance)
    with app.app_context():
        services().engine.dispose()


def at_provider(client: FlaskClient, sub: str, path: str = "/sso/start") -> str:
    return oidc.at_provider(client, sub, path, "/sso/callback")


def test_a_verified_address_lets_its_person_in(sso: Installation) -> None:
    client = sso.app.test_client()
    assert "Log in with Acme ID" in client.get("/login", headers={"Accept-Language": "en"}).text
    answer = client.get(at_provider(client, "1", "/sso/start?next=/search"))
    assert answer.status_code == 303 and answer.headers["Location"] == "/search"
    assert is_in(client)
    assert noted(sso, "rick")[-1][1]["factor"] == "sso"


@pytest.mark.parametrize("sub", ["2", "3"])
def test_others_are_not_let_in(sso: Installation, sub: str) -> None:
    """An address that the provider has not verified, and one that nobody has here."""
    client = sso.app.test_client()
    answer = client.get(at_provider(client, sub))
    assert answer.headers["Location"] == "/login" and not is_in(client)


def test_an_answer_for_another_browser_is_not_taken(sso: Installation) -> None:
    """Nor one that is sent twice, nor one that is made up: state, code and nonce must fit."""
    mine, other = sso.app.test_client(), sso.app.test_client()
    back = at_provider(mine, "1")
    other.get("/sso/start")
    assert other.get(back).headers["Location"] == "/login" and not is_in(other)
    assert mine.get(back).status_code == 303 and is_in(mine)
    mine.post("/logout")
    assert mine.get(back).headers["Location"] == "/login" and not is_in(mine)
    assert other.get("/sso/callback?code=x&state=y").headers["Location"] == "/login"


def test_a_provider_that_remembers_the_browser_proves_nothing(sso: Installation) -> None:
    """Else a browser that was left open would prove anything with one click."""
    step, client = "/profile/security/second-factor", sso.app.test_client()
    client.get(at_provider(client, "1"))
    assert is_in(client) and client.get(step).status_code == 200, "it has asked just now"
    with clock_at(now() + timedelta(hours=1)):
        client.get(at_provider(client, "1"))
        assert is_in(client) and client.get(step).status_code == 403


def test_when_it_has_asked_is_what_it_says(sso: Installation) -> None:
    with clock_at(START):
        moment = int(START.timestamp())
        assert single.is_proof({"auth_time": moment - 60}, again=False)
        assert not single.is_proof({"auth_time": moment - 3600}, again=True)
        assert single.is_proof({}, again=True) and not single.is_proof({}, again=False)


def test_a_company_may_take_nothing_else(sso: Installation) -> None:
    with sso.working("acme"):
        settings.store("core.sso_only", True)
    assert not is_in(log_in(sso))
    client = sso.app.test_client()
    client.get(at_provider(client, "1"))
    assert is_in(client)
    assert is_in(log_in(sso, "olga@other.example")), "others are not touched"


def test_without_a_provider_passwords_work_again(inst: Installation) -> None:
    """Who switches the provider off locks nobody out."""
    with inst.working("acme"):
        settings.store("core.sso_only", True)
    assert is_in(log_in(inst))
    assert inst.app.test_client().get("/sso/start").status_code == 404


def test_nobody_switches_into_such_a_company_with_a_password(sso: Installation) -> None:
    from core.extensions import db
    from core.identity.models import User
    from core.identity.service import find_user, load_company

    with sso.working("acme"):
        login_id = find_user("rick@acme.example").login_id
    with sso.working("other"):
        db.session.add(User(name="Rick", login_id=login_id))
        settings.store("core.sso_only", True)
    with sso.app.app_context():
        other = load_company("other").id
    client = log_in(sso)
    assert post(sso, client, "/switch", company=str(other)).status_code == 403
