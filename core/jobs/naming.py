"""What runs are called, for the pages of jobs and for who asked for them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import sqlalchemy as sa

from core.data.importing.models import JOB as IMPORT
from core.data.importing.models import REVERT
from core.host import services
from core.jobs.models import JobRun
from plugin_api.context import current_actor, gettext

EXPORT = "core.export"


def label_of(run: JobRun) -> str:
    """The job, and what it is about where that tells runs apart."""
    registry = services().registry
    job = registry.jobs.get(run.job)
    label = str(job.label) if job is not None else run.job
    about = str(run.payload.get("file", "")) if run.job in (IMPORT, REVERT) else ""
    if run.job == EXPORT:
        model = registry.models.get(str(run.payload.get("model")))
        about = str(model.__label_plural__) if model is not None else ""
    return str(gettext("%(job)s: %(about)s", job=label, about=about)) if about else label


def mine(run_ids: Collection[int]) -> Mapping[int, str]:
    """What those of the runs are called that the actor has asked for. One statement."""
    asked = sa.select(JobRun).where(
        JobRun.id.in_(run_ids), JobRun.user_id == current_actor().user_id
    )
    return {run.id: label_of(run) for run in services().session.scalars(asked)}
