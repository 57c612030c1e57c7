"""Nobody gets another person's login: not by giving it, not by guessing, not by asking."""

from __future__ import annotations

import re

import argon2
import pytest

from core.extensions import db
from core.identity.models import User
from core.identity.passwords import hash_password
from core.identity.service import find_user, set_password
from tests.security.kit import ACME, OTHER, World

SECRET = "correct horse battery"


def login(world: World, email: str, password: str) -> str:
    """What the log-in page answers; empty when it lets in."""
    answer = world.app.test_client().post("/login", data={"email": email, "password": password})
    return "" if answer.status_code == 303 else answer.text


def test_an_admin_does_not_take_over_a_login_of_another_company(world: World) -> None:
    with world.inst.working(OTHER):
        set_password(find_user("rick@other.example").login_id or 0, SECRET)
    # Inactive: a count of the companies in which somebody is active would not see it.
    bait = world.make(ACME, "ada", "core.User", name="Bait", active=False)
    for _ in range(2):
        answer = world.post(
            ACME, "ada", f"/core/users/{bait}/login",
            email="rick@other.example", password="mine from now on",
        )  # fmt: skip
        assert answer.status_code == 422
    assert login(world, "rick@other.example", "mine from now on")
    assert login(world, "rick@other.example", SECRET) == ""
    with world.inst.working(ACME):
        assert db.session.get(User, bait).login_id is None  # type: ignore[union-attr]


def test_a_password_is_not_set_for_who_works_elsewhere_too(world: World) -> None:
    """Also not while one of the two companies has made them inactive."""
    login_id = world.user(OTHER, "rita").login_id
    with world.inst.working(ACME):
        both = User(name="Both", email="both@acme.example", login_id=login_id, active=False)
        db.session.add(both)
        db.session.flush()
        user_id = both.id
    answer = world.post(ACME, "ada", f"/core/users/{user_id}/login", password="mine from now on")
    assert answer.status_code == 422
    assert login(world, "rita@other.example", "mine from now on")
    with world.inst.working(ACME):
        db.session.delete(db.session.get(User, user_id))


def test_a_login_that_nobody_has_any_more_gets_the_new_password(world: World) -> None:
    gone = world.inst.person(ACME, "gone")
    with world.inst.working(ACME):
        set_password(find_user("gone@acme.example").login_id or 0, "of who has gone")
        db.session.delete(db.session.get(User, gone))
    again = world.make(ACME, "ada", "core.User", name="Again")
    answer = world.post(
        ACME, "ada", f"/core/users/{again}/login",
        email="gone@acme.example", password="of who has come",
    )  # fmt: skip
    assert answer.status_code == 303
    assert login(world, "gone@acme.example", "of who has gone")
    assert login(world, "gone@acme.example", "of who has come") == ""


def test_a_lower_role_does_not_set_the_password_of_a_higher_one(world: World) -> None:
    desk = world.role(
        ACME, "desk", {"core.User.read": "company", "core.User.update": "company",
                       "core.logins": "company"},
    )  # fmt: skip
    world.inst.person(ACME, "dora")
    with world.inst.working(ACME):
        find_user("dora@acme.example").role_id = desk
    admin, equal = world.user(ACME, "ada").id, world.inst.person(ACME, "dirk")
    with world.inst.working(ACME):
        find_user("dirk@acme.example").role_id = desk
    path = "/core/users/{}/login"
    taken = world.post(ACME, "dora", path.format(admin), password="mine from now on")
    assert taken.status_code in (403, 422)
    assert login(world, "ada@acme.example", "mine from now on")
    assert world.post(ACME, "dora", path.format(equal), password="a new one").status_code == 303


def test_an_unknown_address_is_answered_like_a_known_one(world: World) -> None:
    """However often it is tried: neither the words nor the lock tell who has a login."""
    world.inst.person(ACME, "tess")
    known = [login(world, "tess@acme.example", "wrong") for _ in range(12)]
    unknown = [login(world, "nobody@acme.example", "wrong") for _ in range(12)]
    token = re.compile('name="csrf_token" value="[^"]+"|(tess|nobody)(?=@)')
    plain = [token.sub("", text) for text in (*known, *unknown)]
    assert len(set(plain)) == 1


def test_a_locked_login_refuses_the_right_password(world: World) -> None:
    world.inst.person(ACME, "lena")
    with world.inst.working(ACME):
        set_password(find_user("lena@acme.example").login_id or 0, SECRET)
    for _ in range(10):
        login(world, "lena@acme.example", "wrong")
    assert login(world, "lena@acme.example", SECRET)


@pytest.mark.parametrize("email", ["\0", "a" * 10_000, "' or 1=1 --", "rick@acme.example\0"])
def test_odd_addresses_are_plain_failures(world: World, email: str) -> None:
    assert "do not go together" in login(world, email, "x" * 10_000)


def test_a_session_is_not_kept_over_the_log_in(world: World) -> None:
    """What somebody planted in the browser before is gone."""
    world.inst.person(ACME, "fixed")
    with world.inst.working(ACME):
        set_password(find_user("fixed@acme.example").login_id or 0, SECRET)
    client = world.app.test_client()
    with client.session_transaction() as cookie:
        cookie["planted"] = cookie["recent"] = [[1, "crm.Account", 1]]
    client.post("/login", data={"email": "fixed@acme.example", "password": SECRET})
    with client.session_transaction() as cookie:
        assert "planted" not in cookie and "recent" not in cookie


def test_a_password_is_never_shown_again(world: World) -> None:
    """Not even on the page that says that the form was for another company."""
    fields = ("old_password", "new_password", "again_password", "password")
    form = dict.fromkeys(fields, SECRET) | {"_company": "999"}
    answer = world.client(ACME, "rick").post("/profile/security/password", data=form)
    assert answer.status_code == 409
    assert SECRET not in answer.text


def test_hashes_cost_who_guesses_much_memory_and_time() -> None:
    """At least what OWASP asks of Argon2id: 19 MiB and two rounds."""
    of = argon2.extract_parameters(hash_password("a bicycle made of cheese"))
    assert of.type is argon2.Type.ID
    assert of.memory_cost >= 19 * 1024
    assert of.time_cost >= 2
