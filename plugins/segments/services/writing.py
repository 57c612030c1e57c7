"""Writing the grade of accounts, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from typing import Any, NamedTuple

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import SYSTEM, acting_as, current_actor, current_company, now, today
from plugins.crm.api import Account
from plugins.segments.models import GradeChange

CHUNK = 500

_writing: ContextVar[bool] = ContextVar("grades are written", default=False)


class Move(NamedTuple):
    """An account comes to a grade: what it had, what it gets, and its figure."""

    old: str | None
    new: str | None
    value: Decimal | None = None


def is_writing() -> bool:
    """Whether a grade is changed by what follows from here, and not by a person's hand."""
    return _writing.get()


@contextmanager
def _marked() -> Iterator[None]:
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


def write(moves: Mapping[int, Move], kind: str, reason: str | None = None) -> int:
    """Give accounts their grades, in the name of the company; how many there still were."""
    who, written = current_actor().user_id, 0
    ids = list(moves)
    with acting_as(current_company(), SYSTEM), _marked():
        for start in range(0, len(ids), CHUNK):
            part = ids[start : start + CHUNK]
            found = list(host().session.scalars(sa.select(Account).where(Account.id.in_(part))))
            grades = [(account, {"grade": moves[account.id].new}) for account in found]
            host().records.update_many(grades)
            _note([(account.id, moves[account.id]) for account in found], kind, reason, who)
            written += len(found)
    return written


def note(account_id: int, move: Move, kind: str, reason: str | None = None) -> None:
    """Keep in the history that an account came to a grade."""
    _note([(account_id, move)], kind, reason, current_actor().user_id)


def _note(moved: list[tuple[int, Move]], kind: str, reason: str | None, who: int | None) -> None:
    same: dict[str, Any] = {
        "on": today(), "at": now(), "kind": kind, "reason": reason, "by_id": who,
    }  # fmt: skip
    rows = [
        {**same, "account_id": id_, "from_grade": move.old, "to_grade": move.new,
         "value": move.value}
        for id_, move in moved
    ]  # fmt: skip
    if rows:
        host().records.add_rows(GradeChange, rows)
