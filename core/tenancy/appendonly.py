"""Tables that rows are only added to: the audit trail and its seals, ledgers of plugins.

On PostgreSQL the application's role has no right to change or delete their rows; on SQLite
triggers refuse it. What must be able to (erasing a person's data, a company that goes) runs
inside :func:`released`, as the platform or the owner.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from plugin_api.models import Base

REFUSED = "rows of this table are only added"
_ACTS = ("update", "delete")


def models() -> list[type[Base]]:
    """Every loaded model whose rows stay as they are."""
    return [m.class_ for m in Base.registry.mappers if m.class_.__append_only__]


def guard(connection: sa.Connection) -> None:
    """Put up the triggers of SQLite that are missing."""
    there = set(sa.inspect(connection).get_table_names())
    for model in models():
        table = model.__tablename__
        for act in _ACTS if table in there else ():
            connection.exec_driver_sql(
                f"create trigger if not exists {_name(table, act)} before {act} on {table}"
                f" begin select raise(abort, '{REFUSED}'); end"
            )


def unguarded(connection: sa.Connection) -> list[str]:
    """Tables that miss a trigger; on PostgreSQL the grants are looked at with the walls."""
    if connection.dialect.name != "sqlite":
        return []
    found = connection.exec_driver_sql("select name from sqlite_master where type = 'trigger'")
    names = set(found.scalars())
    return [
        model.__tablename__
        for model in models()
        if not {_name(model.__tablename__, act) for act in _ACTS} <= names
    ]


@contextmanager
def released(connection: sa.Connection) -> Iterator[None]:
    """Let the rows be changed inside, in the transaction of the connection alone: its end puts
    the triggers up again whether or not it succeeds."""
    if connection.dialect.name != "sqlite":
        yield
        return
    for model in models():
        for act in _ACTS:
            name = _name(model.__tablename__, act)
            connection.exec_driver_sql(f"drop trigger if exists {name}")
    yield
    guard(connection)


def _name(table: str, act: str) -> str:
    return f"{table}_no_{act}"
