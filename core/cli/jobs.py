"""``xiaoguan jobs``: work in the background."""

from __future__ import annotations

import logging
from typing import Any

import click
import sqlalchemy as sa

from core.cli.company import refusals
from core.cli.output import company_option, json_option, show, this_app
from core.extensions import db
from core.host import services
from core.hosting.enabled import enabled_set
from core.identity.service import system_in
from core.jobs import consumer, runs, work
from core.jobs.models import JobRun
from core.jobs.schedule import next_turn
from plugin_api.context import current_company, now
from plugin_api.errors import Rejected


@click.group("jobs")
def jobs_group() -> None:
    """Do work in the background; start it; see what became of it."""


@jobs_group.command("run")
@click.option("--threads", type=click.IntRange(1), default=2, show_default=True)
def run_command(threads: int) -> None:
    """Do the jobs of every company until told to stop (Ctrl-C or SIGTERM).

    Any number may run, on any machine that has the database and the instance's folder. With
    SQLite, "xiaoguan serve" does the jobs itself. What a worker is at when it is killed is given
    to another after XIAOGUAN_JOB_LEASE seconds.
    """
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    click.echo(f"Doing jobs as {work.worker()}  (stop with Ctrl-C)", err=True)
    consumer.work(this_app(), threads)


@jobs_group.command("list")
@company_option
@click.option("--runs", "count", type=click.IntRange(1, 1000), metavar="N",
              help="Show the newest N runs instead of the jobs that there are.")  # fmt: skip
@json_option
def list_command(slug: str, count: int | None, as_json: bool) -> None:
    """List the jobs that a company has, with their last run and their next turn."""
    with this_app().app_context(), refusals(), system_in(slug):
        rows = _runs(count) if count else _jobs()
    show(rows, as_json=as_json, empty="There is nothing yet.")


@jobs_group.command("now")
@click.argument("job", metavar="JOB")
@company_option
@click.option("--wait/--no-wait", default=False, help="Do it here instead of leaving it to a "
              "worker; fails when the job does.")  # fmt: skip
@json_option
def now_command(job: str, slug: str, wait: bool, as_json: bool) -> None:
    """Start a job of a company now, such as core.tidy_up."""
    app = this_app()
    with app.app_context(), refusals(), system_in(slug):
        company_id = current_company().id
        known = {key for key, each in _known().items() if each.by_hand}
        if job not in known:
            raise Rejected("job", f"{slug} has no job {job}; there are: {', '.join(known)}")
        run_id = runs.start(job)
        db.session.commit()
    if wait:
        work.look_at(app, company_id, run_id)
    with app.app_context(), system_in(slug):
        row = _row(db.session.scalars(sa.select(JobRun).where(JobRun.id == run_id)).one())
    show([row], as_json=as_json)
    if wait and row["state"] != "done":
        raise SystemExit(1)


def _known() -> dict[str, Any]:
    on = enabled_set(current_company())
    jobs = services().registry.jobs
    return {key: job for key, job in jobs.items() if key.partition(".")[0] in on}


def _jobs() -> list[dict[str, Any]]:
    rows = []
    for key, job in _known().items():
        last = db.session.scalar(
            sa.select(JobRun).where(JobRun.job == key).order_by(JobRun.id.desc()).limit(1)
        )
        due = next_turn(job.schedule, now(), current_company().timezone) if job.schedule else None
        rows.append(
            {
                "job": key,
                "label": str(job.label),
                "next": due,
                "last": last.started_at if last else None,
                "state": last.state if last else "",
                "error": last.error if last else None,
            }
        )
    return rows


def _runs(count: int) -> list[dict[str, Any]]:
    asked = sa.select(JobRun).order_by(JobRun.id.desc()).limit(count)
    return [_row(run) for run in db.session.scalars(asked)]


def _row(run: JobRun) -> dict[str, Any]:
    return {
        "run": run.id,
        "job": run.job,
        "state": run.state,
        "progress": run.progress,
        "text": run.progress_text,
        "attempts": run.attempts,
        "started": run.started_at,
        "finished": run.finished_at,
        "error": run.error,
    }
