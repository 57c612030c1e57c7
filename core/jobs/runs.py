"""What may become of a run: each step is one update that fails when somebody was quicker."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from core.host import services
from core.hosting.enabled import enabled_set
from core.jobs.models import ACTIVE, JobRun
from core.jobs.queue import queue
from core.tenancy.engine import reading
from core.tenancy.session import CompanySession
from plugin_api.context import Text, current_actor, current_company, gettext, now
from plugin_api.errors import Rejected
from plugin_api.jobs import Job

log = logging.getLogger(__name__)

_TO_SEND = "xiaoguan.jobs"
_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(hours=6)
LOST_TIMES = 3
"""How often a run may lose its worker beyond its retries before it is given up."""


def job_of(key: str) -> Job | None:
    """A job that the current company has, by its key."""
    if key.partition(".")[0] not in enabled_set(current_company()):
        return None
    return services().registry.jobs.get(key)


def start(
    key: str,
    payload: Mapping[str, Any] | None = None,
    *,
    about: str = "",
    slot: str | None = None,
    due: datetime | None = None,
) -> int:
    """Have a job done once this transaction is committed; the number of its run.

    An unfinished run of the job about the same is taken in place of another. Raises KeyError
    for a job that the company does not have.
    """
    if job_of(key) is None:
        raise KeyError(f"no job {key}")
    session = services().session
    if slot is None:
        known = unfinished(key, about)
        if known is not None:
            return known
    run = JobRun(
        job=key,
        about=about,
        slot=slot,
        due_at=due or now(),
        sent_at=None if due else now(),
        payload=dict(payload or {}),
        user_id=current_actor().user_id,
    )
    session.add(run)
    session.flush()
    if due is None:
        session.info.setdefault(_TO_SEND, []).append((current_company().id, run.id))
    return run.id


def blockers(plugin: str) -> list[str]:
    """Why a plugin cannot be switched off now: jobs of it that are being done."""
    asked = sa.select(JobRun.job).where(
        JobRun.job.startswith(f"{plugin}.", autoescape=True), JobRun.state == "running"
    )
    jobs = services().registry.jobs
    return [
        str(
            gettext(
                "“%(job)s” is running. Wait for its end, or cancel it under Jobs.",
                job=jobs[key].label if key in jobs else key,
            )
        )
        for key in sorted(set(services().session.scalars(asked)))
    ]


def unfinished(key: str, about: str = "") -> int | None:
    """The run of a job about something that waits or works, if there is one."""
    asked = sa.select(sa.func.min(JobRun.id)).where(
        JobRun.job == key, JobRun.about == about, JobRun.state.in_(ACTIVE)
    )
    return services().session.scalar(asked)


def claim(run_id: int, secret: str, worker: str) -> bool:
    """Take a run that waits; whether this worker has it now."""
    return _change(
        JobRun.id == run_id,
        JobRun.state == "queued",
        JobRun.due_at <= now(),
        state="running",
        claim=secret,
        worker=worker[:120],
        attempts=JobRun.attempts + 1,
        started_at=now(),
        finished_at=None,
        progress=0,
        progress_text="",
        error=None,
    )


def hold(run_id: int, secret: str) -> bool:
    """Whether a run is still this worker's; if so it stays so to the end of the transaction."""
    return _change(*_mine(run_id, secret))


def finish(run_id: int, secret: str, result: Mapping[str, Any], text: str) -> bool:
    """Note that a run is done, in the transaction of what it did; False: it is another's now."""
    return _change(
        *_mine(run_id, secret),
        state="done",
        claim=None,
        progress=100,
        progress_text=text[:200],
        result=dict(result),
        finished_at=now(),
    )


def fail(run_id: int, secret: str, error: str, again_at: datetime | None, **kept: Any) -> bool:
    """Note that a run failed; with ``again_at`` it waits for its next attempt."""
    if again_at is not None:
        return _change(
            *_mine(run_id, secret),
            state="queued",
            claim=None,
            due_at=again_at,
            sent_at=None,
            error=error,
            **kept,
        )
    return _change(
        *_mine(run_id, secret), state="failed", claim=None, error=error, finished_at=now(), **kept
    )


def end_cancelled(run_id: int, secret: str, reason: Text, **kept: Any) -> bool:
    """Note that a running run was cancelled."""
    return _change(
        *_mine(run_id, secret),
        state="cancelled",
        claim=None,
        error=str(reason),
        finished_at=now(),
        **kept,
    )


def drop(run_id: int, reason: Text) -> bool:
    """Cancel a run that waits."""
    return _change(
        JobRun.id == run_id,
        JobRun.state == "queued",
        state="cancelled",
        error=str(reason),
        finished_at=now(),
    )


def cancel(run_id: int) -> bool:
    """Cancel a run. One that waits is cancelled now; one that works when it next tells its
    progress, for nobody can stop it in between. False: it was finished already.

    For the edge: works in transactions of its own, and waits for no lock that the job may hold.
    """
    session, who = services().session, current_actor().name
    with reading():
        state = session.scalar(sa.select(JobRun.state).where(JobRun.id == run_id))
    session.rollback()
    if state == "queued" and drop(run_id, gettext("Cancelled by %(name)s.", name=who)):
        session.commit()
        return True
    session.rollback()
    if state in ACTIVE:
        queue().put(cancel_key(current_company().id, run_id), who)
    return state in ACTIVE


def again(run_id: int) -> None:
    """Have a run that failed or was cancelled tried once more. Raises Rejected for others."""
    done = _change(
        JobRun.id == run_id,
        JobRun.state.in_(("failed", "cancelled")),
        state="queued",
        attempts=0,
        due_at=now(),
        sent_at=now(),
        error=None,
        finished_at=None,
    )
    queue().forget(cancel_key(current_company().id, run_id))
    if not done:
        raise Rejected("", gettext("Only what failed or was cancelled is tried again."))
    session = services().session
    session.info.setdefault(_TO_SEND, []).append((current_company().id, run_id))


def give_back(run_id: int, secret: str, attempts: int) -> bool:
    """Take a run from a worker that gives no sign of life, so that another may have it."""
    key = services().session.scalar(sa.select(JobRun.job).where(JobRun.id == run_id))
    job = job_of(key) if key else None
    if attempts > (job.retries if job else 0) + LOST_TIMES:
        text = gettext("Its worker stopped in the middle, %(times)s times.", times=attempts)
        return fail(run_id, secret, text, None)
    return _change(*_mine(run_id, secret), state="queued", claim=None, due_at=now(), sent_at=None)


def wait_of(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts: 30 s, 2 min, 8 min … 6 h."""
    times: int = 4 ** min(attempts - 1, 10)
    return min(_FIRST_WAIT * times, _LONGEST_WAIT)


def note_sent(run_ids: list[int]) -> None:
    """Note that the queue was told of runs just now."""
    _change(JobRun.id.in_(run_ids), JobRun.state == "queued", sent_at=now())


def progress_key(company_id: int, run_id: int) -> str:
    """Where the queue keeps how far a run is."""
    return f"{company_id}:run:{run_id}"


def cancel_key(company_id: int, run_id: int) -> str:
    """Where the queue keeps that a run is to be cancelled."""
    return f"{company_id}:cancel:{run_id}"


def _mine(run_id: int, secret: str) -> tuple[sa.ColumnElement[bool], ...]:
    return JobRun.id == run_id, JobRun.state == "running", JobRun.claim == secret


def _change(*which: sa.ColumnElement[bool], **values: Any) -> bool:
    done: Any = services().session.execute(
        sa.update(JobRun).where(*which).values(updated_at=now(), **values),
        execution_options={"synchronize_session": False},
    )
    return bool(done.rowcount)


@event.listens_for(CompanySession, "after_commit")
def _committed(session: Session) -> None:
    if session.in_nested_transaction():
        return
    for company_id, run_id in session.info.pop(_TO_SEND, ()):
        try:
            queue().send(company_id, run_id)
        except Exception:
            # It is written down; who looks for runs that wait sends it again.
            log.exception("the queue could not be told of run %s", run_id)


@event.listens_for(CompanySession, "after_soft_rollback")
def _rolled_back(session: Session, previous: SessionTransaction) -> None:
    if previous.parent is None:
        session.info.pop(_TO_SEND, None)
