"""Looking after runs: the queue is told of those it does not know, and what has lost its worker
is given to another. Every worker does this; that several do it at once does no harm."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from flask_babel import force_locale

from core.extensions import db
from core.jobs import runs
from core.jobs.models import JobRun
from core.jobs.queue import queue
from core.tenancy.models import Company
from core.tenancy.platform import platform_session
from plugin_api.context import SYSTEM, acting_as, gettext, now

log = logging.getLogger(__name__)

ON_ITS_WAY = timedelta(seconds=5)
"""A run that was sent so lately may not have reached the queue."""
FORGOTTEN = timedelta(minutes=10)
"""After this a run is sent again even though the queue has others."""
MOST = 500
"""Runs looked at in one go."""


def sweep(lease: timedelta) -> int:
    """Do so once; how many runs were helped. ``lease``: how long a worker may give no sign of
    life. Needs an app context."""
    helped = 0
    for company, found in _unfinished():
        with acting_as(company.value(), SYSTEM), force_locale(company.language):
            try:
                waiting = [id_ for id_, state, *_ in found if state == "queued"]
                if waiting:
                    runs.note_sent(waiting)
                    db.session.commit()
                    for id_ in waiting:
                        queue().send(company.id, id_)
                lost = [
                    id_
                    for id_, state, claim, attempts, started in found
                    if state == "running"
                    and _is_lost(company.id, id_, claim, started, lease)
                    and _take_back(company.id, id_, claim, attempts)
                ]
                helped += len(waiting) + len(lost)
            except Exception:
                log.exception("the runs of %s could not be looked after", company.slug)
                db.session.rollback()
            finally:
                db.session.remove()
    return helped


def _unfinished() -> list[tuple[Company, list[tuple[int, str, str, int, datetime]]]]:
    """Runs that wait unsent, and those at work, by company."""
    instant = now()
    patience = ON_ITS_WAY if queue().is_empty() else FORGOTTEN
    unsent = sa.or_(JobRun.sent_at.is_(None), JobRun.sent_at <= instant - patience)
    waits = sa.and_(JobRun.state == "queued", JobRun.due_at <= instant, unsent)
    asked = (
        sa.select(
            JobRun.company_id, JobRun.id, JobRun.state, JobRun.claim, JobRun.attempts,
            JobRun.started_at,
        )
        .where(sa.or_(waits, JobRun.state == "running"))
        .order_by(JobRun.due_at)
        .limit(MOST)
    )  # fmt: skip
    found: dict[int, list[tuple[int, str, str, int, datetime]]] = {}
    with platform_session("jobs") as session:
        for row in session.execute(asked):
            _, id_, state, claim, attempts, started = row
            # A run at work has both, one that waits needs neither.
            found.setdefault(row[0], []).append(
                (id_, state, claim or "", attempts, started or instant)
            )
        companies = session.scalars(sa.select(Company).where(Company.id.in_(found))).all()
    return [(company, found[company.id]) for company in companies]


def _is_lost(company_id: int, run_id: int, claim: str, started: datetime, lease: timedelta) -> bool:
    told = queue().get(runs.progress_key(company_id, run_id))
    seen = started
    if told is not None and told["claim"] == claim:
        seen = max(seen, datetime.fromtimestamp(told["beat"], UTC))
    return datetime.now(UTC) - seen > lease


def _take_back(company_id: int, run_id: int, claim: str, attempts: int) -> bool:
    key = runs.cancel_key(company_id, run_id)
    who = queue().get(key)
    if who is not None:
        reason = gettext("Cancelled by %(name)s.", name=who)
        done = runs.end_cancelled(run_id, claim, reason)
    else:
        done = runs.give_back(run_id, claim, attempts)
    db.session.commit()
    if done:
        log.warning("run %s of company %s lost its worker", run_id, company_id)
        queue().forget(runs.progress_key(company_id, run_id), key)
    return done


def oldest_waiting() -> Iterator[datetime]:
    """Since when the run waits that has been due the longest, in any company, if one does."""
    asked = sa.select(sa.func.min(JobRun.due_at)).where(
        JobRun.state == "queued", JobRun.due_at <= now()
    )
    with platform_session("jobs") as session:
        found = session.scalar(asked)
    if found is not None:
        yield found
