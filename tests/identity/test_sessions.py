"""Sessions are rows: listed, ended, and ending by themselves."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from core.app import create_app
from core.host import services
from core.identity import sessions
from core.identity.login import identify
from core.identity.models import LoginSession
from core.tenancy.platform import platform_session
from plugin_api.context import clock_at
from tests.harness import Installation
from tests.identity.kit import START, is_in, log_in, noted, post

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0"
    " Mobile/15E148 Safari/604.1"
)
END = re.compile(r'name="session" value="(\d+)"')


def test_each_browser_is_listed_in_words_and_ended_alone(inst: Installation) -> None:
    here, there = log_in(inst, **{"User-Agent": FIREFOX}), log_in(inst, **{"User-Agent": IPHONE})
    page = here.get("/profile/security").text
    assert "Firefox on Linux" in page and "Safari on iPhone" in page and "127.0.0.1" in page
    (other,) = END.findall(page)
    assert post(inst, here, "/profile/security/sessions/end", session=other).status_code == 303
    assert is_in(here) and not is_in(there)
    assert noted(inst, "rick")[-1] == ("end_sessions", {"sessions": 1})


def test_all_others_end_and_this_one_goes_on(inst: Installation) -> None:
    here, *others = (log_in(inst) for _ in range(3))
    post(inst, here, "/profile/security/sessions/end")
    assert is_in(here) and not any(is_in(each) for each in others)


def test_nobody_ends_the_session_of_somebody_else(inst: Installation) -> None:
    rick, rita = log_in(inst), log_in(inst, "rita@acme.example")
    (number,) = (each.id for each in _listed(inst, "rick"))
    answer = post(inst, rita, "/profile/security/sessions/end", session=str(number))
    assert answer.status_code == 404 and is_in(rick)


def test_logging_out_ends_the_session_wherever_its_cookie_is(inst: Installation) -> None:
    client, thief = log_in(inst), inst.app.test_client()
    with client.session_transaction() as cookie:
        key = cookie["key"]
    with thief.session_transaction() as cookie:
        cookie["key"] = key
    assert is_in(thief)
    client.post("/logout")
    assert not is_in(thief) and not is_in(client)
    assert [action for action, _facts in noted(inst, "rick")] == ["login", "logout"]


def test_an_admin_logs_a_person_out_of_the_own_company_only(inst: Installation) -> None:
    ada, rick, olga = (
        log_in(inst, f"{name}.example") for name in ("ada@acme", "rick@acme", "olga@other")
    )
    path = f"/core/users/{inst.user_id('acme', 'rick')}"
    assert "Where Rick is logged in" in ada.get(f"{path}/login").text
    assert post(inst, ada, f"{path}/sessions/end").status_code == 303
    assert not is_in(rick) and is_in(olga) and is_in(ada)
    rita = log_in(inst, "rita@acme.example")
    assert post(inst, rita, f"{path}/sessions/end").status_code == 403


@pytest.mark.parametrize(("idle", "alive"), [(71, True), (73, False)])
def test_a_session_ends_when_nobody_clicks(inst: Installation, idle: int, alive: bool) -> None:
    with clock_at(START):
        client = log_in(inst)
    with clock_at(START + timedelta(hours=idle)):
        assert is_in(client) is alive


def test_a_session_ends_after_its_longest_time_however_busy(inst: Installation) -> None:
    with clock_at(START):
        client = log_in(inst)
    for day in range(1, 30):
        with clock_at(START + timedelta(days=day)):
            assert is_in(client)
    with clock_at(START + timedelta(days=30, minutes=1)):
        assert not is_in(client)


def test_who_asks_costs_one_statement_and_writes_only_now_and_then(inst: Installation) -> None:
    with clock_at(START):
        client = log_in(inst)
    with client.session_transaction() as cookie:
        key = cookie["key"]
    said: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.lower().startswith(("begin", "pragma")):
            said.append(statement)

    with inst.app.app_context():
        engine = services().engine
        with clock_at(START):
            identify(key)
        event.listen(engine, "before_cursor_execute", note)
        try:
            with clock_at(START):
                known = identify(key)
            assert known is not None and len(said) == 1
            said.clear()
            with clock_at(START + timedelta(minutes=4)):
                sessions.seen(known.session)
            assert said == []
            with clock_at(START + timedelta(minutes=6)):
                sessions.seen(known.session)
            assert len(said) == 1 and said[0].startswith("UPDATE core_login_session")
        finally:
            event.remove(engine, "before_cursor_execute", note)


def test_two_processes_agree(inst: Installation) -> None:
    """What one ends is ended for the other: both ask the database."""
    config = inst.app.extensions["xiaoguan.config"]
    twin = create_app(config)
    client, beside = log_in(inst), twin.test_client()
    with client.session_transaction() as cookie:
        key = cookie["key"]
    with beside.session_transaction() as cookie:
        cookie["key"] = key
    assert is_in(beside)
    client.post("/logout")
    assert not is_in(beside)
    with twin.app_context():
        services().engine.dispose()


def test_the_key_itself_is_not_kept(inst: Installation) -> None:
    client = log_in(inst)
    with client.session_transaction() as cookie:
        key = cookie["key"]
    with inst.app.app_context(), platform_session("identify") as session:
        row = session.execute(sa.select(LoginSession.__table__)).one()
    assert key not in map(str, row)


def test_a_failed_attempt_is_told_with_the_next_log_in(inst: Installation) -> None:
    log_in(inst, password="wrong")
    log_in(inst)
    assert noted(inst, "rick") == [("login", {"address": "127.0.0.1", "failures": 1})]
    for _ in range(10):
        log_in(inst, password="wrong")
    assert noted(inst, "rick")[-1] == ("lock", {})
    page = log_in(inst, "ada@acme.example").get("/core/audit").text
    assert "was locked after ten failures" in page and "Failed attempts before" in page


def _listed(inst: Installation, name: str) -> list[sessions.Listed]:
    with inst.working("acme"):
        from core.identity.service import find_user

        login_id = find_user(f"{name}@acme.example").login_id or 0
    with inst.app.app_context():
        return sessions.of_login(login_id)
