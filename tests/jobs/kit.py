"""A shed in which jobs are done, here or by processes of their own."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from core.extensions import db
from core.host import services
from core.jobs import runs
from core.jobs.models import JobRun
from core.jobs.queue import queue
from core.jobs.work import work_off
from core.tenancy.engine import reading
from plugin_api.models import model_of
from tests.harness import Installation, install
from tests.processes import Begun, begun, xiaoguan

PLUGIN = Path(__file__).parent / "plugins" / "shed"
SLUG = "acme"
_numbers = count(1)


@dataclass
class Shed:
    """An installation with a company, and its jobs."""

    installation: Installation
    environment: Mapping[str, str] = field(default_factory=dict)

    def start(self, job: str, slug: str = SLUG, **payload: Any) -> int:
        """Start a job and commit; nobody does it yet."""
        with self.installation.working(slug):
            return runs.start(job, payload, about=f"test:{next(_numbers)}")

    def work(self) -> int:
        """Do everything that was sent."""
        return work_off(self.installation.app)

    def run(self, run_id: int, slug: str = SLUG) -> JobRun:
        """A run as it is stored now."""
        with self.installation.working(slug), reading():
            found: JobRun = db.session.scalars(sa.select(JobRun).where(JobRun.id == run_id)).one()
            db.session.expunge(found)
            return found

    def states(self, slug: str = SLUG) -> list[tuple[str, str]]:
        """Job and state of every run."""
        with self.installation.working(slug), reading():
            asked = sa.select(JobRun.job, JobRun.state).order_by(JobRun.id)
            return [(row[0], row[1]) for row in db.session.execute(asked)]

    def items(self, slug: str = SLUG, of: str = "") -> list[str]:
        """Names of what was made, that begin with something: processes do the turns of schedules
        besides what they are asked for."""
        model: Any = model_of("shed.Item")
        with self.installation.working(slug), reading():
            names = db.session.scalars(sa.select(model.name).order_by(model.id))
            return [name for name in names if name.startswith(of)]

    def told(self, key: str) -> Any:
        """What the queue keeps."""
        with self.installation.app.app_context():
            return queue().get(key)

    def change(self, run_id: int, **values: Any) -> None:
        """Set columns of a run past every rule."""
        with self.installation.working(SLUG):
            db.session.execute(
                sa.update(JobRun).where(JobRun.id == run_id).values(**values),
                execution_options={"synchronize_session": False},
            )

    @contextmanager
    def worker(self, *command: str) -> Iterator[Begun]:
        """A process that does jobs; killed at the end if it still runs."""
        arguments = command or ("jobs", "run", "--threads", "1")
        environment = {
            **os.environ,
            "XIAOGUAN_INSTANCE": str(self.installation.instance),
            "XIAOGUAN_JOB_LEASE": "2",
            **self.environment,
        }
        with begun(xiaoguan, *arguments, env=environment) as process:
            try:
                yield process
            finally:
                process.kill()
                sys.stderr.write(process.finish().stderr)


def make_shed(
    folder: Path, database_url: str = "", owner_url: str = "", environment: Any = None
) -> Shed:
    """An installation with the companies acme and other, where the shed is on."""
    made = install(
        folder, plugins=[PLUGIN], database_url=database_url, owner_database_url=owner_url
    )
    for slug in (SLUG, "other"):
        made.company(slug, "shed", language="en")
    return Shed(made, environment or {})


def close(shed: Shed) -> None:
    """Give back every connection."""
    with shed.installation.app.app_context():
        db.session.remove()
        queue().huey.storage.close()
        services().engine.dispose()


def until(true: Callable[[], Any], seconds: float = 60) -> Any:
    """Wait for something to become true, and return it."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        found = true()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError("it did not happen in time")
