"""``xiaoguan company export``, ``import`` and ``purge``."""

from __future__ import annotations

from pathlib import Path

import click

from core.cli.company import company_group, refusals
from core.cli.output import json_option, show, this_app
from core.portability import bringing, purging, taking
from core.portability.layout import PortabilityError


def _told(table: str, rows: int) -> None:
    if rows:
        click.echo(f"{table}: {rows:,}", err=True)


@company_group.command("export")
@click.argument("slug")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export_command(slug: str, file: Path) -> None:
    """Write one company, its files and audit trail to FILE, while it is in use.

    Passwords and tokens are not in it.
    """
    app = this_app()
    with app.app_context(), refusals():
        try:
            rows = taking.take(slug, file, Path(app.instance_path), _told)
        except PortabilityError as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"{rows:,} rows, {file.stat().st_size:,} bytes.")


@company_group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--slug", default="", help="Another name for commands; by default that of the file.")
@json_option
def import_command(file: Path, slug: str, as_json: bool) -> None:
    """Make the company of FILE here, all of it or nothing.

    It needs the same plugins with the same tables. Its people come without logins: give each a
    login anew.
    """
    app = this_app()
    with app.app_context():
        try:
            number = bringing.bring(file, Path(app.instance_path), slug, _told)
        except PortabilityError as error:
            raise click.ClickException(str(error)) from error
    show([{"id": number}], as_json=as_json)


@company_group.command("purge")
@click.argument("slug")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def purge_command(slug: str, yes: bool, as_json: bool) -> None:
    """Remove a company for good: rows, files, and logins that no other company has."""
    app = this_app()
    if not yes:
        typed = click.prompt(f"Everything of {slug} will be gone. Type its slug", err=True)
        if typed != slug:
            raise click.ClickException("That is another one; nothing has changed.")
    with app.app_context():
        try:
            gone = purging.purge(slug, Path(app.instance_path))
        except PortabilityError as error:
            raise click.ClickException(str(error)) from error
    show([{"table": name, "rows": count} for name, count in gone.items()], as_json=as_json)
