"""``xiaoguan``: everything an operator does."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from core.starting import the_app, without_collecting

COMMANDS = {
    "demo": "core.cli.demo:demo_command",
    "serve": "core.cli.serve:serve_command",
    "init": "core.cli.serve:init_command",
    "company": "core.cli.moving:company_group",
    "user": "core.cli.company:user_group",
    "token": "core.cli.company:token_group",
    "plugin": "core.cli.plugin:plugin_group",
    "db": "core.cli.db:db_group",
    "import": "core.cli.importing:import_command",
    "export": "core.cli.exporting:export_command",
    "search": "core.cli.search:search_group",
    "jobs": "core.cli.jobs:jobs_group",
    "webhook": "core.cli.webhook:webhook_group",
    "audit": "core.cli.audit:audit_group",
    "person": "core.cli.person:person_group",
    "doctor": "core.cli.doctor:doctor_command",
    "i18n": "core.cli.i18n:i18n_group",
}
"""Name → where the command is; imported when it is asked for."""


class Commands(click.Group):
    """Imports what is asked for; says in one line that the database is away or the disk full."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        with without_collecting():
            command: click.Command = getattr(import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        from sqlalchemy.exc import DBAPIError

        try:
            return super().invoke(ctx)
        except (OSError, DBAPIError) as error:
            from core.data.outages import outage

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


if __name__ == "__main__":
    main(prog_name="xiaoguan")
