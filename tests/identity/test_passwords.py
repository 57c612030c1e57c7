"""Which passwords are taken."""

from __future__ import annotations

import pytest

from core.identity.passwords import check, fits, hash_password
from core.identity.service import find_user, set_password
from plugin_api.errors import Rejected
from tests.harness import Installation
from tests.identity.kit import company_id


@pytest.mark.parametrize(
    "password",
    ["short", "password1", "12345678", "P@ssw0rd", "qwertyuiop", "iloveyou", "aaaaaaaaaaaa"],
)
def test_common_and_short_ones_are_refused(inst: Installation, password: str) -> None:
    with inst.app.test_request_context(), pytest.raises(Rejected):
        check(password)


@pytest.mark.parametrize("password", ["rick1234", "rick@acme.example", "acmeacme", "RickAcme1"])
def test_what_is_known_of_the_person_is_refused(inst: Installation, password: str) -> None:
    with inst.working("acme"):
        login = find_user("rick@acme.example").login_id or 0
        with pytest.raises(Rejected):
            set_password(login, password)


@pytest.mark.parametrize(
    "password", ["a bicycle made of cheese", "demo-demo", "早安晚安大海风筝", "x9Kq#2vLp"]
)
def test_others_are_taken(inst: Installation, password: str) -> None:
    with inst.app.test_request_context():
        check(password, ["rick@acme.example", "Acme"])
    assert fits(password, hash_password(password))


def test_a_very_long_one_costs_no_time(inst: Installation) -> None:
    with inst.app.test_request_context():
        check("correct horse battery staple " * 30)
        with pytest.raises(Rejected):
            check("x" * 1001)


def test_a_page_says_why_and_keeps_the_old_one(inst: Installation) -> None:
    from tests.identity.kit import PASSWORD, is_in, log_in

    client = log_in(inst)
    form = {"_company": company_id(inst), "old_password": PASSWORD,
            "new_password": "password1", "again_password": "password1"}  # fmt: skip
    answer = client.post("/profile/security/password", data=form)
    assert answer.status_code == 422 and "easily guessed" in answer.text
    assert is_in(log_in(inst))
