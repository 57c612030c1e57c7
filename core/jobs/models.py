"""Runs of jobs, and the tables of the queue on PostgreSQL."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import (
    Base,
    Choice,
    CompanyModel,
    choice,
    instant,
    integer,
    json,
    longtext,
    reference,
    text,
)

STATES = (
    Choice(value="queued", label=lazy_pgettext("job", "Waiting"), tone="neutral"),
    Choice(value="running", label=lazy_pgettext("job", "Running"), tone="info"),
    Choice(value="done", label=lazy_pgettext("job", "Done"), tone="good"),
    Choice(value="failed", label=lazy_pgettext("job", "Failed"), tone="bad"),
    Choice(value="cancelled", label=lazy_pgettext("job", "Cancelled"), tone="warn"),
)
ACTIVE = ("queued", "running")
"""States that something still comes after."""
_ACTIVE = sa.text("state IN ('queued', 'running')")


class JobRun(CompanyModel):
    """A job that is to be done, is being done or was done. ``claim`` is the secret of the worker
    that has it: who cannot name it any more has lost the run to another."""

    __tablename__ = "core_job_run"
    __label__ = _("Job")
    __label_plural__ = _("Jobs")
    __title__ = "job"
    __table_args__ = (
        sa.UniqueConstraint("company_id", "job", "slot"),
        sa.Index(None, "company_id", "job", "about"),
        # Asked across companies every few seconds, so it holds only what is not finished.
        sa.Index(
            "ix_core_job_run_active",
            "state",
            "due_at",
            sqlite_where=_ACTIVE,
            postgresql_where=_ACTIVE,
        ),
    )

    job: Mapped[str] = text(_("Job"), length=80, readonly=True)
    """Its key, ``<plugin>.<id>``."""
    about: Mapped[str] = text(_("About"), length=120, readonly=True, default="")
    """What it works on, such as ``core.ImportRun:7``."""
    slot: Mapped[str | None] = text(_("Slot"), length=40, readonly=True)
    """Which turn of the job's schedule it is; there is one run a slot."""
    state: Mapped[str] = choice(_("State"), STATES, readonly=True, default="queued")
    due_at: Mapped[datetime] = instant(_("Due"), readonly=True)
    sent_at: Mapped[datetime | None] = instant(_("Sent"), readonly=True)
    """When the queue was last told of it; None: not since it is due."""
    started_at: Mapped[datetime | None] = instant(_("Started"), readonly=True)
    finished_at: Mapped[datetime | None] = instant(_("Finished"), readonly=True)
    attempts: Mapped[int] = integer(_("Attempts"), readonly=True, default=0)
    progress: Mapped[int] = integer(lazy_pgettext("job", "Progress"), readonly=True, default=0)
    """In percent."""
    progress_text: Mapped[str] = text(_("Progress in words"), readonly=True, default="")
    error: Mapped[str | None] = longtext(_("Error"), readonly=True)
    payload: Mapped[dict[str, Any]] = json(_("Payload"), default=dict)
    result: Mapped[dict[str, Any]] = json(_("Result"), default=dict)
    claim: Mapped[str | None] = mapped_column(sa.String(32))
    worker: Mapped[str] = text(_("Worker"), length=120, readonly=True, default="")
    """Host and process that has it or had it last."""
    user_id: Mapped[int | None] = reference(
        "core.User", _("Asked for by"), readonly=True, on_delete="cascade"
    )


def _id() -> Any:
    return mapped_column(sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True)


class QueueTask(Base):
    """A run to be looked at. The columns of all four tables are those of huey, which asks them
    on PostgreSQL; with SQLite it has a file of its own and these stay empty."""

    __tablename__ = "core_queue_task"
    __table_args__ = (sa.Index(None, "queue", "priority", "id"),)

    id: Mapped[int] = _id()
    queue: Mapped[str] = mapped_column(sa.Text())
    data: Mapped[bytes] = mapped_column(sa.LargeBinary())
    priority: Mapped[float] = mapped_column(sa.Double(), server_default=sa.text("0"))


class QueueSchedule(Base):
    """Tasks for later; ours wait in :class:`JobRun` instead."""

    __tablename__ = "core_queue_schedule"
    __table_args__ = (sa.Index(None, "queue", "timestamp"),)

    id: Mapped[int] = _id()
    queue: Mapped[str] = mapped_column(sa.Text())
    data: Mapped[bytes] = mapped_column(sa.LargeBinary())
    timestamp: Mapped[float] = mapped_column(sa.Double())


class QueueKv(Base):
    """Signs of life and progress of running jobs, by keys that begin with the company."""

    __tablename__ = "core_queue_kv"

    queue: Mapped[str] = mapped_column(sa.Text(), primary_key=True)
    key: Mapped[str] = mapped_column(sa.Text(), primary_key=True)
    value: Mapped[bytes] = mapped_column(sa.LargeBinary())


class QueueCounter(Base):
    """Counters of huey, of which we use none."""

    __tablename__ = "core_queue_counter"

    queue: Mapped[str] = mapped_column(sa.Text(), primary_key=True)
    key: Mapped[str] = mapped_column(sa.Text(), primary_key=True)
    value: Mapped[int] = mapped_column(sa.BigInteger(), server_default=sa.text("0"))


MODELS: tuple[type[Base], ...] = (JobRun, QueueTask, QueueSchedule, QueueKv, QueueCounter)
