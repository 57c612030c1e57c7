"""Files that people have uploaded to import, kept with the installation for some days.

Each company has a folder of its own; a name is drawn, never taken from the person.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import IO

from flask import current_app

from core.data.importing.models import ImportRun
from core.jobs import keeping
from plugin_api.context import current_company


def _folder() -> Path:
    made = Path(current_app.instance_path) / "uploads" / "imports" / str(current_company().id)
    made.mkdir(parents=True, exist_ok=True)
    return made


def keep(content: IO[bytes]) -> str:
    """Store a file and return its name. Old ones are thrown away on the way."""
    throw_away_old()
    name = secrets.token_hex(16)
    with (_folder() / name).open("wb") as to:
        while chunk := content.read(1 << 20):
            to.write(chunk)
    return name


def throw_away_old() -> None:
    """Throw away what was kept long enough."""
    keeping.throw_away_old(_folder(), keeping.UPLOADS)


def file_of(run: ImportRun) -> Path | None:
    """The uploaded file of an import; None when it is gone or never was."""
    path = _folder() / run.upload if run.upload else None
    return path if path is not None and path.is_file() else None


def bad_rows_of(run: ImportRun) -> Path | None:
    """The file of rows that did not go in; None when there is none."""
    path = errors_to(run)
    return path if path is not None and path.is_file() else None


def errors_to(run: ImportRun) -> Path | None:
    """Where the rows that do not go in are to be written."""
    return _folder() / f"{run.upload}.csv" if run.upload else None


def steps_of(run: ImportRun) -> Path:
    """Where a job writes down what became of rows, for the one that goes on after it."""
    return _folder() / f"{run.upload}.steps"


def forget(run: ImportRun) -> None:
    """Throw the uploaded file away; the bad rows stay for a while."""
    path = file_of(run)
    if path is not None:
        path.unlink(missing_ok=True)
        steps_of(run).unlink(missing_ok=True)
