"""What a worker does with a run that the queue names."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask_babel import force_locale

from core.extensions import db
from core.host import services
from core.hosting.blame import failure_of
from core.jobs import runs
from core.jobs.models import JobRun
from core.jobs.queue import queue
from core.jobs.running import Cancelled, Lost, Running, at_work
from core.jobs.telling import tell
from core.tenancy.models import Company
from core.tenancy.platform import platform_session
from plugin_api.context import SYSTEM, acting_as, gettext, now
from plugin_api.errors import Refused
from plugin_api.jobs import Job

log = logging.getLogger(__name__)

_at_work: set[Running] = set()
_lock = threading.Lock()


def worker() -> str:
    """Machine and process, for people to tell workers apart."""
    return f"{socket.gethostname()}:{os.getpid()}"


def look_at(app: Flask, company_id: int, run_id: int) -> None:
    """Do a run, unless it is done, is being done, or is not to be done."""
    with app.app_context(), _in_company(company_id):
        _look_at(company_id, run_id)


def signs_of_life() -> None:
    """Say of everything that this process is at that it still is. Needs an app context."""
    with _lock:
        busy = list(_at_work)
    for run in busy:
        run.tell()


@contextmanager
def _in_company(company_id: int) -> Iterator[None]:
    with platform_session("jobs") as session:
        row = session.get(Company, company_id)
        company = row.value() if row is not None else None
    if company is None:
        raise LookupError(f"there is no company {company_id}")
    with acting_as(company, SYSTEM), force_locale(company.language):
        yield


def _look_at(company_id: int, run_id: int) -> None:
    session = services().session
    run = session.get(JobRun, run_id)
    if run is None or run.state != "queued" or run.due_at > now():
        session.rollback()
        return
    job = runs.job_of(run.job)
    if job is None:
        runs.drop(run_id, gettext("The plugin is switched off, or does not know this job."))
        session.commit()
        return
    secret = secrets.token_hex(16)
    attempts, payload, user_id, key = run.attempts + 1, run.payload, run.user_id, run.job
    if not runs.claim(run_id, secret, worker()):
        session.rollback()
        return
    session.commit()
    doing = Running(company_id, run_id, secret, payload, user_id, key)
    with _known(doing):
        _do(job, doing, attempts)


@contextmanager
def _known(doing: Running) -> Iterator[None]:
    """Among what gives signs of life."""
    doing.tell()
    with _lock:
        _at_work.add(doing)
    try:
        yield
    finally:
        with _lock:
            _at_work.discard(doing)
        _forget(doing)


def _forget(doing: Running) -> None:
    key = runs.progress_key(doing.company_id, doing.run_id)
    with doing.lock:
        told = queue().get(key)
        # Another worker may have the run by now, and tell of it.
        if told is not None and told["claim"] == doing.secret:
            queue().forget(key, runs.cancel_key(doing.company_id, doing.run_id))


def _do(job: Job, doing: Running, attempts: int) -> None:
    session = services().session
    key = f"{doing.run_id} of {job.id}"
    try:
        with services().dispatcher.watch(f"job {key}"), at_work(doing):
            job.run()
        if not runs.finish(doing.run_id, doing.secret, doing.result, doing.text):
            raise Lost(key)
        tell(doing.job, doing.run_id, doing.user_id, "done")
        session.commit()
    except Lost:
        session.rollback()
        log.warning("run %s was taken by another worker; what it did here is undone", key)
    except Cancelled as cancelled:
        session.rollback()
        reason = gettext("Cancelled by %(name)s.", name=cancelled.who)
        _note(lambda: runs.end_cancelled(doing.run_id, doing.secret, reason, **_reached(doing)))
    except Refused as refused:
        session.rollback()
        text = in_words(refused)
        _fail(doing, text, None)
    except Exception as error:
        session.rollback()
        failure = failure_of(error, services().registry.plugins)
        log.exception("run %s failed: %s", key, failure)
        text = in_words(error)
        again = now() + runs.wait_of(attempts) if attempts <= job.retries else None
        _fail(doing, text, again)


def _fail(doing: Running, text: str, again: datetime | None) -> None:
    if runs.fail(doing.run_id, doing.secret, text, again, **_reached(doing)) and again is None:
        tell(doing.job, doing.run_id, doing.user_id, "failed")
    services().session.commit()


def _note(change: Any) -> None:
    change()
    services().session.commit()


def _reached(doing: Running) -> dict[str, Any]:
    return {
        "progress": doing.percent, "progress_text": doing.text, "result": dict(doing.result)
    }  # fmt: skip


def in_words(error: Exception) -> str:
    """What a person is told of a failure."""
    if isinstance(error, Refused):
        said = [str(error.message)]
        said += [str(text) for texts in error.errors.values() for text in texts]
        return "\n".join(dict.fromkeys(text for text in said if text))
    if isinstance(error, sa.exc.OperationalError):
        return str(gettext("The database refused: %(error)s", error=_line(error.orig or error)))
    what = f"{type(error).__name__}: {_line(error)}"
    return str(gettext("The program failed (%(error)s). The log says more.", error=what))


def _line(error: BaseException) -> str:
    return (str(error).splitlines() or [""])[0][:300]


def work_off(app: Flask) -> int:
    """Do everything that was sent, here and now; how many runs were looked at. For commands and
    tests; workers wait for the queue instead."""
    with app.app_context():
        waiting = queue()
        done = waiting.work_off()
        db.session.remove()
    return done
