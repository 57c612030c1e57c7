"""The part of an erasure that is beyond the company's session: the audit trail, which is otherwise
only added to, and logins. Doing it twice changes nothing more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

from core.data.audit import AuditEntry
from core.data.sealing import AuditSeal
from core.extensions import db
from core.identity import factors
from core.identity.belonging import belongs_elsewhere
from core.identity.links import LoginLink
from core.identity.models import Login, LoginSession
from core.jobs.models import JobRun
from core.jobs.running import current_run, payload
from core.tenancy import appendonly
from core.tenancy.models import Company, PlatformEntry
from core.tenancy.platform import platform_session
from plugin_api.context import current_company
from plugin_api.context import lazy_gettext as _
from plugin_api.jobs import Job

JOB = "core.erase"
GONE = "—"
"""What stands in place of a value."""


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of an entry of the audit trail."""

    id: int
    title: str
    changes: dict[str, Any]
    salt: str
    digest: str


def order(left: Sequence[Left], logins: Sequence[int], emails: Sequence[str]) -> dict[str, Any]:
    """What the job is started with; it is gone when the job is done."""
    return {"left": [asdict(each) for each in left], "logins": [*logins], "emails": [*emails]}


def finish(run_id: int) -> None:
    """Do it now, and take the job away."""
    asked = sa.select(JobRun.payload).where(JobRun.id == run_id)
    held = db.session.scalar(asked)
    db.session.rollback()
    if held is None:
        return
    _erase(held)
    db.session.execute(
        sa.delete(JobRun).where(JobRun.id == run_id),
        execution_options={"synchronize_session": False},
    )
    db.session.commit()


def run() -> None:
    """The job."""
    held = payload()
    db.session.rollback()
    _erase(held)
    run_id = current_run().run_id
    db.session.execute(
        sa.update(JobRun).where(JobRun.id == run_id).values(payload={}),
        execution_options={"synchronize_session": False},
    )


def _erase(held: Mapping[str, Any]) -> None:
    logins = [login_id for login_id in held["logins"] if not belongs_elsewhere(login_id)]
    company = current_company()
    # In sessions of its own, so before that of the rest: SQLite has one writer at a time.
    for login_id in logins:
        factors.forget(login_id)
    with platform_session("erase", company.slug) as session:
        session.execute(
            sa.select(Company.id).where(Company.id == company.id).with_for_update(key_share=True)
        )
        entries: Any = AuditEntry.__table__
        seals: Any = AuditSeal.__table__
        connection = session.connection()
        with appendonly.released(connection):
            for each in held["left"]:
                connection.execute(
                    sa.update(entries)
                    .where(entries.c.company_id == company.id, entries.c.id == each["id"])
                    .values(title=each["title"], changes=each["changes"])
                )
                connection.execute(
                    sa.update(seals)
                    .where(seals.c.company_id == company.id, seals.c.entry_id == each["id"])
                    .values(salt=each["salt"])
                )
        for login_id in logins:
            session.execute(sa.delete(LoginSession).where(LoginSession.login_id == login_id))
            session.execute(
                sa.update(Login)
                .where(Login.id == login_id)
                .values(email=f"erased-{login_id}@invalid", password_hash="!",
                        epoch=Login.epoch + 1, last_login_at=None)
            )  # fmt: skip
        for email in held["emails"]:
            session.execute(
                sa.delete(LoginLink).where(
                    LoginLink.company_id == company.id,
                    sa.func.lower(LoginLink.email) == email.lower(),
                )
            )
            session.execute(
                sa.update(PlatformEntry)
                .where(sa.func.lower(PlatformEntry.detail) == email.lower())
                .values(detail=GONE)
            )


JOBS = (
    Job(id="erase", label=_("Erase personal data"), run=run, by_hand=False, retries=20),
)  # fmt: skip
