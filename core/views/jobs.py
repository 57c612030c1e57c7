"""Jobs and their runs, as the pages of jobs show them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask_babel import format_timedelta

from core.data.importing.models import JOB as IMPORT
from core.data.importing.models import REVERT
from core.extensions import db
from core.host import services
from core.hosting.enabled import enabled_set
from core.identity.models import User
from core.jobs import exports
from core.jobs.doctor import SILENT, is_anybody_working
from core.jobs.models import ACTIVE, STATES, JobRun
from core.jobs.naming import EXPORT, label_of
from core.jobs.queue import queue
from core.jobs.runs import cancel_key, progress_key
from core.jobs.schedule import next_turn
from core.views.page import Option
from core.web import formats
from plugin_api.context import current_actor, current_company, gettext, now
from plugin_api.jobs import Daily, Every, Job

PAGE = 50
_STATES = {choice.value: choice for choice in STATES}


@dataclass(frozen=True, kw_only=True, slots=True)
class RunRow:
    """A run in words."""

    id: int
    key: str
    label: str
    plugin: str
    state: str
    state_label: str
    tone: str
    percent: int
    text: str
    who: str
    at: dt.datetime
    took: str
    error: str
    attempts: int
    worker: str
    active: bool
    may_cancel: bool
    again: bool
    """Whether it may be tried again."""
    user_id: int | None
    created_at: dt.datetime
    started_at: dt.datetime | None
    finished_at: dt.datetime | None
    result: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class JobRow:
    """A job that an admin may start, or that starts by itself."""

    key: str
    label: str
    help: str
    plugin: str
    when: str
    next: dt.datetime | None
    last: RunRow | None
    by_hand: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class RunsPage:
    """A page of runs, the newest first."""

    rows: tuple[RunRow, ...]
    states: tuple[Option, ...]
    jobs: tuple[Option, ...]
    next_before: int | None
    is_filtered: bool
    active: bool
    """Whether anything on it still moves."""
    warning: str


def jobs() -> tuple[JobRow, ...]:
    """The company's jobs that an admin may start or that start by themselves. Two statements."""
    known = {key: job for key, job in _known().items() if job.by_hand or job.schedule is not None}
    newest = sa.select(sa.func.max(JobRun.id)).where(JobRun.job.in_(known)).group_by(JobRun.job)
    last = {row.key: row for row in rows(JobRun.id.in_(newest.scalar_subquery()))}
    zone = current_company().timezone
    return tuple(
        JobRow(
            key=key,
            label=str(job.label),
            help=str(job.help),
            plugin=_plugin(key),
            when=when(job),
            next=next_turn(job.schedule, now(), zone) if job.schedule else None,
            last=last.get(key),
            by_hand=job.by_hand,
        )
        for key, job in known.items()
    )


def runs(state: str = "", job: str = "", before: int | None = None) -> RunsPage:
    """A page of runs in a state, of a job, older than one."""
    which = []
    if state in _STATES:
        which.append(JobRun.state == state)
    if job:
        which.append(JobRun.job == job)
    if before is not None:
        which.append(JobRun.id < before)
    found = rows(*which, limit=PAGE + 1)
    shown = found[:PAGE]
    labels = {key: str(each.label) for key, each in _known().items()}
    return RunsPage(
        rows=tuple(shown),
        states=_options({value: str(c.label) for value, c in _STATES.items()}, state),
        jobs=_options(labels, job),
        next_before=shown[-1].id if len(found) > PAGE else None,
        is_filtered=bool(state or job),
        active=any(row.active for row in shown),
        warning=_warning(shown),
    )


def run_row(run_id: int) -> RunRow | None:
    """One run."""
    found = rows(JobRun.id == run_id)
    return found[0] if found else None


def rows(*which: sa.ColumnElement[bool], limit: int = PAGE) -> list[RunRow]:
    """Runs for which conditions hold, the newest first, with what those at work say of
    themselves. One statement."""
    asked = (
        sa.select(JobRun, User.name)
        .outerjoin(User, User.id == JobRun.user_id)
        .where(*which)
        .order_by(JobRun.id.desc())
        .limit(limit)
    )
    found = db.session.execute(asked).all()
    company = current_company().id
    working = [run.id for run, _name in found if run.state == "running"]
    told = queue().get_many(
        [key(company, id_) for id_ in working for key in (progress_key, cancel_key)]
    )
    return [
        _row(
            run,
            name or "",
            told.get(progress_key(company, run.id)) or {},
            cancelled=cancel_key(company, run.id) in told,
        )
        for run, name in found
    ]


def _row(run: JobRun, who: str, told: Mapping[str, Any], *, cancelled: bool) -> RunRow:
    job = services().registry.jobs.get(run.job)
    state, text = _STATES[run.state], str(told.get("text", run.progress_text))
    if cancelled:
        text = gettext("Is being cancelled")
    elif run.state == "queued" and run.due_at > now():
        text = gettext("Tried again at %(time)s", time=formats.instant(run.due_at))
    return RunRow(
        id=run.id,
        key=run.job,
        label=label_of(run),
        plugin=_plugin(run.job),
        state=run.state,
        state_label=str(state.label),
        tone=state.tone,
        percent=int(told.get("percent", run.progress)),
        text=text,
        who=who or gettext("The system"),
        at=run.started_at or run.created_at,
        took=_took(run),
        error=run.error or "",
        attempts=run.attempts,
        worker=run.worker,
        active=run.state in ACTIVE,
        may_cancel=run.state in ACTIVE and not cancelled,
        again=run.state in ("failed", "cancelled") and job is not None,
        user_id=run.user_id,
        created_at=run.created_at,
        started_at=run.started_at,
        finished_at=run.finished_at,
        result=run.result,
    )


def _took(run: JobRun) -> str:
    if run.started_at is None:
        return ""
    ended = run.finished_at if run.state not in ACTIVE else now()
    if ended is None or run.state == "queued":
        return ""
    seconds = max(0, round((ended - run.started_at).total_seconds()))
    return str(format_timedelta(dt.timedelta(seconds=seconds), granularity="second", threshold=1.5))


def _known() -> dict[str, Job]:
    on = enabled_set(current_company())
    known = services().registry.jobs
    return {key: job for key, job in known.items() if key.partition(".")[0] in on}


def _plugin(key: str) -> str:
    plugin = services().registry.plugins.get(key.partition(".")[0])
    return str(plugin.manifest.name) if plugin is not None else ""


def when(job: Job) -> str:
    """When a job is done by itself, in words; empty for one that is not."""
    if isinstance(job.schedule, Daily):
        return str(gettext("Daily at %(time)s", time=job.schedule.at))
    if isinstance(job.schedule, Every):
        return str(gettext("Every %(minutes)s minutes", minutes=job.schedule.minutes))
    return ""


def _options(labels: Mapping[str, str], chosen: str) -> tuple[Option, ...]:
    return tuple(
        Option(value=value, label=label, selected=value == chosen)
        for value, label in labels.items()
    )


def _warning(rows: Sequence[RunRow]) -> str:
    """That nobody seems to work, when something waits."""
    waiting = [row for row in rows if row.state == "queued" and now() - row.at > SILENT]
    if not waiting or is_anybody_working():
        return ""
    return str(gettext("No worker gives a sign of life. An operator starts one: xiaoguan jobs run"))


def is_mine(run_id: int) -> bool:
    """Whether the actor has asked for a run."""
    user_id = current_actor().user_id
    asked = sa.select(JobRun.id).where(JobRun.id == run_id, JobRun.user_id == user_id)
    return user_id is not None and db.session.scalar(asked) is not None


def where_to(row: RunRow) -> tuple[str, str] | None:
    """Label and address of what a run is about, if it has a page."""
    if row.key in (IMPORT, REVERT) and "collection" in row.result:
        path = str(row.result["collection"]).replace(".", "/")
        return gettext("Go to the import"), f"/{path}/import/{row.result['import']}"
    return None


def has_file(row: RunRow) -> bool:
    """Whether a run has left a file that is still kept."""
    return row.key == EXPORT and exports.file_of(row.result) is not None
