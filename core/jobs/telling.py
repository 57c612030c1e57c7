"""Telling who asked for a long job that it is done, in the transaction that ends it."""

from __future__ import annotations

import sqlalchemy as sa

from core.collab.models import Notification
from core.data.importing.models import JOB as IMPORT
from core.data.importing.models import REVERT
from core.host import add, services
from core.identity.models import User
from core.jobs.models import JobRun
from core.jobs.naming import EXPORT
from plugin_api.context import now

KIND = "job"
TOLD = frozenset({IMPORT, REVERT, EXPORT})
"""Jobs that a person waits for; others report where what they did is seen."""


def tell(job: str, run_id: int, user_id: int | None, state: str) -> None:
    """Write the notification, unless the person wants none of the kind."""
    session = services().session
    if job not in TOLD or user_id is None:
        return
    muted = session.scalars(sa.select(User.muted).where(User.id == user_id, User.active)).first()
    if muted is not None and KIND in muted:
        return
    row = {
        "user_id": user_id, "kind": KIND, "model": JobRun.model_key(), "record_id": run_id,
        "params": {"who": "", "job": job, "state": state}, "count": 1, "at": now(),
    }  # fmt: skip
    add(Notification, [row])
