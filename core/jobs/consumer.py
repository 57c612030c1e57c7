"""Who does the work: threads that wait for the queue, and beside them one that gives signs of
life, keeps the schedules, seals the audit trail and looks after runs."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from flask import Flask
from huey.consumer import Consumer, Scheduler

from core.data.sealing import seal_all
from core.extensions import db
from core.hosting.behind import behind
from core.jobs.queue import ALIVE, Queue, queue
from core.jobs.schedule import Planner
from core.jobs.sweep import sweep
from core.jobs.work import signs_of_life

log = logging.getLogger(__name__)

PLAN_SECONDS = 20
SEAL_SECONDS = 60
POLL_SECONDS = 1.0
"""How long a worker rests at most when SQLite's queue is empty."""


class _NoScheduler(Scheduler):  # type: ignore[misc]
    """Runs wait for their time in the database, so the queue has nothing to schedule."""

    def loop(self, now: Any = None) -> None:
        self.stop_flag.wait(1)


class Workers(Consumer):  # type: ignore[misc]
    """Threads that do jobs. ``in_server``: beside a web server, which has the signals."""

    scheduler_class = _NoScheduler

    def __init__(self, app: Flask, waiting: Queue, *, threads: int, in_server: bool) -> None:
        self._app = app
        self._in_server = in_server
        self._caretaker = threading.Thread(target=self._care, name="Caretaker", daemon=True)
        super().__init__(
            waiting.huey,
            workers=threads,
            periodic=False,
            max_delay=POLL_SECONDS,
            shutdown_timeout=30,
            graceful_signal="TERM",
        )

    def start(self) -> None:
        """Begin to work."""
        super().start()
        self._caretaker.start()

    def _set_signal_handlers(self) -> None:
        if not self._in_server:
            super()._set_signal_handlers()

    def _care(self) -> None:
        config = self._app.extensions["xiaoguan.config"]
        lease = timedelta(seconds=config.job_lease)
        rest = min(5.0, config.job_lease / 6)
        planner, planned, sealed = Planner(), float("-inf"), time.monotonic()
        while not self.stop_flag.is_set():
            try:
                with self._app.app_context():
                    if "core" in behind():
                        continue
                    queue().put(ALIVE, time.time())
                    signs_of_life()
                    if time.monotonic() - planned >= PLAN_SECONDS:
                        planner.plan()
                        planned = time.monotonic()
                    if time.monotonic() - sealed >= SEAL_SECONDS:
                        seal_all()
                        sealed = time.monotonic()
                    sweep(lease)
                    if self._in_server:
                        self.check_worker_health()
                    db.session.remove()
            except Exception:
                # The database may be gone for a while; whoever cares goes on caring.
                log.exception("jobs could not be looked after")
            finally:
                self.stop_flag.wait(rest)


@contextmanager
def working(app: Flask, threads: int = 1) -> Iterator[None]:
    """Do jobs in the background while something else is done."""
    with app.app_context():
        workers = Workers(app, queue(), threads=threads, in_server=True)
    workers.start()
    try:
        yield
    finally:
        workers.stop(graceful=True)


def work(app: Flask, threads: int) -> None:
    """Do jobs until told to stop: what is under way is finished first, for 30 seconds."""
    with app.app_context():
        workers = Workers(app, queue(), threads=threads, in_server=False)
    workers.run()
