"""``xiaoguan``: everything an operator does."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from core.starting import the_app, without_collecting

COMMANDS: Mapping[str, tuple[str, str]] = {
    "demo": (
        "core.cli.demo:demo_command",
        "Make two demo companies in this installation, and serve them.",
    ),
    "serve": (
        "core.cli.serve:serve_command",
        "Serve the pages and REST with one process.",
    ),
    "init": (
        "core.cli.serve:init_command",
        "Prepare an installation: its folder, its secret, its tables.",
    ),
    "company": (
        "core.cli.moving:company_group",
        "Add and list companies; take one out, bring one in, remove one.",
    ),
    "user": (
        "core.cli.company:user_group",
        "Add people to companies.",
    ),
    "token": (
        "core.cli.company:token_group",
        "Make tokens for programs.",
    ),
    "settings": (
        "core.cli.settings:settings_group",
        "List and change what a company has decided on its page of settings.",
    ),
    "plugin": (
        "core.cli.plugin:plugin_group",
        "List, write and check plugins; switch them on and off for a company.",
    ),
    "db": (
        "core.cli.db:db_group",
        "Make and upgrade the tables; copy the database and put it back.",
    ),
    "import": (
        "core.cli.importing:import_command",
        "Import records from a CSV, TSV, XLSX or XLS file, also under gzip or in a ZIP archive.",
    ),
    "export": (
        "core.cli.exporting:export_command",
        "Export the records of a collection to FILE, or to standard output.",
    ),
    "search": (
        "core.cli.search:search_group",
        "Look after the index of the search.",
    ),
    "jobs": (
        "core.cli.jobs:jobs_group",
        "Do work in the background; start it; see what became of it.",
    ),
    "webhook": (
        "core.cli.webhook:webhook_group",
        "Tell other programs of changes, and see what was sent.",
    ),
    "audit": (
        "core.cli.audit:audit_group",
        "Verify the audit trail, and take anchors of it to keep elsewhere.",
    ),
    "person": (
        "core.cli.person:person_group",
        "Hand out or erase what a company knows about a person.",
    ),
    "doctor": (
        "core.cli.doctor:doctor_command",
        "Examine the installation; fails when something must be done.",
    ),
    "i18n": (
        "core.cli.i18n:i18n_group",
        "Keep the translations of plugins complete.",
    ),
}
"""Name → where the command is, imported when it is asked for, and what the list of commands says
of it: its first sentence."""


class Commands(click.Group):
    """Imports what is asked for; says in one line that the database is away or the disk full."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, said) for name, (_where, said) in COMMANDS.items()])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        with without_collecting():
            command: click.Command = getattr(import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except Exception as error:
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
