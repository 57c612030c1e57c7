"""Kinds of statements that the first wall does not run, by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql import quoted_name

from core.identity.models import Company, Login, Team, User
from tests.tenancy.companies import Country, Note, teams, users

Make = Callable[[], Any]
names = sa.select(User.name)


def _count(source: Any) -> Any:
    return sa.select(sa.func.count()).select_from(source)


_WORD = "(select max(name) from core_team)"
TEXT: dict[str, Make] = {
    "text": lambda: sa.text("select name from core_user"),
    "text with columns": lambda: sa.text("select name from core_user").columns(User.name),
    "text as a statement of an entity": lambda: sa.select(User).from_statement(
        sa.text("select * from core_user")
    ),
    "text as a condition": lambda: names.where(sa.text("1 = 1")),
    "text as a column": lambda: sa.select(sa.text("name")).select_from(User),
    "text to order by": lambda: names.order_by(sa.text(_WORD)),
    "text to group by": lambda: sa.select(sa.func.count(User.id)).group_by(sa.text("name")),
    "text in having": lambda: sa.select(sa.func.count(User.id)).having(sa.text("1 = 1")),
    "text in a function": lambda: sa.select(sa.func.coalesce(sa.text(_WORD), User.name)),
    "text in a case": lambda: sa.select(sa.case((User.id > 0, sa.text(_WORD)))),
    "text before columns": lambda: names.prefix_with(f"{_WORD},"),
    "text after": lambda: names.suffix_with("union select name from core_team"),
    "text to join": lambda: names.join(Team, sa.text("1 = 1")),
    "text selected from": lambda: sa.select(sa.literal(1)).select_from(sa.text("core_user")),
    "text in a subquery": lambda: names.where(User.name.in_(sa.text(_WORD).columns(User.name))),
    "literal with a statement": lambda: sa.select(sa.literal_column(_WORD)),
    "literal in a subquery": lambda: names.where(
        User.name == sa.select(sa.literal_column(_WORD)).scalar_subquery()
    ),
    "literal column of a table": lambda: sa.select(
        sa.literal_column("name from core_team --").label("n")
    ).select_from(User),
    "name that is not quoted": lambda: sa.select(sa.column(quoted_name(_WORD, quote=False))),
    "label that is not quoted": lambda: sa.select(
        User.id.label(quoted_name(f"n, {_WORD}", quote=False))
    ),
    "alias that is not quoted": lambda: _count(
        sa.alias(users, quoted_name("u, core_team as t", quote=False))
    ),
    "operator with a statement": lambda: names.where(
        User.name.op("= '' union select name from core_team where name <>")("")
    ),
    "operator that hides the rest": lambda: names.where(User.name.op("--")("")),
    "part with a statement": lambda: sa.select(
        sa.extract("year from now()), max(name) from core_team --", User.created_at)
    ),
    "hint": lambda: names.with_hint(User, "x"),
    "statement hint": lambda: names.with_statement_hint("union select name from core_team"),
}

FUNCTIONS: dict[str, Make] = {
    "settings": lambda: sa.select(sa.func.set_config("app.company_id", "2", True)),
    "setting's value": lambda: sa.select(sa.func.current_setting("app.company_id")),
    "SQL in a string": lambda: sa.select(
        sa.func.query_to_xml("select * from core_login", True, True, "")
    ),
    "a file": lambda: sa.select(sa.func.pg_read_file("PG_VERSION")),
    "of a schema": lambda: sa.select(sa.func.pg_catalog.set_config("role", "x", True)),
    "sequence": lambda: sa.select(sa.func.nextval("core_user_id_seq")),
    "extension": lambda: sa.select(sa.func.load_extension("x")),
    "another's name": lambda: sa.select(getattr(sa.func, "max(1), count")()),
    "next of a sequence": lambda: sa.select(sa.Sequence("core_user_id_seq").next_value()),
    "rows of a function": lambda: sa.select(
        sa.func.pg_ls_dir(".").table_valued("n").c.n
    ),
}  # fmt: skip

TABLES: dict[str, Make] = {
    "of the platform": lambda: sa.select(Login.email),
    "of the platform, its table": lambda: sa.select(Login.__table__.c.email),
    "of the platform, counted": lambda: _count(Login),
    "of the platform, joined": lambda: names.join(Login, Login.id == User.login_id),
    "of the platform, in a subquery": lambda: names.where(User.login_id.in_(sa.select(Login.id))),
    "lightweight": lambda: sa.select(sa.table("core_user", sa.column("name")).c.name),
    "lightweight with a company": lambda: sa.select(
        sa.table("core_user", sa.column("name"), sa.column("company_id")).c.name
    ),
    "of other metadata": lambda: sa.select(
        sa.Table("core_user", sa.MetaData(), sa.Column("company_id"), sa.Column("name")).c.name
    ),
    "of the database": lambda: _count(sa.table("pg_class")),
    "of SQLite": lambda: sa.select(sa.table("sqlite_master", sa.column("sql")).c.sql),
    "full join": lambda: sa.select(User.name, Team.name).join(Team, sa.false(), full=True),
    "full join, its left": lambda: _count(
        sa.join(users, sa.select(Team.id).subquery(), sa.false(), full=True)
    ),
}

CHANGES: dict[str, Make] = {
    "of a second table": lambda: sa.update(User).where(User.team_id == Team.id).values(name="z"),
    "of a second table, deleted": lambda: (
        sa.delete(User).where(User.team_id == Team.id).execution_options(synchronize_session=False)
    ),
    "of the company": lambda: sa.update(User).values(company_id=2),
    "of the company, by the table": lambda: sa.update(users).values({users.c.company_id: 2}),
    "of the company's own id": lambda: sa.update(Company).values(id=2),
    "of the company, deleted": lambda: sa.delete(Company),
    "of shared data": lambda: sa.update(Country).values(code="zz"),
    "of shared data, deleted": lambda: sa.delete(Country),
    "of the platform": lambda: sa.update(Login).values(email="z"),
    "in a cte": lambda: names.add_cte(
        sa.insert(teams).values(name="z", company_id=2).returning(teams.c.id).cte()
    ),
    "insert as a statement of an entity": lambda: sa.select(Team).from_statement(
        sa.insert(Team).values(name="z", company_id=2, version=1).returning(Team)
    ),
    "update as a statement of an entity": lambda: sa.select(User).from_statement(
        sa.update(User).values(name="z").returning(User)
    ),
    "of the company, by another name": lambda: sa.update(Note).values({Note.owned_by: 2}),
    "insert of values": lambda: sa.insert(Team).values(name="z"),
    "insert of many values": lambda: sa.insert(Team).values([{"name": "z"}]),
    "insert from a select": lambda: sa.insert(Team).from_select(["name"], sa.select(User.name)),
    "insert into the table": lambda: sa.insert(teams).values(name="z"),
    "insert of a company": lambda: sa.insert(Company).values(slug="z"),
    "ddl": lambda: sa.schema.DropTable(teams),
    "a function": sa.func.now,
    "a sequence": lambda: sa.Sequence("core_user_id_seq"),
}

REFUSED = {
    f"{group}: {kind}": make
    for group, kinds in {
        "text": TEXT, "function": FUNCTIONS, "table": TABLES, "change": CHANGES
    }.items()
    for kind, make in kinds.items()
}  # fmt: skip
