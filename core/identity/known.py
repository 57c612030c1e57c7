"""The people of a company as those who tell them of something need them.

They are kept in the process under the company's revision, which every change of a person raises;
what a transaction that raises it reads is kept nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from flask import current_app
from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction

from core.extensions import db
from core.identity.models import User
from core.tenancy.session import CompanySession
from plugin_api.context import current_company
from plugin_api.models import CompanyModel

MOST = 50_000
"""People that are remembered."""


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who works here."""

    id: int
    login_id: int | None
    name: str
    role_id: int | None
    team_id: int | None
    muted: frozenset[str]
    """Kinds of notifications that they want none of."""


@dataclass(slots=True)
class _Memory:
    held: dict[int, tuple[int, dict[int, Known | None]]] = field(default_factory=dict)
    """Company → its revision, and people by id; None: nobody who works here."""
    count: int = 0


def known(user_ids: Iterable[int | None]) -> list[Known]:
    """Those of the people who work here, by id. A statement if one was not asked for before."""
    session: Any = db.session()
    company, memory = current_company(), _memory()
    wanted = sorted({id_ for id_ in user_ids if id_})
    found: dict[int, Known | None] = {}
    if not session.is_revised:
        revision, found = memory.held.get(company.id, (-1, {}))
        if revision != company.revision:
            if memory.count >= MOST:
                memory.held.clear()
                memory.count = 0
            found = {}
            memory.held[company.id] = company.revision, found
    missing = [id_ for id_ in wanted if id_ not in found]
    if missing:
        read = dict.fromkeys(missing) | _read(session, missing)
        memory.count += len(read)
        found.update(read)
    return [person for id_ in wanted if (person := found[id_]) is not None]


def _read(session: Session, ids: list[int]) -> dict[int, Known | None]:
    columns = (User.id, User.login_id, User.name, User.role_id, User.team_id, User.muted)
    asked = sa.select(*columns).where(User.id.in_(ids), User.active)
    with session.no_autoflush:
        return {
            row.id: Known(row.id, row.login_id, row.name, row.role_id, row.team_id,
                          frozenset(row.muted or ()))
            for row in session.execute(asked)
        }  # fmt: skip


def _memory() -> _Memory:
    memory: _Memory = current_app.extensions.setdefault("xiaoguan.known", _Memory())
    return memory


@event.listens_for(CompanySession, "after_flush")
def _flushed(session: Session, context: UOWTransaction) -> None:
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, CompanyModel) and getattr(type(row), "__raises_revision__", False):
            # Who goes on after the commit may still work with the former revision.
            _memory().held.pop(row.company_id, None)
            kept: dict[tuple[str, int], Any] = current_app.extensions.get("xiaoguan.keeping", {})
            for key in [key for key in kept if key[1] == row.company_id]:
                del kept[key]
