"""Having a worker send what waits for a webhook."""

from __future__ import annotations

import secrets
from datetime import datetime

import sqlalchemy as sa

from core.host import services
from core.jobs import runs
from core.jobs.models import JobRun

JOB = "core.webhooks"
_WOKEN = "xiaoguan.webhooks"
"""In the info of a session: its transaction, and the run that was made in it for each webhook."""


def wake(webhook_id: int) -> None:
    """Have what waits for a webhook sent once this transaction is committed.

    Each transaction makes a run of its own: one that waits already may have looked by the time
    this one is committed.
    """
    session = services().session
    here = session.get_transaction()
    known, held = session.info.get(_WOKEN, (None, {}))
    if known is not here:
        held = {}
        session.info[_WOKEN] = (here, held)
    run_id = held.get(webhook_id)
    # A savepoint that was undone takes its run along.
    if run_id is None or not _is_there(run_id):
        held[webhook_id] = _start(webhook_id)


def at(webhook_id: int, due: datetime) -> None:
    """Have it looked at then, unless a run waits that will be at it earlier."""
    waits = sa.select(JobRun.id).where(
        JobRun.job == JOB, JobRun.about == about(webhook_id), JobRun.state == "queued",
        JobRun.due_at <= due,
    )  # fmt: skip
    if services().session.scalar(waits.limit(1)) is None:
        _start(webhook_id, due)


def forget_done(webhook_id: int) -> None:
    """Delete runs for a webhook that came to an end well: its log says more than they do."""
    gone = sa.delete(JobRun).where(
        JobRun.job == JOB, JobRun.about == about(webhook_id), JobRun.state == "done"
    )
    services().session.execute(gone, execution_options={"synchronize_session": False})


def about(webhook_id: int) -> str:
    """What runs for a webhook say that they are about."""
    return f"core.Webhook:{webhook_id}"


def _start(webhook_id: int, due: datetime | None = None) -> int:
    slot = secrets.token_hex(16)
    return runs.start(JOB, {"webhook": webhook_id}, about=about(webhook_id), slot=slot, due=due)


def _is_there(run_id: int) -> bool:
    asked = sa.select(JobRun.id).where(JobRun.id == run_id)
    return services().session.scalar(asked) is not None
