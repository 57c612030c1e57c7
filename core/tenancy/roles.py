"""Roles of PostgreSQL: who owns the tables, who works for companies, who sees all of them.

Of an installation named ``xiaoguan``: ``xiaoguan`` is what the application connects as; it
owns nothing and every policy binds it. ``xiaoguan_platform`` is above the policies; nobody
connects as it, the application enters it for work across companies, one transaction long.
``xiaoguan_owner`` owns the tables and is above the policies, for a migration reaches the rows
of all companies; only commands connect as it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

PLATFORM_ROLE = "xiaoguan.platform_role"
"""Where a connection keeps the name of the role for work across companies."""
MEMBERSHIPS_INHERIT = 16
"""Version of PostgreSQL."""
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,40}")
_NOTE = """
    select rolname from pg_roles
    where rolname = session_user || '_platform' and pg_has_role(session_user, oid, 'MEMBER')
"""
_OWNER = """
    select pg_get_userbyid(relowner) from pg_class
    where oid = to_regclass('alembic_version_core')
    and right(pg_get_userbyid(relowner), 6) = '_owner'
    and relowner <> (select oid from pg_roles where rolname = current_user)
    and pg_has_role(session_user, relowner, 'MEMBER')
"""


class RolesError(RuntimeError):
    """The roles cannot be made; the message says why."""


@dataclass(frozen=True, slots=True)
class Roles:
    """The three of an installation, by the name of the one that it connects as."""

    app: str

    @property
    def owner(self) -> str:
        """Owns the tables."""
        return f"{self.app}_owner"

    @property
    def platform(self) -> str:
        """Sees every company."""
        return f"{self.app}_platform"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Whom a connection is made as, and what policies mean to it."""

    name: str
    superuser: bool
    bypasses: bool
    owns: bool
    platform: str | None
    """The role for work across companies, when it may be entered."""


def note_platform_role(connection: Any, record: Any) -> None:
    """Remember with a new connection which role sees every company."""
    with connection.cursor() as cursor:
        row = cursor.execute(_NOTE).fetchone()
    connection.commit()
    record.info[PLATFORM_ROLE] = row[0] if row else None


def become_owner(connection: Any, record: object) -> None:
    """Let a superuser's new connection make tables in the name of who owns the others."""
    with connection.cursor() as cursor:
        row = cursor.execute(_OWNER).fetchone()
        if row:
            cursor.execute("select set_config('role', %s, false)", row)
    connection.commit()


def bypasses(connection: sa.Connection) -> bool:
    """Whether the current role is above the policies."""
    above = "select rolsuper or rolbypassrls from pg_roles where rolname = current_user"
    return bool(connection.exec_driver_sql(above).scalar())


def roles_of_owner(connection: sa.Connection) -> Roles | None:
    """The roles to which the current role belongs as the owner; None when it is another's."""
    found = connection.exec_driver_sql(
        "select rolname from pg_roles where current_user = rolname || '_owner'"
    ).scalar()
    if found is None:
        return None
    roles = Roles(found)
    return roles if exists(connection, roles.platform) else None


def standing(connection: sa.Connection) -> Standing:
    """How the connected role stands to the wall."""
    row = connection.exec_driver_sql("""
        select rolname, rolsuper, rolbypassrls, exists(
            select 1 from pg_class where relowner = r.oid and relkind in ('r', 'p')
            and relnamespace = current_schema()::regnamespace)
        from pg_roles r where rolname = session_user
    """).one()
    platform = connection.exec_driver_sql(_NOTE).scalar()
    return Standing(name=row[0], superuser=row[1], bypasses=row[2], owns=row[3], platform=platform)


def _attributes(connection: sa.Connection, name: str) -> dict[str, bool] | None:
    row = connection.execute(
        sa.text("""
            select rolcanlogin as login, rolbypassrls as bypassrls, rolsuper as superuser,
                rolcreatedb as createdb, rolcreaterole as createrole,
                rolreplication as replication, rolinherit as inherit
            from pg_roles where rolname = :name
        """),
        {"name": name},
    )
    found = row.mappings().first()
    return dict(found) if found else None


def exists(connection: sa.Connection, name: str) -> bool:
    """Whether there is a role of that name."""
    return _attributes(connection, name) is not None


def ensure(connection: sa.Connection, roles: Roles, passwords: dict[str, str]) -> None:
    """Make the roles, or bring them to what they should be; run it as often as you like.

    ``passwords``: role → what it is to be given. Raises RolesError.
    """
    if not _NAME.fullmatch(roles.app):
        raise RolesError("a name has lower-case letters, digits and _, at most 41 of them")
    # Before, it is the role that inherits or not; since, it is each membership.
    old = int((connection.dialect.server_version_info or (0,))[0]) < MEMBERSHIPS_INHERIT
    wanted: dict[str, dict[str, bool]] = {
        roles.owner: {"login": True, "bypassrls": True},
        roles.app: {"login": True, "bypassrls": False, "inherit": not old},
        roles.platform: {"login": False, "bypassrls": True},
    }
    common = dict.fromkeys(("superuser", "createdb", "createrole", "replication"), False)
    for name, attributes in wanted.items():
        for statement in _role(connection, name, common | attributes, passwords.get(name)):
            connection.exec_driver_sql(statement)
    quoted = {role: _quote(connection, role) for role in (roles.app, roles.owner, roles.platform)}
    how = "" if old else " with inherit false, set true"
    connection.exec_driver_sql(f"grant {quoted[roles.platform]} to {quoted[roles.app]}{how}")
    if not standing(connection).superuser:
        # Who is no superuser acts for the owner as one of its members.
        connection.exec_driver_sql(f"grant {quoted[roles.owner]} to current_user")
    for statement in _places(connection, *quoted.values()):
        connection.exec_driver_sql(statement)


def _role(
    connection: sa.Connection, name: str, wanted: dict[str, bool], password: str | None
) -> Iterator[str]:
    found = _attributes(connection, name)
    # Only a superuser may so much as name some of these, so only what differs is said.
    new = {"login": False, "inherit": True}
    differs = {
        key: value
        for key, value in wanted.items()
        if (found[key] if found else new.get(key, False)) != value
    }
    words = [key if value else f"no{key}" for key, value in differs.items()]
    if password is not None:
        words.append(f"password '{_verifier(connection, name, password)}'")
    if found is None:
        yield f"create role {_quote(connection, name)} {' '.join(words)}"
    elif words:
        yield f"alter role {_quote(connection, name)} {' '.join(words)}"


def _verifier(connection: sa.Connection, name: str, password: str) -> str:
    """What the server keeps of a password, so that no log of it holds the password itself."""
    driver: Any = connection.connection.dbapi_connection
    made: bytes = driver.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256")
    return made.decode()


def _places(connection: sa.Connection, app: str, owner: str, platform: str) -> Iterator[str]:
    """What the roles may do with the database, its schema, and tables yet to be made."""
    row = connection.exec_driver_sql("select current_database(), current_schema()").one()
    database, schema = (_quote(connection, name) for name in row)
    yield f"grant connect, create on database {database} to {owner}"
    yield f"grant connect on database {database} to {app}"
    yield f"revoke create on schema {schema} from public"
    yield f"grant usage, create on schema {schema} to {owner}"
    yield f"grant usage on schema {schema} to {app}, {platform}"
    made_by = f"alter default privileges for role {owner} in schema {schema}"
    yield f"{made_by} grant select, insert, update, delete on tables to {platform}"
    yield f"{made_by} grant usage on sequences to {app}, {platform}"


def hand_over(connection: sa.Connection, roles: Roles, tables: Iterable[tuple[str, str]]) -> None:
    """Make the owner own the tables; each is a name and who owns it now."""
    owner = _quote(connection, roles.owner)
    for table, owned_by in tables:
        if owned_by != roles.owner:
            name = _quote(connection, table)
            connection.exec_driver_sql(f"alter table {name} owner to {owner}")


def _quote(connection: sa.Connection, name: str) -> str:
    return connection.dialect.identifier_preparer.quote_identifier(name)
