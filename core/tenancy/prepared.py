"""Selects that are written once and then only asked, with other values each time.

What SQLAlchemy spends on a statement that it knows already, building it and finding it among those
it has compiled, is more than the database takes for a page. Who asks for the same thing again and
again says what makes the statement what it is, and the conditions whose values differ.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.sql.cache_key import CacheKey

from core.tenancy.asking import Named, Plain, Values, plain
from core.tenancy.errors import WallError
from core.tenancy.session import CompanySession

MOST = 2000
"""Statements kept a database."""
Criteria = Sequence[sa.ColumnElement[bool]]


Build = Callable[[], tuple[sa.Select[Any], Any]]
Process = Callable[[Any], Any] | None
"""From a value as the driver gives it to one of the column's type; None: it is one."""


@dataclass(slots=True)
class _Kept:
    """A statement that was written."""

    compiled: Any
    beside: Any = None
    """What was made together with it."""
    processes: Sequence[Process] | None = None
    """How its values are read, once it has been asked."""
    plain: Plain | None = None
    """What is sent, then, where it is the same each time."""


def rows(
    session: Session, name: Hashable, criteria: Criteria, build: Build
) -> tuple[Sequence[Any], Any]:
    """The rows of a select, and what was made together with it.

    ``build`` makes both when nothing was kept yet under ``name`` and the shape of ``criteria``,
    which must stand in the select; other values in it must follow from the name. Objects in the
    name are kept alive by it.
    """
    mine, kept, binds = _written(session, name, criteria, build)
    return mine.ask(kept.compiled, binds).all(), kept.beside


def plain_rows(
    session: Session, name: Hashable, criteria: Criteria, build: Build
) -> tuple[Sequence[Any], Sequence[Process], Any]:
    """The same, with rows as the driver gives them, and how each of their values is read."""
    mine, kept, binds = _written(session, name, criteria, build)
    found, processes = _plain(mine, kept, binds)
    return found, processes, kept.beside


def asked(
    session: Session,
    name: Hashable,
    values: Mapping[str, Any],
    build: Callable[[], sa.Select[Any] | sa.CompoundSelect[Any]],
) -> Sequence[Sequence[Any]]:
    """The rows of a select whose values have names: it has a ``bindparam`` of each, and the name
    under which it is kept says everything else."""
    mine, known = _known(session)
    kept = known.get(("asked", name))
    if kept is None:
        made = _Kept(build().compile(dialect=mine.get_bind().dialect))
        kept = _keep(known, ("asked", name), made)
    found, processes = _plain(mine, kept, None, values)
    if not any(processes):
        return found
    return [
        [v if process is None else process(v) for v, process in zip(row, processes, strict=True)]
        for row in found
    ]


def _plain(
    session: CompanySession, kept: _Kept, binds: Values, named: Named = None
) -> tuple[Sequence[Any], Sequence[Process]]:
    if kept.plain is not None and kept.processes is not None:
        return session.fetch(kept.plain, binds, named), kept.processes
    answer: Any = session.ask(kept.compiled, binds, named)
    try:
        kept.processes = answer._metadata._processors
        # Values that a condition has written into the text are other ones the next time.
        if not any(bind.literal_execute for bind in binds or ()):
            kept.plain = plain(kept.compiled)
        return answer.cursor.fetchall(), answer._metadata._processors
    finally:
        answer.close()


def _written(
    session: Session, name: Hashable, criteria: Criteria, build: Build
) -> tuple[CompanySession, _Kept, Values]:
    mine, known = _known(session)
    dialect = mine.get_bind().dialect
    keys = [each._generate_cache_key() for each in criteria]
    if None in keys:
        statement, beside = build()
        return mine, _Kept(statement.compile(dialect=dialect), beside), None
    full = (name, *(each.key for each in keys if each is not None))
    binds = [bind for each in keys if each is not None for bind in each.bindparams]
    kept = known.get(full)
    if kept is None:
        statement, beside = build()
        given = CacheKey(full, binds, {})
        kept = _Kept(statement.compile(dialect=dialect, cache_key=given), beside)
        _keep(known, full, kept)
    return mine, kept, binds


def _known(session: Session) -> tuple[CompanySession, dict[Any, _Kept]]:
    if not isinstance(session, CompanySession):
        raise WallError("only a company's session asks for what is kept")
    return session, session.get_bind().__dict__.setdefault("xiaoguan_prepared", {})


def _keep(known: dict[Any, _Kept], name: Hashable, kept: _Kept) -> _Kept:
    if len(known) >= MOST:
        known.clear()
    known[name] = kept
    return kept
