"""Who gets in, for which company, and which plugins answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.extensions import db
from core.hosting import enablement
from core.identity import sessions
from core.identity.login import identify
from core.identity.models import Login, User
from core.identity.service import find_user, set_password
from tests.harness import Installation, install, shared_cache
from tests.hosting.companies import write_plugins


@pytest.fixture(scope="module")
def inst(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("gate")
    write_plugins(folder)
    made = install(folder)
    made.company("acme", "depot")
    made.company("other")
    made.person("acme", "ada", "admin")
    made.person("acme", "rick", "rep")
    made.person("other", "olga", "admin")
    yield made


def test_a_stranger_is_asked_to_log_in_and_comes_back_to_the_page(inst: Installation) -> None:
    client = inst.app.test_client()
    answer = client.get("/depot/shelves?sort=name")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/login?next=/depot/shelves?sort%3Dname"
    page = client.get(answer.headers["Location"])
    assert page.status_code == 200
    assert 'name="next" value="/depot/shelves?sort=name"' in page.text


@pytest.mark.parametrize("address", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_the_log_in_page_leads_nowhere_else(inst: Installation, address: str) -> None:
    page = inst.app.test_client().get("/login", query_string={"next": address})
    assert f'value="{address}"' not in page.text
    client = inst.client("acme", "rick")
    assert client.get("/login", query_string={"next": address}).headers["Location"] == "/"


def test_the_right_password_opens_and_a_wrong_one_does_not(inst: Installation) -> None:
    with inst.working("acme"):
        login = find_user("ada@acme.example").login_id
        assert login is not None
        set_password(login, "correct horse")
    client = inst.app.test_client()
    wrong = client.post("/login", data={"email": "ada@acme.example", "password": "battery"})
    assert wrong.status_code == 422
    assert "do not go together" in wrong.text
    assert 'value="ada@acme.example"' in wrong.text
    unknown = client.post("/login", data={"email": "nobody@acme.example", "password": "battery"})
    assert "do not go together" in unknown.text
    right = client.post("/login", data={"email": "ADA@acme.example ", "password": "correct horse"})
    assert right.status_code == 303
    assert client.get("/").status_code == 200


def test_ten_failures_lock_the_login_for_a_while(inst: Installation) -> None:
    inst.person("acme", "locked")
    with inst.working("acme"):
        set_password(find_user("locked@acme.example").login_id or 0, "correct horse")
    client = inst.app.test_client()
    for _ in range(10):
        client.post("/login", data={"email": "locked@acme.example", "password": "wrong one"})
    right = {"email": "locked@acme.example", "password": "correct horse"}
    refused = client.post("/login", data=right)
    assert refused.status_code == 422 and "rests for a quarter of an hour" in refused.text


def test_a_new_password_ends_the_sessions(inst: Installation) -> None:
    inst.person("acme", "pia")
    client = inst.client("acme", "pia")
    assert client.get("/").status_code == 200
    with inst.working("acme"):
        set_password(find_user("pia@acme.example").login_id or 0, "another one")
    assert client.get("/").status_code == 302


def test_who_has_left_is_out_with_the_next_click(inst: Installation) -> None:
    inst.person("acme", "lea")
    client = inst.client("acme", "lea")
    assert client.get("/").status_code == 200
    with inst.working("acme"):
        find_user("lea@acme.example").active = False
    assert client.get("/").status_code == 302


def test_a_page_of_an_enabled_plugin_opens(inst: Installation) -> None:
    page = inst.client("acme", "rick").get("/depot/shelves")
    assert page.status_code == 200
    assert "First of acme!" in page.text


def test_a_plugin_that_is_off_is_not_there_at_all(inst: Installation) -> None:
    client = inst.client("other", "olga")
    off, unknown = client.get("/depot/shelves"), client.get("/nothing/shelves")
    assert off.status_code == unknown.status_code == 404
    assert off.text == unknown.text.replace("/nothing/", "/depot/")
    assert "Shelves" not in client.get("/").text


def test_switching_on_and_off_shows_with_the_next_request(inst: Installation) -> None:
    client = inst.client("other", "olga")
    shown = client.get("/core/plugins/depot")
    assert "Shelves" in shown.text
    with inst.working("other"):
        company = str(find_user("olga@other.example").company_id)
    on = client.post("/core/plugins/depot", data={"_company": company}, follow_redirects=True)
    assert "Depot is switched on." in on.text
    assert client.get("/depot/shelves").status_code == 200
    assert client.get("/depot/shelves/1").status_code == 404  # the first shelf is acme's
    off = client.post("/core/plugins/depot", data={"_company": company}, follow_redirects=True)
    assert "Its data is kept." in off.text
    assert client.get("/depot/shelves").status_code == 404
    assert inst.client("acme", "ada").get("/depot/shelves").status_code == 200


def test_only_who_may_switches_plugins(inst: Installation) -> None:
    client = inst.client("acme", "rick")
    assert client.get("/core/plugins").status_code == 403
    assert client.get("/core/plugins/depot").status_code == 403
    assert client.post("/core/plugins/depot").status_code == 403


def test_a_form_of_another_company_is_refused(inst: Installation) -> None:
    client = inst.client("acme", "ada")
    answer = client.post("/core/plugins/depot", data={"_company": "999"})
    assert answer.status_code == 409
    with inst.working("acme"):
        from plugin_api.context import current_company

        assert "depot" in enablement.enabled_set(current_company())


def test_one_login_works_for_several_companies(inst: Installation) -> None:
    inst.person("acme", "mia", "rep")
    with inst.working("acme"):
        login = find_user("mia@acme.example").login_id
    with inst.working("other"):
        db.session.add(User(name="Mia", email="mia@acme.example", login_id=login))
    client = inst.client("acme", "mia")
    home = client.get("/").text
    assert 'name="company"' in home
    with inst.working("other"):
        other = find_user("mia@acme.example").company_id
    moved = client.post("/switch", data={"company": other}, follow_redirects=True)
    assert "You now work for Other." in moved.text
    assert client.get("/depot/shelves").status_code == 404


def test_nobody_switches_to_a_company_of_others(inst: Installation) -> None:
    client = inst.client("acme", "rick")
    with inst.working("other"):
        other = find_user("olga@other.example").company_id
    assert client.post("/switch", data={"company": other}).status_code == 403
    with client.session_transaction() as cookie, inst.app.app_context():
        opened = identify(cookie["key"])
        assert opened is not None
        sessions.work_for(opened.session.id, other)
    assert client.get("/").status_code == 302


def test_forms_need_their_token(inst: Installation) -> None:
    inst.app.config["WTF_CSRF_ENABLED"] = True
    try:
        client = inst.client("acme", "ada")
        assert client.post("/core/plugins/depot", data={"_company": "1"}).status_code == 400
        assert client.post("/login", data={"email": "a", "password": "b"}).status_code == 400
    finally:
        inst.app.config["WTF_CSRF_ENABLED"] = False


def test_the_language_is_the_persons_else_the_browsers(inst: Installation) -> None:
    client = inst.app.test_client()
    chinese = client.get("/login", headers={"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"})
    assert '<html lang="zh-CN">' in chinese.text and "登录" in chinese.text
    assert '<html lang="en">' in client.get("/login", headers={"Accept-Language": "en"}).text
    logged_in = inst.client("acme", "rick")
    logged_in.post("/language", data={"language": "zh"})
    assert '<html lang="zh-CN">' in logged_in.get("/", headers={"Accept-Language": "en"}).text


def test_every_answer_carries_the_headers(inst: Installation) -> None:
    for path in ("/login", "/healthz", "/nothing/at/all"):
        headers = inst.app.test_client().get(path).headers
        assert "script-src 'self'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_health(inst: Installation) -> None:
    client = inst.app.test_client()
    assert client.get("/healthz").json == {"status": "ok"}
    assert client.get("/readyz").json == {"status": "ok"}


def test_an_empty_database_says_what_to_run(tmp_path: Path) -> None:
    from core.app import create_app
    from core.config import Config

    client = create_app(Config(cache=shared_cache(), instance=tmp_path)).test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
    answer = client.get("/login")
    assert answer.status_code == 200
    failed = client.post("/login", data={"email": "a@b.c", "password": "12345678"})
    assert failed.status_code in (400, 503)
    assert Login.__tablename__ not in failed.text


def test_a_late_answer_brings_no_older_session_back(inst: Installation) -> None:
    """A card of the page that is still on its way says nothing of the session."""
    client = inst.client("acme", "rick")
    client.get("/")
    assert client.get("/").headers.getlist("Set-Cookie") == []
    assert client.post("/language", data={"language": "zh"}).headers.getlist("Set-Cookie") != []
