"""Making the roles, what the doctor says of every gap, and who works without them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from core.cli.main import main
from core.config import Config, with_driver
from core.tenancy import policies, roles
from core.tenancy.roles import RolesError
from core.tenancy.setup import set_up
from tests.harness import Installation, install
from tests.tenancy.roles import (
    NAME,
    Rich,
    ask,
    close,
    engine_of,
    examined,
    installed,
    run,
    states,
)

New = Callable[[], str]


def test_the_roles_are_what_they_should_be(new_postgres_url: New) -> None:
    admin = new_postgres_url()
    access = set_up(admin, "made", {"made": "secret"})
    assert access.kept == ()
    assert "made:secret@" in access.app_url
    rows = ask(
        admin,
        "select rolname, rolcanlogin, rolbypassrls, rolsuper, rolcreaterole, rolcreatedb"
        " from pg_roles where left(rolname, 4) = 'made' order by 1",
    )
    assert rows == [
        ("made", True, False, False, False, False),
        ("made_owner", True, True, False, False, False),
        ("made_platform", False, True, False, False, False),
    ]
    granted = "select roleid::regrole::text, inherit_option, set_option, admin_option"
    assert ask(admin, f"{granted} from pg_auth_members where member = 'made'::regrole") == [
        ("made_platform", False, True, False)
    ]
    kept = ask(admin, "select rolpassword from pg_authid where rolname in ('made', 'made_owner')")
    assert all(password.startswith("SCRAM-SHA-256$") for (password,) in kept)


@pytest.mark.parametrize("version", [99, 16])
def test_an_administrator_need_not_be_a_superuser(
    new_postgres_url: New, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    """And with servers that know no options of a membership."""
    monkeypatch.setattr(roles, "MEMBERSHIPS_INHERIT", version)
    admin, name = new_postgres_url(), f"hosted{version}"
    run(admin, f"create role {name}_admin login createrole bypassrls")
    run(admin, f"alter database {sa.make_url(admin).database} owner to {name}_admin")
    url = admin.replace("postgres@", f"{name}_admin@")
    for _ in range(2):
        access = set_up(url, name, {})
    made = installed(tmp_path, access.app_url, access.owner_url)
    assert states(made) == {"ok"}
    assert ask(access.app_url, "select count(*) from core_user") == [(0,)]
    with pytest.raises(sa.exc.DBAPIError, match="permission denied"):
        ask(access.app_url, "select * from core_login")
    assert made.client("acme", "ada").get("/core/users").status_code == 200
    close(made)


def test_roles_are_made_once_and_mended(rich: Rich) -> None:
    assert states(rich.made) == {"ok"}
    for damage in (
        "alter role probe bypassrls",
        "grant select on core_login to probe",
        "revoke select on core_user from probe",
        "revoke probe_platform from probe",
        "drop policy company on core_user",
        "alter table core_team no force row level security",
        "alter table core_role disable row level security",
        "alter table core_team owner to postgres",
    ):
        run(rich.admin, damage)
    again = set_up(rich.admin, "probe", {})
    assert again.kept == ("probe", "probe_owner")
    close(rich.made)
    assert states(rich.made) == {"ok"}
    assert rich.made.client("acme", "ada").get("/").status_code == 200


@pytest.mark.parametrize("name", ["", "Über", "a b", 'x"; drop role postgres; --', "x" * 50])
def test_a_name_is_a_plain_word(new_postgres_url: New, name: str) -> None:
    with pytest.raises(RolesError):
        set_up(new_postgres_url(), name, {})


def test_who_may_not_make_roles_is_told(rich: Rich) -> None:
    with pytest.raises(sa.exc.DBAPIError):
        set_up(with_driver(rich.access.app_url), "other", {})
    assert ask(rich.admin, "select 1 from pg_roles where rolname = 'other'") == []


def test_a_superuser_s_tables_are_handed_over(new_postgres_url: New, tmp_path: Path) -> None:
    admin = new_postgres_url()
    before = installed(tmp_path / "a", admin)
    (warned,) = examined(before)
    assert warned.state == "warn" and "postgres" in str(warned.text)
    assert before.client("acme", "ada").get("/").status_code == 200
    close(before)
    access = set_up(admin, "probe", {})
    after = install(
        tmp_path / "b", database_url=access.app_url, owner_database_url=access.owner_url
    )
    assert states(after) == {"ok"}
    assert after.client("acme", "ada").get("/core/users").status_code == 200
    close(after)


def test_an_owner_of_everything_is_not_locked_out(new_postgres_url: New, tmp_path: Path) -> None:
    """Who has but one role, no superuser, works on with two walls, and is told."""
    admin = new_postgres_url()
    database = sa.make_url(admin).database
    run(admin, "do $$ begin if not exists (select from pg_roles where rolname = 'plain') then"
        " create role plain login; end if; end $$")  # fmt: skip
    run(admin, f"alter database {database} owner to plain")
    made = installed(tmp_path, admin.replace("postgres@", "plain@"))
    assert made.client("acme", "ada").get("/core/users").status_code == 200
    found = [(finding.state, str(finding.text)) for finding in examined(made)]
    assert {state for state, _ in found} == {"fail", "warn"}
    assert all("does not bind the owner" in text for state, text in found if state == "fail")
    close(made)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("drop policy company on core_user", "core_user: no policy"),
        ("alter policy company on core_user using (true)", "core_user: no policy"),
        ("alter policy company on core_user with check (true)", "core_user: no policy"),
        ("alter policy company on core_user to probe_owner", "core_user: no policy"),
        ("create policy more on core_user using (true)", "the policy more lets in more"),
        (
            "alter table core_user disable row level security",
            "row-level security is off",
        ),
        ("alter table core_user no force row level security", "does not bind the owner"),
        ("create unique index loose on core_user (email)", "unique index loose"),
        ("create table core_added (company_id bigint)", "core_added: no index begins"),
        ("grant select on core_login to probe", "reaches core_login"),
    ],
)
def test_every_gap_is_found(rich: Rich, damage: str, said: str) -> None:
    with engine_of(rich.admin).connect() as connection:
        connection.exec_driver_sql(damage)
        found = list(policies.holes(connection))
        found += [f"reaches {name}" for name in policies.open_platform_tables(connection, NAME)]
    assert any(said in text for text in found), found


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("drop policy company on core_user", "core_user: no policy"),
        ("grant select on core_login to probe", "reaches core_login"),
        ("revoke probe_platform from probe", "cannot enter the role"),
    ],
)
def test_the_doctor_tells_of_a_gap(rich: Rich, damage: str, said: str) -> None:
    run(rich.admin, damage)
    found = [str(finding.text) for finding in examined(rich.made) if finding.state == "fail"]
    assert len(found) == 1 and said in found[0], found
    rich.mend()


def command(made: Installation | None, *arguments: str) -> Result:
    obj = (lambda: made.app) if made else None
    return CliRunner().invoke(main, arguments, obj=obj)


def test_the_command_prints_the_settings(new_postgres_url: New) -> None:
    admin = new_postgres_url().replace("postgresql+psycopg:", "postgresql:")
    done = command(None, "db", "roles", "--admin", admin, "--app", "told", "--password", "secret")
    assert done.exit_code == 0, done.output
    app, owner = done.stdout.splitlines()
    assert app.startswith("XIAOGUAN_DATABASE_URL=postgresql://told:secret@/")
    assert owner.startswith("XIAOGUAN_OWNER_DATABASE_URL=postgresql://told_owner:")
    again = command(None, "db", "roles", "--admin", admin, "--app", "told", "--json")
    assert [row["setting"] for row in json.loads(again.stdout)] == [
        "XIAOGUAN_DATABASE_URL",
        "XIAOGUAN_OWNER_DATABASE_URL",
    ]
    assert "told@" in again.stdout


def test_the_command_says_why_not(tmp_path: Path) -> None:
    made = install(tmp_path)
    done = command(made, "db", "roles")
    assert done.exit_code == 1 and "SQLite has no roles" in done.output
    close(made)


def test_settings_name_the_owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIAOGUAN_INSTANCE", str(tmp_path))
    monkeypatch.setenv("XIAOGUAN_DATABASE_URL", "postgresql://a@h/d")
    assert Config.from_environment().owner_database == "postgresql+psycopg://a@h/d"
    monkeypatch.setenv("XIAOGUAN_OWNER_DATABASE_URL", "postgres://o@h/d")
    config = Config.from_environment()
    assert (config.database, config.owner_database) == (
        "postgresql+psycopg://a@h/d",
        "postgresql+psycopg://o@h/d",
    )
