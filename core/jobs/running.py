"""The run that this thread is at: what it was started with, how far it is, what it leaves."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from core.host import services
from core.identity import proof
from core.identity.models import User
from core.identity.service import actor_for
from core.jobs import runs
from core.jobs.queue import queue
from core.jobs.runs import cancel_key, progress_key
from plugin_api.context import Text, acting_as, current_company, gettext
from plugin_api.errors import Forbidden

SECONDS = 0.5
"""Progress is told at most so often."""


class Cancelled(BaseException):
    """Somebody has cancelled the running job. No exception of a job's own, so that a job which
    catches everything does not catch it."""

    def __init__(self, who: str) -> None:
        super().__init__(who)
        self.who = who


class Lost(Exception):
    """The run was taken by another worker, because this one gave no sign of life."""


@dataclass(eq=False)
class Running:
    """A run at work."""

    company_id: int
    run_id: int
    secret: str
    payload: Mapping[str, Any]
    user_id: int | None
    job: str = ""
    percent: int = 0
    text: str = ""
    result: dict[str, Any] = field(default_factory=dict)
    told_at: float = float("-inf")
    lock: threading.Lock = field(default_factory=threading.Lock)

    def tell(self) -> None:
        """Give a sign of life, and say how far the run is."""
        with self.lock:
            said = {
                "claim": self.secret, "beat": time.time(), "percent": self.percent,
                "text": self.text,
            }  # fmt: skip
            queue().put(progress_key(self.company_id, self.run_id), said)

    def stop_if_cancelled(self) -> None:
        """Raise Cancelled when somebody wants it."""
        who = queue().get(cancel_key(self.company_id, self.run_id))
        if who is not None:
            raise Cancelled(str(who))


_running: ContextVar[Running | None] = ContextVar("running job", default=None)


@contextmanager
def at_work(run: Running) -> Iterator[None]:
    """Be at a run."""
    token = _running.set(run)
    try:
        yield
    finally:
        _running.reset(token)


def current_run() -> Running:
    """The run of this thread. Raises RuntimeError outside of any."""
    run = _running.get()
    if run is None:
        raise RuntimeError("no job is running here")
    return run


def payload() -> Mapping[str, Any]:
    """What the running job was started with."""
    return current_run().payload


def progress(done: int, total: int, text: Text = "") -> None:
    """Tell how far the running job is, as often as you like; outside of a job it tells nobody.

    It is seen at once, though the job's own transaction is not. Raises Cancelled.
    """
    run = _running.get()
    if run is None:
        return
    run.percent = min(100, max(0, done * 100 // total)) if total > 0 else 0
    run.text = str(text)[:200]
    if time.monotonic() - run.told_at < SECONDS and done < total:
        return
    run.told_at = time.monotonic()
    run.stop_if_cancelled()
    run.tell()


def commit() -> None:
    """Commit what the running job has done so far. Raises Lost when the run was given to another
    worker meanwhile: then nothing of it shall count, for the other does it."""
    run = current_run()
    if not runs.hold(run.run_id, run.secret):
        raise Lost(f"run {run.run_id}")
    services().session.commit()


def result(**values: Any) -> None:
    """Keep values with the run when it is done."""
    current_run().result.update(values)


@contextmanager
def as_who_asked() -> Iterator[None]:
    """Work as the person who asked for the run, with what they may do by now. Raises Forbidden
    when they may not do anything any more."""
    user_id = current_run().user_id
    if user_id is None:
        yield
        return
    user = services().session.get(User, user_id)
    if user is None or not user.active:
        raise Forbidden(gettext("Who asked for it does not work here any more."))
    with acting_as(current_company(), actor_for(user)), proof.unattended():
        yield
