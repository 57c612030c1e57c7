"""A company brings its own provider: whom it lets in, and how far its word reaches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from core.app import create_app
from core.data.audit import AuditEntry
from core.extensions import db
from core.host import services
from core.identity import providers
from core.identity.models import Login, LoginSession, User
from core.identity.providers import Provider, SsoIdentity
from core.identity.service import find_user, role_named
from core.tenancy.platform import platform_session
from plugin_api.errors import Invalid
from tests.harness import Installation
from tests.identity import oidc
from tests.identity.kit import company_id, is_in, log_in, noted, post

PEOPLE = (
    {"sub": "1", "email": "Rick@acme.example", "email_verified": True, "name": "Rick"},
    {"sub": "2", "email": "rita@acme.example", "email_verified": False},
    {"sub": "3", "email": "nina@acme.example", "email_verified": True, "name": "Nina New"},
    {"sub": "4", "email": "olga@other.example", "email_verified": True},
    {"sub": "5", "email": "rick@acme.example", "email_verified": True},
    {"sub": "6", "email": "ada@acme.example", "email_verified": True},
    {"sub": "7", "email": "x@evil.example@acme.example", "email_verified": True},
)
CALLBACK = "/sso/at/acme/callback"


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Its address."""
    with oidc.running(tmp_path_factory.mktemp("provider"), PEOPLE) as address:
        yield address


@pytest.fixture
def sso(inst: Installation, provider: str) -> Iterator[Installation]:
    """Acme has a provider inside the own network; the installation has none."""
    config = replace(inst.app.extensions["xiaoguan.config"], intranet="127.0.0.1")
    app = create_app(config)
    app.config.update(TESTING=False, WTF_CSRF_ENABLED=False)
    made = Installation(app, inst.instance)
    set_up(made, "acme", provider)
    yield made
    with app.app_context():
        services().engine.dispose()


def set_up(made: Installation, slug: str, issuer: str, **more: Any) -> None:
    values = {"name": "Acme ID", "domains": ("acme.example",), **more}
    with made.working(slug):
        providers.store(Provider(issuer=issuer, client_id="xiaoguan", **values), "shared secret")


def come_by(made: Installation, sub: str, slug: str = "acme") -> FlaskClient:
    """A browser after the provider has vouched for somebody."""
    client = made.app.test_client()
    at = f"/sso/at/{slug}"
    client.get(oidc.at_provider(client, sub, f"{at}/start", f"{at}/callback"))
    return client


def test_a_member_comes_in_and_is_known_by_the_subject(sso: Installation) -> None:
    client = come_by(sso, "1")
    assert is_in(client) and noted(sso, "rick")[-1][1]["factor"] == "own sso"
    with sso.working("acme"):
        held = db.session.scalars(sa.select(SsoIdentity)).one()
        assert (held.subject, held.user_id) == ("1", find_user("rick@acme.example").id)
        find_user("rick@acme.example").email = "richard@acme.example"
    assert is_in(come_by(sso, "1")), "the address plays no part any more"


@pytest.mark.parametrize("sub", ["2", "3", "4", "7"])
def test_others_do_not_come_in(sso: Installation, sub: str) -> None:
    """Not verified; nobody here; somebody of another company; an address that is none."""
    assert not is_in(come_by(sso, sub))
    with sso.working("acme"):
        assert db.session.scalars(sa.select(SsoIdentity)).all() == []


def test_an_address_that_was_given_to_somebody_else_is_not_the_same_person(
    sso: Installation,
) -> None:
    assert is_in(come_by(sso, "1"))
    assert not is_in(come_by(sso, "5")), "another subject with the address of the first"
    assert is_in(come_by(sso, "1"))


def test_people_are_made_when_the_company_says_so(sso: Installation, provider: str) -> None:
    with sso.working("acme"):
        role = role_named("rep").id
    set_up(sso, "acme", provider, create=True, role=role)
    assert is_in(come_by(sso, "3")) and is_in(come_by(sso, "3"))
    with sso.working("acme"):
        nina = find_user("nina@acme.example")
        assert (nina.name, nina.role_id) == ("Nina New", role)
        nina.active = False
    assert not is_in(come_by(sso, "3")), "who has left stays out"
    assert not is_in(come_by(sso, "4")), "an address outside of the domains"
    assert not is_in(log_in(sso, "nina@acme.example", "")), "there is no password"


def test_a_login_of_another_company_is_not_taken_over(sso: Installation, provider: str) -> None:
    """The attack: an administrator has a provider of their own say that they are Olga."""
    with sso.working("acme"):
        role = role_named("rep").id
    domains = ("acme.example", "other.example")
    set_up(sso, "acme", provider, create=True, role=role, domains=domains)
    client = come_by(sso, "4")
    assert not is_in(client)
    with sso.working("acme"):
        assert (
            db.session.scalar(sa.select(User.id).where(User.email == "olga@other.example")) is None
        )
    # A person without a login who has her address does not help either.
    with sso.working("acme"):
        db.session.add(User(name="Olga", email="olga@other.example"))
    assert not is_in(come_by(sso, "4"))
    with sso.working("other"):
        olga = find_user("olga@other.example").login_id
    with sso.app.app_context(), platform_session("identify") as session:
        asked = sa.select(LoginSession.id).where(LoginSession.login_id == olga)
        assert session.scalars(asked).all() == []


def test_a_shared_login_is_beyond_its_reach(sso: Installation) -> None:
    """Else the administrator of one company could change what opens the other."""
    client = come_by(sso, "1")
    assert is_in(client)
    with sso.working("acme"):
        login_id = find_user("rick@acme.example").login_id
    with sso.working("other"):
        db.session.add(User(name="Rick", login_id=login_id))
    assert not is_in(client), "the session has ended"
    assert not is_in(come_by(sso, "1"))
    assert is_in(log_in(sso)), "the password is Rick's own"


def test_it_opens_no_other_company(sso: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    from core.web import gate

    client = come_by(sso, "1")
    with sso.working("acme"):
        login_id = find_user("rick@acme.example").login_id
    with sso.working("other"):
        db.session.add(User(name="Rick", login_id=login_id))
    monkeypatch.setattr(gate, "_is_stray", lambda known: False)
    assert post(sso, client, "/switch", company=company_id(sso, "other")).status_code == 403


def test_providers_are_not_mixed_up(sso: Installation, provider: str) -> None:
    """What one company's provider has begun ends nowhere else, and in no other browser."""
    set_up(sso, "other", provider, domains=("acme.example", "other.example"))
    mine, browser = sso.app.test_client(), sso.app.test_client()
    back = oidc.at_provider(mine, "4", "/sso/at/other/start", "/sso/at/other/callback")
    mine.get(back.replace("/at/other/", "/at/acme/"))
    assert not is_in(mine)
    browser.get("/sso/at/other/start")
    browser.get(back)
    assert not is_in(browser)
    assert is_in(come_by(sso, "4", "other")) and not is_in(come_by(sso, "1", "other"))


def test_the_domain_of_an_address_leads_to_the_provider(sso: Installation, provider: str) -> None:
    """Whether somebody has the address shows nowhere."""
    client = sso.app.test_client()

    def find(email: str) -> tuple[int, str]:
        answer = client.post("/sso/find", data={"email": email, "next": "/search"})
        return answer.status_code, answer.headers["Location"]

    known = find("rick@acme.example")
    assert known == find("nobody@ACME.example") == (303, "/sso/at/acme?next=/search")
    unknown = find("olga@other.example")
    assert unknown == find("x@nowhere.example") == find("") == (303, "/login?next=/search")
    page = client.get("/sso/at/acme", headers={"Accept-Language": "en"}).text
    assert "Log in with Acme ID" in page and "Acme" in page
    assert client.get("/sso/at/other").status_code == 404 == client.get("/sso/at/x").status_code
    set_up(sso, "other", provider)
    assert find("rick@acme.example") == unknown, "two companies name it: neither is believed"


def test_a_company_may_take_no_passwords(sso: Installation, provider: str) -> None:
    with sso.working("acme"):
        ada = find_user("ada@acme.example").id
    set_up(sso, "acme", provider, only=True, emergency=ada)
    assert not is_in(log_in(sso)) and is_in(come_by(sso, "1"))
    assert is_in(log_in(sso, "ada@acme.example")), "one administrator keeps the password"
    assert is_in(log_in(sso, "olga@other.example")), "others are not touched"
    with sso.working("acme"):
        providers.forget()
    assert is_in(log_in(sso)), "without a provider passwords work again"


def test_it_is_set_up_by_administrators(sso: Installation, provider: str) -> None:
    ada, rick = log_in(sso, "ada@acme.example"), log_in(sso)
    form = {"name": "ID", "issuer": provider, "client_id": "x", "client_secret": "s3cret-s3cret",
            "domains": "@Acme.example, acme.org"}  # fmt: skip
    assert rick.get("/core/sso").status_code == 403
    assert post(sso, rick, "/core/sso", **form).status_code == 403
    assert post(sso, ada, "/core/sso", **form).status_code == 303
    with sso.working("acme"):
        assert providers.current().domains == ("acme.example", "acme.org")
        assert providers.secret() == "s3cret-s3cret"
        said = db.session.scalars(sa.select(AuditEntry.changes)).all()
        assert "s3cret-s3cret" not in str(said)
    page = ada.get("/core/sso", headers={"Accept-Language": "en"}).text
    assert "s3cret" not in page and "http://localhost/sso/at/acme/callback" in page
    post(sso, ada, "/core/sso", **{**form, "client_secret": ""})
    with sso.working("acme"):
        assert providers.secret() == "s3cret-s3cret", "empty leaves it"
    post(sso, ada, "/core/sso", **{**form, "client_secret": "", "issuer": "https://evil.example"})
    with sso.working("acme"):
        assert providers.secret() == "", "another provider does not get the old secret"
    wrong = {"issuer": "ftp://x", "client_id": "", "domains": "localhost", "only": "true",
             "create": "true"}  # fmt: skip
    answer = post(sso, ada, "/core/sso", **wrong)
    assert answer.status_code == 422
    for word in ("An address such as", "is no domain", "Choose a role", "who keeps the password"):
        assert word in answer.get_data(as_text=True), word


def test_who_changes_settings_is_not_everybody(sso: Installation, provider: str) -> None:
    """Who says what a provider is could come in as any administrator."""
    from core.identity.models import Role, RoleGrant

    with sso.working("acme"):
        role = Role(code="clerk", name="Clerk")
        db.session.add(role)
        db.session.flush()
        db.session.add(RoleGrant(role_id=role.id, permission="core.settings", scope="company"))
        find_user("rick@acme.example").role_id = role.id
    rick = log_in(sso)
    assert rick.get("/core/sso").status_code == 200
    form = {"issuer": provider, "client_id": "x", "domains": "acme.example"}
    for path in ("/core/sso", "/core/sso/try", "/core/sso/off"):
        assert post(sso, rick, path, **form).status_code == 403, path


def test_an_administrator_is_not_made_by_a_first_log_in(sso: Installation, provider: str) -> None:
    with sso.working("acme"), pytest.raises(Invalid):
        providers.store(
            Provider(issuer=provider, client_id="x", domains=("acme.example",), create=True,
                     role=role_named("admin").id), None,
        )  # fmt: skip


def tried(made: Installation, client: FlaskClient) -> str:
    post(made, client, "/core/sso/try")
    return client.get("/core/sso", headers={"Accept-Language": "en"}).text


def test_trying_it_says_what_is_wrong(
    sso: Installation, provider: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = log_in(sso, "ada@acme.example")
    assert "The provider answers" in tried(sso, ada)
    for issuer, word in (
        (provider.replace("127.0.0.1", "127.0.0.2"), "not that of a public server"),
        ("https://nowhere.invalid", "not that of a public server"),
        ("http://169.254.169.254/latest", "not that of a public server"),
        (f"{provider}/other", "answers with the error 404"),
        (provider.rpartition(":")[0] + ":1", "cannot be reached"),
    ):
        set_up(sso, "acme", issuer)
        assert word in tried(sso, ada), issuer
    set_up(sso, "acme", provider)
    for told, word in (
        ({"issuer": "https://evil.example"}, "another issuer"),
        ({"issuer": provider, "authorization_endpoint": "javascript:alert(1)"}, "no description"),
    ):
        monkeypatch.setattr(
            "authlib.integrations.flask_client.FlaskOAuth2App.load_server_metadata",
            lambda client, told=told: told,
        )
        assert word in tried(sso, ada), told
        assert sso.app.test_client().get("/sso/at/acme/start").headers["Location"] == "/login"


def test_a_provider_that_is_away_is_said_in_words(sso: Installation) -> None:
    set_up(sso, "acme", "https://nowhere.invalid")
    client = sso.app.test_client()
    assert client.get("/sso/at/acme/start").headers["Location"] == "/login"
    assert "does not answer" in client.get("/login", headers={"Accept-Language": "en"}).text
    assert client.get(f"{CALLBACK}?code=x&state=y").headers["Location"] == "/login"


def test_the_secret_is_sealed(sso: Installation) -> None:
    with sso.app.app_context(), platform_session("identify") as session:
        from core.data.settings import SettingValue

        kept = session.scalars(
            sa.select(SettingValue.value).where(SettingValue.key == providers.SECRET)
        ).one()
        assert "shared secret" not in kept
        assert session.scalar(sa.select(sa.func.count(Login.id))) == 4
