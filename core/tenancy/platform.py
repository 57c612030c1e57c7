"""Work across companies: a session of its own, for purposes that are named here.

The walls of :class:`~core.tenancy.session.CompanySession` cannot be switched off; whoever
must see several companies says why, and what is changed that way is recorded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext

import sqlalchemy as sa
from flask import current_app
from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from core.tenancy.beginning import begin_with
from core.tenancy.engine import reading
from core.tenancy.models import PlatformEntry
from core.tenancy.roles import PLATFORM_ROLE
from plugin_api.context import NoCompany, current_actor

READS: Mapping[str, str] = {
    "identify": "who asks, by the login or the token of a request, and for which company",
    "companies": "which companies a login belongs to; which there are, for commands",
    "jobs": "which runs of jobs wait or have lost their worker, whose a run is, how many there are",
    "seal": "which companies have changes that are not yet sealed",
    "examine": "which plugins companies use, for who examines the installation",
}
WRITES: Mapping[str, str] = {
    "login": "counting failed attempts and noting the last success",
    "opened": "noting that somebody outside has opened a link for the first time",
    "logins": "making a login, changing its password or language",
    "erase": "taking a person out of the audit trail, which is otherwise only added to",
    "create company": "a company exists before anybody can work for it",
}
QUIET = frozenset({"login", "opened"})
"""Written too often to be recorded one by one."""


class PlatformSession(Session):
    """Sees every company. Only :func:`platform_session` makes one."""


@event.listens_for(PlatformSession, "after_begin")
def _begun(
    session: PlatformSession, transaction: SessionTransaction, connection: sa.Connection
) -> None:
    """On PostgreSQL, take the role that sees every company, until the transaction ends."""
    if connection.dialect.name != "postgresql" or transaction.nested:
        return
    role = connection.info.get(PLATFORM_ROLE) or "none"
    begin_with(
        connection,
        f"set local role {role if role == 'none' else _quoted(role)}",
        f"set local transaction_read_only = {'on' if session.info['only reads'] else 'off'}",
    )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@contextmanager
def platform_session(purpose: str, detail: str = "") -> Iterator[PlatformSession]:
    """A short transaction of its own, committed at the end unless it only reads.

    Finish it before the company's session begins: on SQLite two writers of one request
    would wait for each other. Raises KeyError for a purpose that is not on the list.
    """
    if purpose not in READS and purpose not in WRITES:
        raise KeyError(f"no purpose {purpose!r} is allowed to cross companies")
    only_reads = purpose in READS
    info = {"only reads": only_reads}
    engine: sa.Engine = current_app.extensions["sqlalchemy"].engine
    with reading() if only_reads else nullcontext(), PlatformSession(engine, info=info) as session:
        yield session
        if not only_reads:
            if purpose not in QUIET:
                session.add(PlatformEntry(purpose=purpose, who=_who(), detail=detail[:500]))
            session.commit()


def _who() -> str:
    try:
        return current_actor().name
    except NoCompany:
        return "system"
