"""A PostgreSQL database with the roles of an installation, and sessions without a first wall."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session

from core.config import with_driver
from core.extensions import db
from core.hosting.doctor import Finding, row_security
from core.identity.models import Team, User
from core.jobs.queue import queue
from core.tenancy.policies import SET_COMPANY
from core.tenancy.setup import Access, set_up
from tests.harness import Installation, install
from tests.tenancy.companies import Two

NAME = "probe"


def make_roles(new_postgres_url: Callable[[], str]) -> tuple[str, Access]:
    """A new database: the superuser's URL, and how its roles reach it."""
    admin = new_postgres_url()
    return admin, set_up(admin, NAME, {})


def engine_of(url: str, **options: object) -> sa.Engine:
    """An engine that nothing of ours listens to; it keeps connections only when told how many."""
    if not options:
        options = {"poolclass": sa.NullPool}
    return sa.create_engine(with_driver(url), **options)


class Alone(Session):
    """What a company's session would be with the third wall and no first one."""


@event.listens_for(Alone, "after_begin")
def _begun(session: Alone, transaction: object, connection: sa.Connection) -> None:
    if "company" in session.info:
        connection.exec_driver_sql(SET_COMPANY.format(session.info["company"]))


@dataclass(frozen=True, slots=True)
class Walled:
    """Two companies behind the third wall, and an engine that only it stands before."""

    two: Two
    access: Access
    engine: sa.Engine

    def session(self, company: int | None) -> Alone:
        return Alone(self.engine, info={} if company is None else {"company": company})

    def all_names(self) -> list[tuple[int, str]]:
        return self.two.all_rows(User) + self.two.all_rows(Team)


@dataclass(frozen=True, slots=True)
class Rich:
    """An installation that uses the roles, with two companies."""

    admin: str
    access: Access
    made: Installation

    def mend(self) -> None:
        """Bring roles and walls back to what they should be."""
        set_up(self.admin, NAME, {})
        close(self.made)


def installed(folder: Path, url: str, owner_url: str = "") -> Installation:
    made = install(folder, database_url=url, owner_database_url=owner_url)
    for slug in ("acme", "beta"):
        made.company(slug)
        made.person(slug, "ada", "admin")
    return made


def close(made: Installation) -> None:
    with made.app.app_context():
        db.session.remove()
        if "xiaoguan.queue" in made.app.extensions:
            queue().huey.storage.close()
        db.engine.dispose()


def run(url: str, statement: str) -> None:
    engine = engine_of(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def ask(url: str, statement: str) -> list[tuple[Any, ...]]:
    engine = engine_of(url)
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.exec_driver_sql(statement)]
    engine.dispose()
    return found


def examined(made: Installation) -> list[Finding]:
    with made.app.app_context():
        return list(row_security())


def states(made: Installation) -> set[str]:
    return {finding.state for finding in examined(made)}
