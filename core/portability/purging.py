"""A company that goes, with everything of it and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from core.host import services
from core.identity.models import Login, User
from core.portability.layout import PortabilityError, places
from core.tenancy import appendonly
from core.tenancy.engine import as_owner
from core.tenancy.models import Company, PlatformEntry
from plugin_api.context import now

FOLDERS = ("files", "uploads/imports", "uploads/exports")


def purge(slug: str, instance: Path) -> Mapping[str, int]:
    """Remove a company for good: its rows, its files, and logins that no other company has.
    Rows by table. Raises PortabilityError."""
    company: Any = Company.__table__
    with as_owner().begin() as connection, appendonly.released(connection):
        number = connection.scalar(sa.select(company.c.id).where(company.c.slug == slug))
        if number is None:
            raise PortabilityError(f"there is no company {slug}")
        logins = _own_logins(connection, number)
        gone = _rows(connection, number)
        for table in _of_platform():
            done = connection.execute(sa.delete(table).where(table.c.company_id == number))
            gone[table.name] = done.rowcount
        login: Any = Login.__table__
        done = connection.execute(sa.delete(login).where(login.c.id.in_(logins)))
        gone[login.name] = done.rowcount
        connection.execute(sa.delete(company).where(company.c.id == number))
        connection.execute(
            sa.insert(PlatformEntry).values(
                at=now(), purpose="purge company", who="system", detail=slug
            )
        )
    for folder in FOLDERS:
        shutil.rmtree(instance / folder / str(number), ignore_errors=True)
    return {name: count for name, count in gone.items() if count}


def _rows(connection: sa.Connection, number: int) -> dict[str, int]:
    gone: dict[str, int] = {}
    found = places()
    for place in found:
        if place.later:
            connection.execute(
                sa.update(place.table)
                .where(place.table.c.company_id == number)
                .values(dict.fromkeys(place.later))
            )
    for place in reversed(found):
        done = connection.execute(sa.delete(place.table).where(place.table.c.company_id == number))
        gone[place.table.name] = done.rowcount
    return gone


def _of_platform() -> list[Any]:
    """Tables of the platform whose rows are about a company."""
    own = {place.table.name for place in places()}
    tables: list[Any] = [model.__table__ for model in services().registry.models.values()]
    return [table for table in tables if "company_id" in table.c and table.name not in own]


def _own_logins(connection: sa.Connection, number: int) -> list[int]:
    user: Any = User.__table__
    mine = sa.select(user.c.login_id).where(user.c.company_id == number)
    others = sa.select(user.c.login_id).where(
        user.c.company_id != number, user.c.login_id.is_not(None)
    )
    asked = mine.where(user.c.login_id.is_not(None), user.c.login_id.not_in(others))
    return list(connection.scalars(asked))
