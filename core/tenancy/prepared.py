"""Selects that are written once and then only asked, with other values each time.

What SQLAlchemy spends on a statement that it knows already, building it and finding it among those
it has compiled, is more than the database takes for a page. Who asks for the same thing again and
again says what makes the statement what it is, and the conditions whose values differ.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.sql.cache_key import CacheKey

from core.tenancy.errors import WallError
from core.tenancy.session import CompanySession

MOST = 2000
"""Statements kept a database."""
Criteria = Sequence[sa.ColumnElement[bool]]


Build = Callable[[], tuple[sa.Select[Any], Any]]
Process = Callable[[Any], Any] | None
"""From a value as the driver gives it to one of the column's type; None: it is one."""


def rows(
    session: Session, name: Hashable, criteria: Criteria, build: Build
) -> tuple[Sequence[Any], Any]:
    """The rows of a select, and what was made together with it.

    ``build`` makes both when nothing was kept yet under ``name`` and the shape of ``criteria``,
    which must stand in the select; other values in it must follow from the name. Objects in the
    name are kept alive by it.
    """
    found, beside = _ask(session, name, criteria, build)
    return found.all(), beside


def plain_rows(
    session: Session, name: Hashable, criteria: Criteria, build: Build
) -> tuple[Sequence[Any], Sequence[Process], Any]:
    """The same, with rows as the driver gives them, and how each of their values is read."""
    found, beside = _ask(session, name, criteria, build)
    answer: Any = found
    try:
        return answer.cursor.fetchall(), answer._metadata._processors, beside
    finally:
        found.close()


def _ask(
    session: Session, name: Hashable, criteria: Criteria, build: Build
) -> tuple[sa.CursorResult[Any], Any]:
    if not isinstance(session, CompanySession):
        raise WallError("only a company's session asks for what is kept")
    keys = [each._generate_cache_key() for each in criteria]
    if None in keys:
        statement, beside = build()
        return session.ask(statement.compile(dialect=session.get_bind().dialect), None), beside
    kept: dict[Any, tuple[Any, Any]]
    engine = session.get_bind()
    kept = engine.__dict__.setdefault("xiaoguan_prepared", {})
    full = (name, *(each.key for each in keys if each is not None))
    binds = [bind for each in keys if each is not None for bind in each.bindparams]
    found = kept.get(full)
    if found is None:
        statement, beside = build()
        given = CacheKey(full, binds, {})
        compiled = statement.compile(dialect=engine.dialect, cache_key=given)
        if len(kept) >= MOST:
            kept.clear()
        found = kept[full] = (compiled, beside)
    compiled, beside = found
    return session.ask(compiled, binds), beside


def asked(
    session: Session,
    name: Hashable,
    values: Mapping[str, Any],
    build: Callable[[], sa.Select[Any] | sa.CompoundSelect[Any]],
) -> Sequence[Any]:
    """The rows of a select whose values have names: it has a ``bindparam`` of each, and the name
    under which it is kept says everything else."""
    if not isinstance(session, CompanySession):
        raise WallError("only a company's session asks for what is kept")
    engine = session.get_bind()
    kept: dict[Any, tuple[Any, Any]] = engine.__dict__.setdefault("xiaoguan_prepared", {})
    found = kept.get(("asked", name))
    if found is None:
        if len(kept) >= MOST:
            kept.clear()
        found = kept["asked", name] = (build().compile(dialect=engine.dialect), None)
    return session.ask(found[0], None, values).all()
