"""What is thrown away at night, after as many days as the company says."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from core.collab.models import Notification
from core.data import settings
from core.data.importing import uploads
from core.extensions import db
from core.jobs import chores, exports, keeping
from core.jobs.models import JobRun
from plugin_api.context import current_actor, now
from plugin_api.errors import Rejected
from tests.jobs.kit import SLUG, Shed

DAYS = {keeping.UPLOADS: 3, keeping.EXPORTS: 4, keeping.NOTICES: 5, keeping.RUNS: 6}


def test_each_kind_is_kept_for_its_days_and_no_longer(shed: Shed) -> None:
    shed.installation.person(SLUG, "ada", "admin")
    shed.installation.person("other", "ada", "admin")
    for slug in (SLUG, "other"):
        with shed.installation.working(slug, "ada"):
            _fill()
    with shed.installation.working(SLUG, "ada"):
        for key, days in DAYS.items():
            settings.store(key, days)
    for slug in (SLUG, "other"):
        with shed.installation.working(slug):
            chores.tidy_up()
            chores.tidy_up()
    with shed.installation.working(SLUG):
        assert _left() == {"uploads": 1, "exports": 1, "notices": 2, "runs": 2}
    with shed.installation.working("other"):
        assert _left() == {"uploads": 2, "exports": 2, "notices": 3, "runs": 3}


def _fill() -> None:
    """Of each kind one that is young enough and one that is not, by the settings of one company;
    a notification that is not read, and a job that waits."""
    user = current_actor().user_id or 0
    # Other tests of the installation may have left something.
    db.session.execute(sa.delete(Notification))
    for key, folder in _folders().items():
        for old in folder.iterdir():
            old.unlink()
        for age in (DAYS[key] - 1, DAYS[key] + 1):
            path = folder / f"{age}"
            path.write_text("x")
            then = time.time() - age * 24 * 3600
            os.utime(path, (then, then))
    for read in (1, DAYS[keeping.NOTICES] + 1, None):
        at = None if read is None else now() - timedelta(days=read)
        db.session.add(
            Notification(user_id=user, kind="reminder", model="core.User", record_id=user,
                         params={}, at=now() - timedelta(days=50), read_at=at)
        )  # fmt: skip
    for age, state in ((1, "done"), (DAYS[keeping.RUNS] + 1, "failed"), (400, "queued")):
        db.session.add(
            JobRun(job="shed.ghost", state=state, due_at=now(),
                   finished_at=now() - timedelta(days=age))
        )  # fmt: skip


def _folders() -> dict[str, Path]:
    return {keeping.UPLOADS: uploads._folder(), keeping.EXPORTS: exports._folder()}


def _left() -> dict[str, Any]:
    asked = sa.select(sa.func.count())
    return {
        "uploads": len(list(uploads._folder().iterdir())),
        "exports": len(list(exports._folder().iterdir())),
        "notices": db.session.scalar(asked.select_from(Notification)),
        "runs": db.session.scalar(asked.select_from(JobRun).where(JobRun.job == "shed.ghost")),
    }


def test_a_day_is_the_least(shed: Shed) -> None:
    with shed.installation.working(SLUG):
        for key in DAYS:
            with pytest.raises(Rejected, match="1"):
                settings.store(key, 0)
