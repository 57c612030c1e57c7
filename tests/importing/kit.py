"""A desk at which files are imported: a company of its own, and what is in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from core.data.importing.engine import Order, run_import
from core.data.importing.mapping import ImportMap, make_map
from core.data.importing.report import Report
from core.extensions import db
from core.host import services
from plugin_api.context import current_company
from plugin_api.models import model_of
from tests.harness import Installation
from tests.importing.files import written

BOTH = pytest.mark.parametrize("desk", ["sqlite", "postgres"], indirect=True)
"""Marks tests that run on both databases."""

_numbers = count(1)


@dataclass
class Desk:
    """A company, and a folder for files."""

    slug: str
    folder: Path
    installation: Installation

    @classmethod
    @contextmanager
    def opened(
        cls, installation: Installation, folder: Path, *plugins: str, **company: Any
    ) -> Iterator[Desk]:
        """A desk in a company that was just made."""
        slug = f"acme{next(_numbers)}"
        wanted = plugins or ("store", "ledger")
        given = {"currency": "CNY", "language": "en", **company}
        installation.company(slug, *wanted, **given)
        with installation.working(slug):
            yield cls(slug, folder, installation)
            db.session.rollback()

    def take(self, key: str, content: str | Path, map: Any = None, **order: Any) -> Report:
        """Import a text or a file into the collection of a model, and commit."""
        path = content if isinstance(content, Path) else written(self.folder, content)
        used = map if isinstance(map, ImportMap) else make_map(map or {})
        model: Any = model_of(key)
        report = run_import(Order(model=model, path=path, map=used, **order))
        db.session.commit()
        db.session.expire_all()
        return report

    def rows(self, key: str, *names: str) -> list[tuple[Any, ...]]:
        """What all records of a model hold, in the order in which they were made."""
        model: Any = model_of(key)
        records = db.session.scalars(sa.select(model).order_by(model.id)).all()
        return [tuple(_value(record, name) for name in names) for record in records]

    def make(self, key: str, **values: Any) -> Any:
        """A record, made the usual way."""
        record = services().records.create(model_of(key), values)  # type: ignore[type-var]
        db.session.commit()
        return record


def _value(record: Any, name: str) -> Any:
    value = record
    for part in name.split("."):
        value = getattr(value, part) if value is not None else None
    return value


def reasons(report: Report) -> list[tuple[int, str, str]]:
    """Line, field and reason of each error."""
    return [(each.line, each.field, each.reason) for each in report.row_errors]


def counts(report: Report) -> tuple[int, int, int, int, int]:
    """Created, updated, unchanged, skipped and bad rows."""
    return report.created, report.updated, report.unchanged, report.skipped, report.errors


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements that are run inside, but for savepoints."""
    found: list[str] = []
    engine = services().engine

    def listen(conn: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            found.append(statement)

    event.listen(engine, "before_cursor_execute", listen)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", listen)


def columns(*rows: Sequence[str]) -> str:
    """Rows as CSV without quotes."""
    return "\n".join(",".join(row) for row in rows) + "\n"


__all__ = ["Desk", "columns", "counts", "current_company", "reasons", "statements"]
