"""Exports that take too long for a page: a job writes the file, which is kept for some days.

The file lies in a folder of the company under a name that is drawn, and is handed only to who
asked for it.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import current_app

from core.data import query
from core.data.exporting import Export, write_csv, write_xlsx
from core.extensions import db
from core.jobs import keeping, runs
from core.jobs.models import JobRun
from core.jobs.naming import EXPORT as JOB
from core.jobs.running import as_who_asked, payload, progress, result
from core.tenancy.engine import reading
from core.views.exported import Wanted
from plugin_api.context import current_company, gettext, has_permission
from plugin_api.errors import Forbidden

MANY = 20_000
"""Rows from which on an export is a job."""


def count(order: Export) -> int:
    """How many rows an export has."""
    return query.count(query.parse_query(order.model, dict(order.arguments)))


def start(wanted: Wanted, form: str) -> int:
    """Have an export written in the background; the number of the run. The edge commits."""
    return runs.start(JOB, {**asdict(wanted), "form": form}, about=secrets.token_hex(8))


def run() -> None:
    """Write the file that the running job asks for."""
    asked = dict(payload())
    form = asked.pop("form")
    wanted = Wanted(**asked)
    name = f"{secrets.token_hex(16)}.{form}"
    path = _folder() / name
    db.session.rollback()
    # Only read, so that on SQLite nobody waits for it.
    with reading(), as_who_asked():
        order = wanted.order()
        try:
            rows = _write(order, path, form, count(order))
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        db.session.rollback()
    result(file=name, name=f"{order.model.__label_plural__}.{form}", rows=rows)


def file_of(kept: Mapping[str, Any]) -> Path | None:
    """The file of a run by what it has left; None when there is none, or none any more."""
    name = str(kept.get("file", ""))
    if not name or "/" in name:
        return None
    path = _folder() / name
    return path if path.is_file() else None


def check(run_id: int) -> None:
    """Raise Forbidden unless the actor may by now export what a run has written."""
    asked = db.session.scalar(sa.select(JobRun.payload).where(JobRun.id == run_id)) or {}
    if not has_permission(f"{asked.get('model')}.export"):
        raise Forbidden(gettext("Your role does not allow this export any more."))


def throw_away_old() -> None:
    """Throw away what was kept long enough."""
    keeping.throw_away_old(_folder(), keeping.EXPORTS)


def _write(export: Export, path: Path, form: str, total: int) -> int:
    def told(done: int) -> None:
        progress(done, max(total, done), gettext("%(done)s rows", done=f"{done:,}"))

    if form == "xlsx":
        with path.open("wb") as to:
            return write_xlsx(export, to, told)
    with path.open("w", encoding="utf-8-sig", newline="") as text:
        return write_csv(export, text, told)


def _folder() -> Path:
    made = Path(current_app.instance_path) / "uploads" / "exports" / str(current_company().id)
    made.mkdir(parents=True, exist_ok=True)
    return made
