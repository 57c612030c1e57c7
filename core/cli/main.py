"""``xiaoguan``: everything an operator does."""

from __future__ import annotations

from functools import cache

import click
from flask import Flask

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
    audit_group,
    person_group,
    doctor_command,
    i18n_group,
)


@cache
def _app() -> Flask:
    from core.app import create_app

    return create_app()


@click.group(context_settings={"help_option_names": ["-h", "--help"], "obj": _app})
@click.version_option(package_name="xiaoguan")
def main() -> None:
    """Xiaoguan, a sales-management system made of plugins.

    The installation is the folder named by XIAOGUAN_INSTANCE.
    """


for _command in COMMANDS:
    main.add_command(_command)

if __name__ == "__main__":
    main(prog_name="xiaoguan")
