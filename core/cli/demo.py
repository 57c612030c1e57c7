"""``xiaoguan demo``: two companies to look around in."""

from __future__ import annotations

import click

from core.cli.output import this_app
from core.cli.reloading import as_asked, reload_option, trace_option
from core.cli.serve import host_option, port_option, run, upgrade
from core.demo import companies
from core.web.pages import DEMO_PASSWORD


@click.command("demo")
@host_option
@port_option
@click.option("--no-serve", is_flag=True, help="Only make the companies.")
@reload_option
@trace_option
def demo_command(address: str, port: int, no_serve: bool, again: bool, trace: bool) -> None:
    """Make two demo companies in this installation, and serve them.

    They are made once; a later start keeps what was changed.
    """
    if as_asked(trace, again, address):
        return
    app = this_app()
    with app.app_context():
        upgrade(app)
        companies.ensure(lambda text: click.echo(text, err=True))
        for company, people in companies.logins().items():
            click.echo(f"\n{company}")
            for email, role in people:
                click.echo(f"  {email:<34} {role}")
    click.echo(f"\nThe password of everyone is {DEMO_PASSWORD}")
    if not no_serve:
        companies.show_logins(app)
        run(app, address, port)
