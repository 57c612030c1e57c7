"""``xiaoguan``: everything an operator does."""

from __future__ import annotations

from functools import cache
from typing import Any

import click
from flask import Flask
from sqlalchemy.exc import DBAPIError

from core.cli import moving  # noqa: F401 its commands join those of companies
from core.cli.audit import audit_group
from core.cli.company import company_group, token_group, user_group
from core.cli.db import db_group
from core.cli.demo import demo_command
from core.cli.doctor import doctor_command
from core.cli.exporting import export_command
from core.cli.i18n import i18n_group
from core.cli.importing import import_command
from core.cli.jobs import jobs_group
from core.cli.person import person_group
from core.cli.plugin import plugin_group
from core.cli.search import search_group
from core.cli.serve import init_command, serve_command
from core.cli.webhook import webhook_group
from core.data.outages import outage

COMMANDS = (
    demo_command,
    serve_command,
    init_command,
    company_group,
    user_group,
    token_group,
    plugin_group,
    db_group,
    import_command,
    export_command,
    search_group,
    jobs_group,
    webhook_group,
    audit_group,
    person_group,
    doctor_command,
    i18n_group,
)


@cache
def the_app() -> Flask:
    """The application of the installation that the environment names, made once."""
    from core.app import create_app

    return create_app()


class Commands(click.Group):
    """Says in one line that the database is away or the disk full."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (OSError, DBAPIError) as error:
            told = outage(error)
            if told is None:
                raise
            raise click.ClickException(f"{told} ({error})") from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "obj": the_app})
@click.version_option(package_name="xiaoguan")
def main() -> None:
    """Xiaoguan, a sales-management system made of plugins.

    The installation is the folder named by XIAOGUAN_INSTANCE.
    """


for _command in COMMANDS:
    main.add_command(_command)

if __name__ == "__main__":
    main(prog_name="xiaoguan")
