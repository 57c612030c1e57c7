"""The whole application as the role that the third wall binds: two companies, every way in."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from core.extensions import db
from core.hosting import enablement
from core.identity import service
from core.identity.models import Login
from core.tenancy.platform import platform_session
from plugin_api.context import current_company
from tests.harness import Installation, install
from tests.processes import run, xiaoguan
from tests.tenancy.roles import close, make_roles, states

PASSWORD = "a long enough password"


@pytest.fixture(scope="module")
def made(
    new_postgres_url: Callable[[], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    _admin, access = make_roles(new_postgres_url)
    folder = tmp_path_factory.mktemp("app")
    made = install(folder, database_url=access.app_url, owner_database_url=access.owner_url)
    for slug in ("acme", "beta"):
        made.company(slug)
        with made.working(slug):
            service.add_user(name="Ada", email="ada@example.com", role="admin", password=PASSWORD)
        made.person(slug, "rita", "rep")
    yield made
    close(made)


def logged_in(made: Installation) -> FlaskClient:
    client = made.app.test_client()
    form = {"email": "ada@example.com", "password": PASSWORD}
    assert client.post("/login", data=form).status_code in (302, 303)
    return client


def test_a_person_of_two_companies_sees_one_at_a_time(made: Installation) -> None:
    client = logged_in(made)
    seen = []
    with made.app.app_context():
        companies = [service.load_company(slug) for slug in ("acme", "beta")]
    for company in companies:
        client.post("/switch", data={"company": company.id})
        page = client.get("/core/users").get_data(as_text=True)
        seen.append([slug for slug in ("acme", "beta") if f"rita@{slug}.example" in page])
    assert seen == [["acme"], ["beta"]]


def test_failed_attempts_are_counted(made: Installation) -> None:
    form = {"email": "ada@example.com", "password": "wrong"}
    made.app.test_client().post("/login", data=form)
    with made.app.app_context(), platform_session("identify") as session:
        count = sa.select(Login.failures).where(Login.email == "ada@example.com")
        assert session.scalar(count) == 1
    logged_in(made)


def test_rest_writes_and_reads_inside(made: Installation) -> None:
    for slug in ("acme", "beta"):
        headers = made.token(slug, "rita")
        client = made.app.test_client()
        answer = client.get("/api/v1/core/users?count=true", headers=headers)
        assert answer.status_code == 200
        assert answer.json["total"] == 2
        assert f"rita@{slug}.example" in answer.text


def test_a_plugin_is_switched_on_for_one_company(made: Installation) -> None:
    with made.working("acme"):
        enablement.enable("crm")
    with made.working("beta"):
        assert "crm" not in enablement.enabled_set(current_company())
    for slug, status in (("acme", 200), ("beta", 404)):
        assert made.client(slug, "rita").get("/crm/accounts").status_code == status
        made_by_rest = made.app.test_client().post(
            "/api/v1/crm/accounts", json={"name": "Secret"}, headers=made.token(slug, "rita")
        )
        assert made_by_rest.status_code == (201 if status == 200 else 404)
    with made.working("acme"):
        enablement.disable("crm", cascade=True)
        db.session.flush()
        rows = enablement.purge("crm")
    assert rows["crm.Account"] == 1


def test_the_doctor_and_the_probes_are_content(made: Installation) -> None:
    assert states(made) == {"ok"}
    client = made.app.test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200


def test_the_command_line_works_with_the_roles(
    new_postgres_url: Callable[[], str], tmp_path: Path
) -> None:
    """From nothing to a served page, by the commands that an operator types."""
    _admin, access = make_roles(new_postgres_url)
    environment = {
        **os.environ, "XIAOGUAN_INSTANCE": str(tmp_path), "XIAOGUAN_PASSWORD": PASSWORD,
        "XIAOGUAN_DATABASE_URL": access.app_url, "XIAOGUAN_OWNER_DATABASE_URL": access.owner_url,
    }  # fmt: skip

    def said(*arguments: str) -> str:
        done = run(xiaoguan, *arguments, env=environment)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    said("init")
    said("company", "add", "acme", "--name", "Acme")
    said("user", "add", "ada@example.com", "--company", "acme", "--name", "Ada", "--role", "admin")
    assert "acme" in said("company", "list")
    assert "xg_" in said("token", "add", "ada@example.com", "--company", "acme")
    assert "one company only" in said("doctor")
