"""Is the installation as it should be? For the command line and the admin page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa
from flask import current_app

from core.host import services
from core.hosting.behind import is_current
from core.hosting.models import CompanyPlugin
from core.hosting.schema import status, version_table
from core.tenancy import appendonly, policies, roles
from core.tenancy.platform import platform_session
from plugin_api.context import Text, gettext
from plugin_api.models import CompanyModel


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """What a check says. ``hint`` is what to do about it."""

    check: str
    state: Literal["ok", "warn", "fail"]
    text: Text
    hint: Text = ""


Check = Callable[[], Iterator[Finding]]


def examine() -> list[Finding]:
    """Run every check; those of tables only when there is a database to look at."""
    checks: list[Check] = [plugins, walls, hooks, debugging]
    findings = [finding for check in checks for finding in check()]
    try:
        checks = [database, row_security, tables, leftovers, jobs, audit_trail]
        return [*findings, *(finding for check in checks for finding in check())]
    except sa.exc.SQLAlchemyError as error:
        failed = Finding(
            check="database",
            state="fail",
            text=gettext("The database cannot be reached: %(error)s", error=_first_line(error)),
            hint=gettext("See XIAOGUAN_DATABASE_URL, and whether the server runs."),
        )
        return [*findings, failed]


def plugins() -> Iterator[Finding]:
    """Each plugin that the host runs without, and why."""
    registry = services().registry
    for each in registry.unavailable.values():
        text = gettext("%(plugin)s is unavailable: %(reason)s", plugin=each.id, reason=each.reason)
        yield Finding(check="plugins", state="fail", text=text)
    text = gettext("%(number)s run: %(names)s", number=len(registry.plugins),
                   names=", ".join(registry.plugins))  # fmt: skip
    yield Finding(check="plugins", state="ok", text=text)


def walls() -> Iterator[Finding]:
    """Keys, unique constraints and references of company tables must hold the company."""
    wrong = [
        text
        for model in services().registry.models.values()
        if issubclass(model, CompanyModel)
        for text in holes(sa.inspect(model).local_table)
    ]
    for text in wrong:
        yield Finding(check="walls", state="fail", text=text)
    if not wrong:
        text = gettext("The keys of every company table begin with the company.")
        yield Finding(check="walls", state="ok", text=text)


def holes(table: sa.FromClause) -> Iterator[str]:
    """Where a company's table lets companies meet; none is as it should be."""
    assert isinstance(table, sa.Table)
    if [column.name for column in table.primary_key][:1] != ["company_id"]:
        yield f"{table.name}: the primary key does not begin with company_id"
    for constraint in table.constraints:
        columns = [column.name for column in getattr(constraint, "columns", ())]
        if isinstance(constraint, sa.UniqueConstraint) and columns[:1] != ["company_id"]:
            yield f"{table.name}: unique ({', '.join(columns)}) does not begin with company_id"
        if isinstance(constraint, sa.ForeignKeyConstraint):
            other = constraint.referred_table
            pairs = [(e.parent.name, e.column.name) for e in constraint.elements]
            if "company_id" in other.c and ("company_id", "company_id") not in pairs:
                yield f"{table.name}: ({', '.join(columns)}) refers to {other.name} of any company"
    for index in table.indexes:
        if index.unique and [getattr(c, "name", "") for c in index.expressions][:1] != [
            "company_id"
        ]:
            yield f"{table.name}: unique index {index.name} does not begin with company_id"


def row_security() -> Iterator[Finding]:
    """The wall of PostgreSQL: is there a policy on every table, and does it bind us?"""
    if services().engine.dialect.name != "postgresql":
        return
    with services().engine.connect() as connection:
        missing = list(policies.holes(connection))
        who = roles.standing(connection)
        reached = list(policies.open_platform_tables(connection, who.name))
    above = who.superuser or who.bypasses or who.owns
    make = gettext("Run: xiaoguan db roles")
    for text in missing:
        hint = make if above and who.platform is None else gettext("Run: xiaoguan db upgrade")
        yield Finding(check="row security", state="fail", text=text, hint=hint)
    if above:
        text = gettext(
            "The application connects as %(role)s, whom PostgreSQL's own wall between companies"
            " does not bind; the others stand.", role=who.name,
        )  # fmt: skip
        yield Finding(check="row security", state="warn", text=text, hint=make)
        return
    if who.platform is None:
        text = gettext("%(role)s cannot enter the role that sees every company, so nobody can"
                       " log in.", role=who.name)  # fmt: skip
        yield Finding(check="row security", state="fail", text=text, hint=make)
    for table in reached:
        text = gettext("%(role)s reaches %(table)s, which belongs to the platform.",
                       role=who.name, table=table)  # fmt: skip
        yield Finding(check="row security", state="fail", text=text, hint=make)
    if not missing:
        text = gettext("PostgreSQL shows %(role)s the rows of one company only.", role=who.name)
        yield Finding(check="row security", state="ok", text=text)


def hooks() -> Iterator[Finding]:
    """Hooks that failed on pages since this process started."""
    failures = services().dispatcher.failures
    for (plugin, hook), count in failures.items():
        text = gettext("%(plugin)s failed %(count)s times in %(hook)s and was left out.",
                       plugin=plugin, count=count, hook=hook)  # fmt: skip
        yield Finding(check="hooks", state="warn", text=text, hint=gettext("See the log."))


def debugging() -> Iterator[Finding]:
    """Whether strangers are shown the inside of the program."""
    if current_app.extensions["xiaoguan.config"].debug:
        yield Finding(
            check="debugging", state="warn",
            text=gettext("A page that fails shows everybody where and why."),
            hint=gettext("On a site that others reach, take XIAOGUAN_DEBUG away."),
        )  # fmt: skip


def database() -> Iterator[Finding]:
    """Whether the database answers."""
    with services().engine.connect() as connection:
        connection.execute(sa.select(1))
    text = gettext("The database answers: %(engine)s", engine=services().engine.dialect.name)
    yield Finding(check="database", state="ok", text=text)


def tables() -> Iterator[Finding]:
    """Whether each plugin's tables are those of its code."""
    registry = services().registry
    found = status(services().engine, registry)
    upgrade = gettext("Run: xiaoguan db upgrade")
    if all(each.current is None for each in found):
        text = gettext("The database is empty.")
        yield Finding(check="tables", state="fail", text=text, hint=upgrade)
        return
    for each in found:
        if each.state == "behind":
            text = gettext("%(plugin)s is at %(current)s; %(number)s scripts are to run.",
                           plugin=each.plugin, current=each.current or gettext("nothing"),
                           number=len(each.pending))  # fmt: skip
            yield Finding(check="tables", state="fail", text=text, hint=upgrade)
        elif each.state == "unknown":
            text = gettext("%(plugin)s is at %(current)s, which its code does not know.",
                           plugin=each.plugin, current=each.current)  # fmt: skip
            hint = gettext("Install the version that made it, or restore a copy.")
            yield Finding(check="tables", state="fail", text=text, hint=hint)
        elif each.head is None and registry.plugins[each.plugin].contribution.models:
            text = gettext("%(plugin)s has models and no migrations.", plugin=each.plugin)
            hint = gettext("Run: xiaoguan db revision %(plugin)s", plugin=each.plugin)
            yield Finding(check="tables", state="warn", text=text, hint=hint)
    if all(each.state == "current" for each in found):
        text = gettext("The tables of every plugin are up to date.")
        yield Finding(check="tables", state="ok", text=text)


def jobs() -> Iterator[Finding]:
    """Whether somebody does the work in the background."""
    # It builds on findings, and on models that are not there while the plugins are loaded.
    from core.jobs import doctor

    if is_current("core"):
        yield from doctor.examine()


def audit_trail() -> Iterator[Finding]:
    """Whether the audit trail is guarded, and sealed in time. That it is as it was sealed is
    for ``xiaoguan audit verify`` to say, which takes its time."""
    from core.data import sealing

    if not is_current("core"):
        return
    with services().engine.connect() as connection:
        open_ones = appendonly.unguarded(connection)
    for table in open_ones:
        text = gettext("Rows of %(table)s could be altered.", table=table)
        hint = gettext("Run: xiaoguan db upgrade")
        yield Finding(check="audit trail", state="fail", text=text, hint=hint)
    waiting = sealing.late()
    if waiting:
        text = gettext("Changes wait for their seal since more than an hour: %(companies)s",
                       companies=", ".join(waiting))  # fmt: skip
        hint = gettext("Let the server or a worker run, or run: xiaoguan audit seal")
        yield Finding(check="audit trail", state="warn", text=text, hint=hint)
    if not open_ones and not waiting:
        text = gettext("Changes are sealed. Whether they are as they were sealed says:"
                       " xiaoguan audit verify")  # fmt: skip
        yield Finding(check="audit trail", state="ok", text=text)


def leftovers() -> Iterator[Finding]:
    """What the database holds of plugins that are not there."""
    there = set(services().registry.plugins)
    prefix = version_table("")
    names = sa.inspect(services().engine).get_table_names()
    used: dict[str, int] = {}
    if CompanyPlugin.__tablename__ in names:
        statement = sa.select(CompanyPlugin.plugin, sa.func.count()).where(CompanyPlugin.enabled)
        with platform_session("examine") as session:
            for plugin, companies in session.execute(statement.group_by(CompanyPlugin.plugin)):
                used[plugin] = companies
    for plugin in sorted(used.keys() - there):
        text = gettext("%(plugin)s is switched on in %(number)s companies, but does not run.",
                       plugin=plugin, number=used[plugin])  # fmt: skip
        hint = gettext("Install it again, or switch it off there: xiaoguan plugin disable")
        yield Finding(check="leftovers", state="warn", text=text, hint=hint)
    for name in sorted(names):
        plugin = name.removeprefix(prefix)
        if name.startswith(prefix) and plugin not in there and plugin not in used:
            text = gettext("The tables of %(plugin)s are still there.", plugin=plugin)
            hint = gettext(
                "They do no harm. To be rid of what is in them, install it and purge it."
            )
            yield Finding(check="leftovers", state="warn", text=text, hint=hint)


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
