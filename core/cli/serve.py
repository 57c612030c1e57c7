"""``xiaoguan serve`` and ``init``."""

from __future__ import annotations

import signal
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import click
from flask import Flask

from core.cli.output import this_app
from core.cli.reloading import as_asked, reload_option, trace_option
from core.host import services
from core.hosting import migrate
from core.tenancy.engine import as_owner
from core.web.hosts import LOOPBACK

THREADS = 8
host_option = click.option("--host", "address", default="127.0.0.1", show_default=True)
port_option = click.option("--port", type=int, default=8000, show_default=True)


@click.command("init")
def init_command() -> None:
    """Prepare an installation: its folder, its secret, its tables."""
    app = this_app()
    with app.app_context():
        upgrade(app)
    click.echo(f"The installation in {app.instance_path} is ready.")
    click.echo("Go on with: xiaoguan company add, xiaoguan user add, xiaoguan serve")


@click.command("serve")
@host_option
@port_option
@click.option("--threads", type=click.IntRange(1), default=THREADS, show_default=True)
@click.option("--jobs/--no-jobs", default=None,
              help="Also do the work in the background; by default with SQLite.")  # fmt: skip
@reload_option
@trace_option
def serve_command(
    address: str, port: int, threads: int, *, jobs: bool | None, again: bool, trace: bool
) -> None:
    """Serve the pages and REST with one process.

    With several processes on PostgreSQL: gunicorn --config python:core.gunicorn, and for the
    work in the background: xiaoguan jobs run.
    """
    if as_asked(trace, again, address):
        return
    app = this_app()
    with app.app_context():
        _hint()
    run(app, address, port, threads, jobs=jobs)


def run(
    app: Flask, address: str, port: int, threads: int = THREADS, *, jobs: bool | None = None
) -> None:
    """Serve until interrupted."""
    import waitress

    with app.app_context():
        does_jobs = services().engine.dialect.name == "sqlite" if jobs is None else jobs
    # The port comes first: who cannot have it must not begin to work.
    server = waitress.create_server(app, host=address, port=port, threads=threads, ident=None)
    # As with Ctrl-C: what is under way is finished.
    signal.signal(signal.SIGTERM, lambda *received: sys.exit(0))
    if address not in (*LOOPBACK, "::1") and not app.extensions["xiaoguan.config"].hosts:
        click.echo("It answers to this machine only. Name the site: XIAOGUAN_HOSTS", err=True)
    for each in app.extensions["xiaoguan"].registry.unavailable.values():
        click.echo(f"The plugin {each.id} is unavailable: {each.reason}", err=True)
    click.echo(f"Serving on http://{address}:{port}/  (stop with Ctrl-C)", err=True)
    with background(app) if does_jobs else nullcontext():
        server.run()


def background(app: Flask) -> AbstractContextManager[None]:
    """Do jobs as long as it is open."""
    from core.jobs.consumer import working

    return working(app)


def upgrade(app: Flask) -> None:
    """Bring the tables up to date, or fail with what stood against it."""
    host = services()
    steps = migrate.upgrade_all(
        as_owner(), host.registry, backups=Path(app.instance_path) / "backups"
    )
    failed = [step for step in steps if step.error]
    if failed:
        raise click.ClickException(
            "; ".join(f"{step.plugin} {step.revision}: {step.error}" for step in failed)
        )


def _hint() -> None:
    """An empty database is served, but says what to do."""
    from core.hosting.schema import status
    from core.tenancy.engine import reading

    with reading():
        found = status(services().engine, services().registry)
    if any(each.state != "current" for each in found):
        click.echo("The tables are not up to date. Run: xiaoguan db upgrade", err=True)
