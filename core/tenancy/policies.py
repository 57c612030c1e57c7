"""The third wall: PostgreSQL itself shows and takes the rows of one company only.

Each transaction of a company names it in a setting that ends with the transaction; a policy
on every company table compares it. Without the setting there are no rows. Owners and
superusers are above policies, which is why the application connects as neither: see
:mod:`core.tenancy.roles`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from core.tenancy import appendonly
from core.tenancy.models import Company
from core.tenancy.roles import Roles, bypasses, roles_of_owner
from plugin_api.models import Base, CompanyModel, SharedModel

POLICY = "company"
SET_COMPANY = "set local app.company_id = '{}'"
_SETTING = "nullif(current_setting('app.company_id', true), '')::bigint"
_VERSIONS = "alembic_version_"

Kind = Literal["company", "trail", "companies", "shared", "version", "platform"]
GRANTED: dict[Kind, frozenset[str]] = {
    "company": frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"}),
    "trail": frozenset({"SELECT", "INSERT"}),
    "companies": frozenset({"SELECT", "UPDATE"}),
    "shared": frozenset({"SELECT"}),
    "version": frozenset({"SELECT"}),
    "platform": frozenset(),
}
"""What the application may do with a table while it works for a company."""
ALL = GRANTED["company"]

_READ = sa.text("""
    select c.relname as name, pg_get_userbyid(c.relowner) as owner,
        c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
        array(select attname::text from pg_attribute
            where attrelid = c.oid and attnum > 0 and not attisdropped) as columns,
        (select coalesce(json_agg(json_build_object(
                'name', polname, 'permissive', polpermissive, 'command', polcmd,
                'public', polroles = '{0}', 'using', pg_get_expr(polqual, polrelid),
                'check', pg_get_expr(polwithcheck, polrelid))), '[]')
            from pg_policy where polrelid = c.oid) as policies,
        array(select pg_get_userbyid(grantee) || ':' || privilege_type
            from aclexplode(c.relacl)) as grants,
        array(select s.oid::regclass::text from pg_depend d join pg_class s on s.oid = d.objid
            where d.refobjid = c.oid and d.deptype in ('a', 'i') and s.relkind = 'S') as sequences,
        array(select a.attname::text from pg_index i join pg_attribute a
            on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
            where i.indrelid = c.oid and i.indisvalid and i.indpred is null) as leading,
        array(select i.indexrelid::regclass::text from pg_index i left join pg_attribute a
            on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
            where i.indrelid = c.oid and i.indisunique
            and a.attname is distinct from 'company_id') as loose
    from pg_class c
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
    order by c.relname
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableState:
    """A table of ours as the database has it. ``leading``: columns that an index begins with;
    ``loose``: unique indexes that do not begin with the company."""

    name: str
    owner: str
    kind: Kind
    enabled: bool
    forced: bool
    policies: Sequence[dict[str, Any]]
    grants: frozenset[str]
    sequences: Sequence[str]
    leading: frozenset[str]
    loose: Sequence[str]

    @property
    def key(self) -> str | None:
        """The column that names the company."""
        return {"company": "company_id", "trail": "company_id", "companies": "id"}.get(self.kind)

    @property
    def has_policy(self) -> bool:
        """Whether ours is there, as it should be."""
        return any(self._is_ours(policy) for policy in self.policies)

    @property
    def other_policies(self) -> list[str]:
        """Further policies that would let in more: each one adds to what the others allow."""
        return [p["name"] for p in self.policies if p["permissive"] and p["name"] != POLICY]

    def _is_ours(self, policy: dict[str, Any]) -> bool:
        wanted = _bare(f"{self.key} = {_SETTING}")
        return (
            policy["name"] == POLICY and policy["permissive"] and policy["public"]
            and policy["command"] == "*"
            and _bare(policy["using"]) == _bare(policy["check"]) == wanted
        )  # fmt: skip


def _bare(expression: str | None) -> str:
    """Without what PostgreSQL adds when it tells a policy back."""
    return re.sub(r"[\s()]|::text", "", expression or "").lower()


def read(connection: sa.Connection) -> list[TableState]:
    """Every table of the host and of plugins, loaded or not. One statement."""
    rows = connection.execute(_READ).mappings().all()
    ours = {row["name"].removeprefix(_VERSIONS) for row in rows if _is_version(row["name"])}
    ours |= {name.split("_", 1)[0] for name in Base.metadata.tables}
    return [
        TableState(
            name=row["name"], owner=row["owner"], kind=_kind(row["name"], row["columns"]),
            enabled=row["enabled"], forced=row["forced"], policies=row["policies"],
            grants=frozenset(row["grants"] or ()), sequences=row["sequences"],
            leading=frozenset(row["leading"]), loose=row["loose"],
        )
        for row in rows
        if _is_version(row["name"]) or row["name"].split("_", 1)[0] in ours
    ]  # fmt: skip


def _is_version(name: str) -> bool:
    return name.startswith(_VERSIONS)


def _kind(name: str, columns: Sequence[str]) -> Kind:
    if _is_version(name):
        return "version"
    if name == Company.__tablename__:
        return "companies"
    for mapper in Base.registry.mappers:
        if getattr(mapper.local_table, "name", "") == name:
            if issubclass(mapper.class_, CompanyModel):
                return "trail" if mapper.class_ in appendonly.models() else "company"
            return "shared" if issubclass(mapper.class_, SharedModel) else "platform"
    return "company" if "company_id" in columns else "platform"


def apply(connection: sa.Connection) -> None:
    """Put up what is missing of the wall; on SQLite only what keeps
    the audit trail from being altered; one statement when all is there.

    Policies bind an owner only when forced. They are forced when who migrates is above them,
    as it should be; else the one role that does everything would lock itself out.
    """
    if connection.dialect.name != "postgresql":
        appendonly.guard(connection)
        return
    tables = read(connection)
    above = bypasses(connection)
    roles = roles_of_owner(connection)
    for table in tables:
        for statement in _missing(connection, table, force=above):
            connection.exec_driver_sql(statement)
        for statement in _not_granted(connection, table, roles) if roles else ():
            connection.exec_driver_sql(statement)


def _missing(connection: sa.Connection, table: TableState, *, force: bool) -> Iterator[str]:
    if table.key is None:
        return
    name = _quoted(connection, table.name)
    if not table.has_policy:
        if any(policy["name"] == POLICY for policy in table.policies):
            yield f"drop policy {POLICY} on {name}"
        holds = f"({table.key} = {_SETTING})"
        yield f"create policy {POLICY} on {name} using {holds} with check {holds}"
    if not table.enabled:
        yield f"alter table {name} enable row level security"
    if force and not table.forced:
        yield f"alter table {name} force row level security"


def _not_granted(connection: sa.Connection, table: TableState, roles: Roles) -> Iterator[str]:
    name = _quoted(connection, table.name)
    wanted = {roles.app: GRANTED[table.kind], roles.platform: ALL}
    for role, rights in wanted.items():
        held = {g.rpartition(":")[2] for g in table.grants if g.rpartition(":")[0] == role}
        quoted = _quoted(connection, role)
        if held - rights:
            yield f"revoke {', '.join(sorted(held - rights))} on {name} from {quoted}"
        if rights - held:
            yield f"grant {', '.join(sorted(rights - held))} on {name} to {quoted}"
            writes = "INSERT" in rights
            for sequence in table.sequences if writes else ():
                yield f"grant usage on sequence {sequence} to {quoted}"


def _quoted(connection: sa.Connection, name: str) -> str:
    return connection.dialect.identifier_preparer.quote_identifier(name)


def holes(connection: sa.Connection) -> Iterator[str]:
    """Where the wall is not as it should be; for who examines the installation."""
    for table in read(connection):
        if table.key is None:
            continue
        if not table.has_policy:
            yield f"{table.name}: no policy, or another than ours"
        for name in table.other_policies:
            yield f"{table.name}: the policy {name} lets in more"
        if not table.enabled:
            yield f"{table.name}: row-level security is off"
        if not table.forced:
            yield f"{table.name}: row-level security does not bind the owner"
        if table.key not in table.leading:
            yield f"{table.name}: no index begins with {table.key}"
        for name in table.loose if table.kind in ("company", "trail") else ():
            yield f"{table.name}: the unique index {name} does not begin with company_id"


def open_platform_tables(connection: sa.Connection, role: str) -> Iterator[str]:
    """Tables that a role reaches although they are the platform's."""
    for table in read(connection):
        if table.kind == "platform" and any(g.startswith(f"{role}:") for g in table.grants):
            yield table.name
