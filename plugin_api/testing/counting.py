"""How many statements something costs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

FRAME = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT")
"""What begins and ends transactions, which databases do differently."""


@contextmanager
def count_statements(engine: sa.Engine | None = None) -> Iterator[list[str]]:
    """The SQL statements that are sent inside, in their order: ``len(sent)`` of them. Of one
    engine, or of all::

        with count_statements() as sent:
            browser.get("/visits/visits")
        assert len(sent) < 30
    """
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(FRAME):
            sent.append(statement)

    where: Any = engine if engine is not None else sa.Engine
    event.listen(where, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(where, "before_cursor_execute", note)
