"""What the role that the application connects as may do with the database itself."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError

from core.data.audit import AuditEntry
from core.data.sealing import AuditSeal
from core.identity.models import Company, Login, PlatformEntry, Team, User
from core.tenancy.platform import platform_session
from tests.tenancy.companies import Country
from tests.tenancy.roles import NAME, Alone, Walled


@pytest.mark.parametrize("model", [Login, PlatformEntry])
def test_tables_of_the_platform_are_closed(walled: Walled, alone: Alone, model: Any) -> None:
    for statement in (
        sa.select(model.id), sa.delete(model), sa.update(model).values(id=1),
        sa.select(sa.func.count()).select_from(User).join(model, sa.true()),
    ):  # fmt: skip
        with pytest.raises(ProgrammingError, match="permission denied"):
            alone.execute(statement, execution_options={"synchronize_session": False})
        alone.rollback()
    with walled.two.app.app_context(), platform_session("companies") as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(model)) >= 2


@pytest.mark.parametrize("model", [AuditEntry, AuditSeal])
def test_the_audit_trail_is_only_added_to(alone: Alone, model: Any) -> None:
    for statement in (sa.delete(model), sa.update(model).values(company_id=1)):
        with pytest.raises(ProgrammingError, match="permission denied"):
            alone.execute(statement, execution_options={"synchronize_session": False})
        alone.rollback()
    assert alone.scalar(sa.select(sa.func.count()).select_from(model)) is not None


def test_what_companies_share_and_the_company_itself_cannot_be_made(alone: Alone) -> None:
    for row in (
        Country(code="zz"),
        Company(slug="z", name="z", currency="CNY", timezone="UTC", language="en", country="CN"),
    ):
        alone.add(row)
        with pytest.raises(ProgrammingError, match="permission denied"):
            alone.flush()
        alone.rollback()
    with pytest.raises(ProgrammingError, match="permission denied"):
        alone.execute(sa.delete(Company))


@pytest.mark.parametrize(
    "statement",
    [
        "alter table core_user disable row level security",
        "alter table core_user no force row level security",
        "drop policy company on core_user",
        "create policy mine on core_user using (true)",
        "truncate core_user",
        "drop table core_user",
        "create table core_spy (id int)",
        "create function spy() returns int language sql security definer as 'select 1'",
        f"set role {NAME}_owner",
        "set role postgres",
        "set session authorization postgres",
        f"alter role {NAME} bypassrls",
        "select * from pg_authid",
        "select setval('core_user_id_seq', 1)",
        "select last_value from core_user_id_seq",
        "update alembic_version_core set version_num = ''",
        "copy core_user to program 'cat'",
    ],
)
def test_the_application_cannot_take_the_wall_down(alone: Alone, statement: str) -> None:
    with pytest.raises(DBAPIError, match=r"must be owner|permission denied|does not exist"):
        alone.execute(sa.text(statement))


def test_row_security_cannot_be_switched_off(alone: Alone) -> None:
    alone.execute(sa.text("set local row_security = off"))
    with pytest.raises(DBAPIError, match="row-level security"):
        alone.execute(sa.text("select * from core_user"))


def test_a_reference_across_is_refused_without_saying_more(walled: Walled, alone: Alone) -> None:
    """References are checked above the policies, so here the second wall must stand."""
    alone.add(
        User(name="spy", company_id=walled.two.mine.id, team_id=walled.two.ids["theirs", "team"])
    )
    with pytest.raises(IntegrityError) as caught:
        alone.flush()
    assert "of theirs" not in str(caught.value)


def test_a_refused_name_is_never_another_company_s(walled: Walled, alone: Alone) -> None:
    own = walled.two.mine.id
    alone.add(Team(name="team of theirs", company_id=own))
    alone.flush()
    alone.add(Team(name="team of mine", company_id=own))
    with pytest.raises(IntegrityError) as caught:
        alone.flush()
    assert "theirs" not in str(caught.value)


def test_a_read_of_the_platform_cannot_write(walled: Walled) -> None:
    with (
        walled.two.app.app_context(),
        pytest.raises(DBAPIError, match="read-only"),
        platform_session("identify") as session,
    ):
        session.execute(sa.update(Login).values(failures=1))
