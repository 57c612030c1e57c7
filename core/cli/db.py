"""``xiaoguan db``: tables and copies of the database."""

from __future__ import annotations

from pathlib import Path

import click
import sqlalchemy as sa

from core.cli.output import json_option, show, this_app
from core.config import with_driver
from core.host import services
from core.hosting import backup, bundle, migrate, schema
from core.tenancy.engine import as_owner
from core.tenancy.roles import Roles, RolesError
from core.tenancy.setup import set_up


@click.group("db")
def db_group() -> None:
    """Make and upgrade the tables; copy the database and put it back."""


@db_group.command("upgrade")
@click.option("--plugin", "only", metavar="ID", help="Only this plugin and what it needs.")
@json_option
def upgrade_command(only: str | None, as_json: bool) -> None:
    """Bring the tables of every plugin to the state of its code.

    A SQLite database is copied to the folder "backups" of the instance first. What fails
    stops only the plugins that need it; a second run goes on where this one stopped.
    """
    app = this_app()
    with app.app_context():
        host = services()
        _check_known(only)
        steps = migrate.upgrade_all(
            as_owner(), host.registry, only, backups=Path(app.instance_path) / "backups",
            on_step=lambda step: click.echo(f"{step.plugin} {step.revision}", err=True),
        )  # fmt: skip
    show(
        [{"plugin": s.plugin, "revision": s.revision, "error": s.error} for s in steps],
        as_json=as_json, empty="The tables are up to date.",
    )  # fmt: skip
    if any(step.error for step in steps):
        raise SystemExit(1)


@db_group.command("status")
@json_option
def status_command(as_json: bool) -> None:
    """Show how far the tables of each plugin are; fails while anything is not up to date."""
    with this_app().app_context():
        found = schema.status(services().engine, services().registry)
    rows = [
        {"plugin": s.plugin, "current": s.current, "head": s.head, "pending": list(s.pending),
         "state": s.state}
        for s in found
    ]  # fmt: skip
    show(rows, as_json=as_json)
    if any(each.state != "current" for each in found):
        raise SystemExit(1)


@db_group.command("revision")
@click.argument("plugin_id", metavar="ID", required=False)
@click.option("-m", "--message", default="initial", show_default=True, help="What it does.")
@click.option("--all", "of_all", is_flag=True, help="For every bundled plugin and the host.")
@click.option(
    "--fresh", is_flag=True,
    help="Throw the existing scripts away and write one: for what nobody has installed yet.",
)  # fmt: skip
@json_option
def revision_command(
    plugin_id: str | None, message: str, of_all: bool, fresh: bool, as_json: bool
) -> None:
    """Write a migration script with what a plugin's models have and its scripts do not.

    The installation's own database plays no part in it.
    """
    if of_all == (plugin_id is not None):
        raise click.UsageError("name a plugin, or say --all")
    with this_app().app_context():
        registry = services().registry
        _check_known(plugin_id)
        ids = [plugin_id] if plugin_id is not None else [
            id_ for id_, plugin in registry.plugins.items() if plugin.origin in ("host", "bundled")
        ]  # fmt: skip
        try:
            made = {id_: migrate.revision(registry, id_, message, fresh=fresh) for id_ in ids}
        except migrate.MigrationError as error:
            raise click.ClickException(str(error)) from error
    rows = [{"plugin": id_, "script": str(path)} for id_, path in made.items() if path is not None]
    show(rows, as_json=as_json, empty="The models have nothing that the scripts do not.")


@db_group.command("roles")
@click.option(
    "--app", "name", default="xiaoguan", show_default=True, metavar="NAME",
    help="What the application connects as; the other two are named after it.",
)  # fmt: skip
@click.option(
    "--admin", metavar="URL", envvar="XIAOGUAN_ADMIN_DATABASE_URL",
    help="The database, as who may make roles; by default the owner's URL.",
)  # fmt: skip
@click.option(
    "--password", envvar="XIAOGUAN_APP_PASSWORD",
    help="Of the application; a new role gets a random one.",
)  # fmt: skip
@click.option("--owner-password", envvar="XIAOGUAN_OWNER_PASSWORD", help="Of the owner.")
@json_option
def roles_command(
    name: str, admin: str | None, password: str | None, owner_password: str | None, as_json: bool
) -> None:
    """Make the roles of a PostgreSQL database, or bring them and the walls up to date.

    NAME is bound by the walls between companies, NAME_owner owns the tables, NAME_platform
    is entered for work across companies. Prints the settings to use from now on. It can be
    run again: what is right stays, and so do passwords that are not given.
    """
    names = Roles(name)
    given = {names.app: password, names.owner: owner_password}
    url = with_driver(admin) if admin else this_app().extensions["xiaoguan.config"].owner_database
    try:
        made = set_up(url, name, {role: text for role, text in given.items() if text})
    except (RolesError, sa.exc.SQLAlchemyError) as error:
        raise click.ClickException(str(error)) from error
    settings = {
        "XIAOGUAN_DATABASE_URL": made.app_url, "XIAOGUAN_OWNER_DATABASE_URL": made.owner_url,
    }  # fmt: skip
    if as_json:
        rows = [{"setting": name, "value": value} for name, value in settings.items()]
        show(rows, as_json=True)
        return
    for setting, value in settings.items():
        click.echo(f"{setting}={value}")
    for role in made.kept:
        click.echo(f"{role} keeps its password; put it into the URL.", err=True)


@db_group.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--with-secrets", is_flag=True,
    help="Also the key that signs sessions, and settings.env, which may hold passwords.",
)  # fmt: skip
def backup_command(file: Path, with_secrets: bool) -> None:
    """Copy the database and all files to FILE while they are in use."""
    app = this_app()
    with app.app_context():
        try:
            bundle.make(
                as_owner(), services().registry, Path(app.instance_path), file,
                secrets=with_secrets, told=_told,
            )  # fmt: skip
        except backup.BackupError as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"The copy is {file}, {file.stat().st_size:,} bytes.")


@db_group.command("restore")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
def restore_command(file: Path, yes: bool) -> None:
    """Replace the whole database with the copy in FILE, and bring its files back.

    Stop the server first. The copy is checked before anything changes; a restore that is
    killed leaves the database as it was.
    """
    if not yes:
        click.confirm("Everything in the database is replaced. Go on?", abort=True, err=True)
    app = this_app()
    with app.app_context():
        try:
            notes = bundle.restore(
                as_owner(), services().registry, Path(app.instance_path), file, told=_told
            )
        except backup.BackupError as error:
            raise click.ClickException(str(error)) from error
    for note in notes:
        click.echo(note, err=True)
    click.echo("Everything is as it was when the copy was made.")


def _told(text: str) -> None:
    click.echo(text, err=True)


def _check_known(plugin_id: str | None) -> None:
    registry = services().registry
    if plugin_id is not None and plugin_id not in registry.plugins:
        lost = registry.unavailable.get(plugin_id)
        reason = lost.reason if lost else "there is no such plugin"
        raise click.ClickException(f"{plugin_id}: {reason}")
