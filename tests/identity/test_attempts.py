"""Who fails too often from one address has to wait, whichever process is asked."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from core.app import create_app
from core.host import services
from core.identity import attempts
from core.identity.attempts import LIMITS, Limit
from plugin_api.context import clock_at
from tests.harness import Installation
from tests.identity.kit import PASSWORD, START, is_in, log_in


@pytest.fixture(autouse=True)
def low(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits that are reached soon."""
    few = {kind: Limit(3, limit.within) for kind, limit in LIMITS.items()}
    monkeypatch.setattr(attempts, "LIMITS", few)


def test_an_address_that_fails_too_often_waits_with_the_right_password_too(
    inst: Installation,
) -> None:
    with clock_at(START):
        for name in ("rick", "rita", "nobody"):
            log_in(inst, f"{name}@acme.example", "wrong")
        answer = inst.app.test_client().post(
            "/login", data={"email": "rick@acme.example", "password": PASSWORD},
            headers={"Accept-Language": "en"},
        )  # fmt: skip
        assert answer.status_code == 429 and "Too many attempts" in answer.text
        assert PASSWORD not in answer.text
    with clock_at(START + timedelta(minutes=16)):
        assert is_in(log_in(inst))


def test_others_go_on_and_other_processes_know(inst: Installation) -> None:
    for _ in range(3):
        log_in(inst, password="wrong")
    data = {"email": "rick@acme.example", "password": PASSWORD}
    elsewhere = {"REMOTE_ADDR": "203.0.113.9"}
    here = inst.app.test_client()
    assert here.post("/login", data=data, environ_overrides=elsewhere).status_code == 303
    twin = create_app(inst.app.extensions["xiaoguan.config"])
    twin.config["WTF_CSRF_ENABLED"] = False
    assert twin.test_client().post("/login", data=data).status_code == 429
    with twin.app_context():
        services().engine.dispose()


def test_right_passwords_are_not_counted(inst: Installation) -> None:
    assert all(is_in(log_in(inst)) for _ in range(5))


def test_tokens_that_are_none_are_counted_and_right_ones_work(inst: Installation) -> None:
    client, right = inst.app.test_client(), inst.token("acme", "ada")
    wrong = {"Authorization": "Bearer xg_guessed"}
    got = [client.get("/api/v1/measures", headers=wrong) for _ in range(4)]
    assert [answer.status_code for answer in got] == [401, 401, 401, 429]
    assert got[-1].headers["Retry-After"] == "900"
    assert client.get("/api/v1/measures", headers=right).status_code == 200


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2:ffff::1", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:203.0.113.9", "203.0.113.9", True),
        ("203.0.113.9", "203.0.113.10", False),
    ],
)
def test_addresses_of_one_household(inst: Installation, one: str, other: str, same: bool) -> None:
    with inst.app.app_context():
        for _ in range(3):
            attempts.count("reset", one)
        assert attempts.too_many("reset", other) is same


def test_counting_at_the_same_moment_loses_nothing(inst: Installation) -> None:
    def fail(_number: int) -> None:
        with inst.app.app_context():
            attempts.count("login", "203.0.113.7")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(fail, range(3)))
    with inst.app.app_context():
        assert attempts.too_many("login", "203.0.113.7")
