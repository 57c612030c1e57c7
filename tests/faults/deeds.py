"""What processes of the nursery do besides commands, and what is looked at after a kill."""

from __future__ import annotations

import io
import json
import os
import resource
import signal
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa
from flask import Flask

from core.data import sealing, verifying
from core.data.importing import background, uploads
from core.data.importing.mapping import as_data, make_map
from core.data.importing.models import ImportRun
from core.data.many import MOST
from core.extensions import db
from core.hosting.doctor import examine
from core.hosting.enablement import enabled_set
from core.identity.models import RoleGrant
from core.identity.service import all_companies
from core.jobs import exports
from core.jobs.models import JobRun
from core.jobs.sweep import sweep
from core.jobs.work import work_off
from core.views.exported import Wanted
from plugin_api.context import current_company
from plugin_api.host import host
from plugin_api.models import model_of
from tests.harness import Installation

SLUG = "acme"
ROWS = 100
"""Accounts and leads that are there, and accounts that an import brings."""


LITTLE = 33_000
"""Bytes of a file that just hold SQLite's index of its log, and a few pages of the log."""


def here(app: Flask) -> Installation:
    """The installation of this process."""
    return Installation(app, Path(app.instance_path))


def furnish(app: Flask, file: str) -> None:
    """A company with records, and a file of more for it."""
    made = here(app)
    made.company(SLUG, "catalog", "crm", "targets", language="en")
    made.person(SLUG, "ada", "admin")
    with made.working(SLUG):
        for model, number in (("crm.Account", ROWS), ("crm.Lead", ROWS)):
            for each in range(number):
                host().records.create(model_of(model), {"name": f"{model} {each}"})
        sealing.seal()
    lines = [f"N-{each},New {each}" for each in range(ROWS)]
    Path(file).write_text("external_id,name\n" + "\n".join(lines) + "\n")


def look(app: Flask) -> int:
    """Print what is there; fails when something that always holds does not."""
    made = here(app)
    with app.app_context():
        bad = [f"{f.check}: {f.text}" for f in examine() if f.state == "fail"]
        slugs = [company.slug for company in all_companies()]
    told: dict[str, Any] = {"companies": slugs, "bad": bad}
    for slug in slugs:
        with made.working(slug):
            found = verifying.verify()
            if not found.is_sound:
                bad.append(f"{slug}: the trail is broken at {found.entry}: {found.reason}")
            told[slug] = _company()
    with app.app_context():
        bad += _orphans()
        click.echo(json.dumps(told))
    return bool(bad)


def _company() -> dict[str, Any]:
    def counted(column: Any) -> dict[str, int]:
        asked = sa.select(column, sa.func.count()).group_by(column)
        return {str(key): number for key, number in db.session.execute(asked)}

    on = enabled_set(current_company())
    told: dict[str, Any] = {
        "on": sorted(on),
        "grants": db.session.scalar(sa.select(sa.func.count(RoleGrant.id))),
        "jobs": counted(JobRun.state),
        "imports": counted(ImportRun.state),
        "accounts": 0,
        "leads": {},
    }
    if "crm" in on:
        account: Any = model_of("crm.Account")
        names = list(db.session.scalars(sa.select(account.name)))
        told["accounts"], told["names"] = len(names), len(set(names))
        told["changed"] = sum(name.startswith("Changed") for name in names)
        told["leads"] = counted(model_of("crm.Lead").status)  # type: ignore[attr-defined]
    return told


def _orphans() -> list[str]:
    """References that lead nowhere: SQLite's own look at its tables."""
    if db.engine.dialect.name != "sqlite":
        return []
    with db.engine.connect() as connection:
        sound = connection.exec_driver_sql("pragma integrity_check").scalar()
        lost = connection.exec_driver_sql("pragma foreign_key_check").all()
    return [*([] if sound == "ok" else [f"integrity: {sound}"]), *(str(row) for row in lost)]


def begin_import(app: Flask, file: str) -> None:
    """Have a file imported by a worker."""
    with here(app).working(SLUG):
        run = ImportRun(
            collection="crm.accounts",
            file_name="new.csv",
            upload=uploads.keep(io.BytesIO(Path(file).read_bytes())),
            map=as_data(make_map({"columns": {"external_id": "external_id", "name": "name"}})),
        )
        db.session.add(run)
        db.session.flush()
        background.start(run, "stop")


def begin_export(app: Flask) -> None:
    """Have the accounts written by a worker."""
    with here(app).working(SLUG):
        exports.start(Wanted(model="crm.Account", arguments={}), "xlsx")


def finish_jobs(app: Flask) -> int:
    """Do what waits, and what has lost its worker, until nothing is left; 1 if that never is.

    What was taken from the queue and not begun is sent again after some seconds.
    """
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        with app.app_context():
            sweep(timedelta(0))
        work_off(app)
        with here(app).working(SLUG):
            left = JobRun.state.in_(("queued", "running"))
            if not db.session.scalar(sa.select(sa.func.count(JobRun.id)).where(left)):
                return 0
        time.sleep(0.2)
    return 1


def exported(app: Flask) -> int:
    """Fails unless the files of exports are those that jobs have made."""
    with here(app).working(SLUG):
        asked = sa.select(JobRun.result).where(JobRun.job == exports.JOB)
        named = {path for kept in db.session.scalars(asked) if (path := exports.file_of(kept))}
        click.echo(len(named))
        return not named


def move_leads(app: Flask) -> int:
    """Qualify every lead from the list, as a person does."""
    made = here(app)
    with made.working(SLUG):
        lead: Any = model_of("crm.Lead")
        ids = list(db.session.scalars(sa.select(lead.id).order_by(lead.id).limit(MOST)))
        company = current_company().id
    form = {"action": "transition:qualify", "ids": ids, "confirmed": "1", "_company": company}
    answer = made.client(SLUG, "ada").post("/crm/leads/bulk", data=form)
    click.echo(answer.status_code)
    return answer.status_code != 303


def token(app: Flask, file: str) -> None:
    """Write down headers with which ada may ask, and the accounts with their versions."""
    made = here(app)
    headers = made.token(SLUG, "ada")
    with made.working(SLUG):
        account: Any = model_of("crm.Account")
        rows = db.session.execute(sa.select(account.id, account.version).order_by(account.id))
        told = {"headers": headers, "accounts": [list(row) for row in rows]}
    Path(file).write_text(json.dumps(told))


def crowded(app: Flask, file: str) -> None:
    """Work while no file may grow, and again once there is room; prints what was answered."""
    made = here(app)
    client = made.client(SLUG, "ada")
    with made.working(SLUG):
        company = str(current_company().id)
        account: Any = model_of("crm.Account")
        first = db.session.scalar(sa.select(sa.func.min(account.id)))
    headers = made.token(SLUG, "ada")

    def work() -> dict[str, Any]:
        content = os.urandom(200_000).hex().encode()
        note = {"file": (io.BytesIO(content), "a.txt"), "_company": company}
        rows = {"file": (io.BytesIO(Path(file).read_bytes() * 50), "a.csv"), "_company": company}
        name = {"name": "x" * 200, "notes": "y" * 100_000, "_company": company}
        answers = {
            "save": client.post("/crm/accounts/new", data=name),
            "rest": client.post("/api/v1/crm/accounts", json={"name": "R"}, headers=headers),
            "attach": client.post(f"/crm/accounts/{first}/files", data=note),
            "import": client.post("/crm/accounts/import", data=rows),
            "read": client.get("/crm/accounts"),
        }
        return {name: (answer.status_code, answer.text) for name, answer in answers.items()}

    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (LITTLE, most))
    full = work()
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    Path(f"{file}.told").write_text(json.dumps({"full": full, "room": work()}))
