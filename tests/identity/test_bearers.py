"""A token that is remembered does no more than it would if it were not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from core.extensions import db
from core.host import services
from core.identity.models import ApiToken, Role, User
from tests.harness import Installation, install

USERS = "/api/v1/core/users"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    url = "" if request.param == "sqlite" else request.getfixturevalue("new_postgres_url")()
    found = install(tmp_path_factory.mktemp("bearers"), database_url=url)
    for slug in ("acme", "other"):
        found.company(slug, language="en", country="DE")
        found.person(slug, "ada", "admin")
    yield found
    with found.app.app_context():
        services().engine.dispose()


def status(made: Installation, headers: dict[str, str], **body: str) -> int:
    client = made.app.test_client()
    if body:
        return client.post("/api/v1/core/teams", json=body, headers=headers).status_code
    return client.get(USERS, headers=headers).status_code


def remembered(made: Installation, name: str, role: str = "admin") -> dict[str, str]:
    """Headers of a new person, used twice."""
    made.person("acme", name, role)
    headers = made.token("acme", name)
    assert [status(made, headers), status(made, headers)] == [200, 200]
    return headers


def _token(name: str) -> ApiToken:
    person = sa.select(User.id).where(User.name == name.title()).scalar_subquery()
    return db.session.scalars(sa.select(ApiToken).where(ApiToken.user_id == person)).one()


def _revoke(name: str) -> None:
    db.session.delete(_token(name))


def _expire(name: str) -> None:
    _token(name).expires_at = datetime(2020, 1, 1, tzinfo=UTC)


def _leave(name: str) -> None:
    db.session.scalars(sa.select(User).where(User.name == name.title())).one().active = False


@pytest.mark.parametrize("end", [_revoke, _expire, _leave])
def test_it_ends_with_the_next_request(made: Installation, end: Callable[[str], None]) -> None:
    name = f"eve{end.__name__}"
    headers = remembered(made, name)
    with made.working("acme"):
        end(name)
    assert [status(made, headers), status(made, headers)] == [401, 401]


def test_another_role_holds_with_the_next_request(made: Installation) -> None:
    headers = remembered(made, "rolf")
    assert status(made, headers, name="North") == 201
    with made.working("acme"):
        rep = db.session.scalars(sa.select(Role.id).where(Role.code == "rep")).one()
        db.session.scalars(sa.select(User).where(User.name == "Rolf")).one().role_id = rep
    assert status(made, headers, name="South") == 403
    assert status(made, headers) == 200


def test_a_token_of_another_reach_holds_with_the_next_request(made: Installation) -> None:
    headers = remembered(made, "rhea")
    with made.working("acme"):
        _token("rhea").reach = "read"
    assert status(made, headers, name="West") == 403
    assert status(made, headers) == 200


def test_each_token_sees_its_own_company(made: Installation) -> None:
    remembered(made, "anna")
    for slug in ("acme", "other", "acme", "other"):
        found = made.app.test_client().get(USERS, headers=made.token(slug, "ada")).json
        emails = {each["email"] for each in found["items"]}
        assert f"ada@{slug}.example" in emails
        assert all(email.endswith(f"@{slug}.example") for email in emails)


def test_a_list_costs_one_statement_and_one_transaction_on_postgresql(
    made: Installation,
) -> None:
    headers = remembered(made, "otto")
    seen: list[str] = []
    with made.app.app_context():
        engine = services().engine
    event.listen(engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
    event.listen(engine, "begin", lambda *given: seen.append("begin"))
    assert status(made, headers) == 200
    # There, whom the token acts for is asked together with BEGIN.
    wanted = 1 if engine.dialect.name == "postgresql" else 2
    assert seen.count("begin") == wanted
    assert len([each for each in seen if each.startswith(("SELECT", "WITH"))]) == wanted
