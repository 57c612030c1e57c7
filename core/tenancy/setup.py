"""Giving a PostgreSQL database its roles, in one go: what ``xiaoguan db roles`` does."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from core.tenancy import policies, roles
from core.tenancy.roles import Roles


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """How the application and its commands reach the database from now on."""

    app_url: str
    owner_url: str
    kept: tuple[str, ...]
    """Roles whose passwords stay as they were, so that they are missing in the URLs."""


def set_up(url: str, name: str, given: dict[str, str]) -> Access:
    """Make or mend the roles of an installation called ``name``, and the wall with them.

    ``url`` is an administrator's. ``given``: role → password; a new role without one gets a
    random one. Raises RolesError and SQLAlchemyError; then nothing has changed.
    """
    engine = sa.create_engine(url, poolclass=NullPool)
    if engine.dialect.name != "postgresql":
        raise roles.RolesError("SQLite has no roles; see XIAOGUAN_DATABASE_URL")
    names = Roles(name)
    people = (names.app, names.owner)
    with engine.begin() as connection:
        new = [role for role in people if not roles.exists(connection, role)]
        passwords = {role: secrets.token_urlsafe(24) for role in new} | given
        roles.ensure(connection, names, passwords)
        found = policies.read(connection)
        roles.hand_over(connection, names, [(table.name, table.owner) for table in found])
        connection.exec_driver_sql("select set_config('role', %s, true)", (names.owner,))
        policies.apply(connection)
    app, owner = (_url(engine.url, role, passwords.get(role)) for role in people)
    kept = tuple(role for role in people if role not in passwords)
    return Access(app_url=app, owner_url=owner, kept=kept)


def _url(url: sa.URL, role: str, password: str | None) -> str:
    made = url.set(drivername="postgresql", username=role, password=password)
    return made.render_as_string(hide_password=False)
