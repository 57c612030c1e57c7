"""Rows that wait in a company's session, to be written together: see :mod:`core.tenancy.adding`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from weakref import ref

import sqlalchemy as sa
from sqlalchemy.orm import Session, SessionTransaction

from core.tenancy import adding, ahead
from core.tenancy.adding import Lot, Row, Stamp
from core.tenancy.forms import Form, form_of
from plugin_api.context import NoCompany, current_actor, now
from plugin_api.models import CompanyModel

_WAITING = "xiaoguan.waiting"
_SENDING, _SENT = "xiaoguan.sending", "xiaoguan.sent"
_SESSION = "xiaoguan_session"


class Waiting(Session):
    """The part of a company's session that adds rows without objects."""

    @property
    def company_id(self) -> int:
        """The company of the transaction."""
        raise NotImplementedError

    def numbers(self, model: type[CompanyModel], count: int) -> list[int]:
        """Ids for rows that will be :meth:`put`, in ascending order."""
        self.company_id  # noqa: B018 - holds it
        return adding.numbers(super().connection(), model, count)

    def form(self, model: type[CompanyModel]) -> Form | None:
        """How rows of a model are :meth:`put`; None where only objects can be written."""
        return form_of(model, self.get_bind().dialect)

    def put(self, model: type[CompanyModel], rows: Sequence[Row], same: Row | None = None) -> None:
        """Add rows by column, without objects, events and checks: together with others that are
        put, before the next statement that could see them, or the commit. ``same`` is what all
        have.

        Company, person, version, and the moment unless they say it, are stamped on them.
        """
        if not rows:
            return
        company, who, same = self.company_id, person(), same or {}
        waiting: list[Lot] = self.info.setdefault(_WAITING, [])
        last = next((lot for lot in reversed(waiting) if lot.model is model), None)
        if last is not None and last.same == same and last.stamp.person == who:
            last.rows.extend(rows)
            return
        waiting.append(Lot(model, list(rows), same, Stamp(company, who, now())))

    def settle(self) -> None:
        """Write what was put. Raises what the database raises, and then ends the transaction as
        a flush that fails does."""
        self._arrive()
        waiting = self.info.pop(_WAITING, None)
        if not waiting:
            return
        connection: Any = super().connection()
        transaction: Any = self._transaction
        inner = transaction._begin()
        try:
            adding.insert(connection, waiting)
            inner.commit()
        except BaseException:
            inner.rollback(_capture_exception=True)
            raise

    @property
    def is_sending(self) -> bool:
        """Whether what is made is to wait: see :meth:`sending`."""
        return bool(self.info.get(_SENDING))

    @contextmanager
    def sending(self) -> Iterator[None]:
        """What is made and put inside is written together at the end, and on PostgreSQL not waited
        for. What the database says to it, the next statement raises, or :meth:`settle`; so that it
        can be undone, there must be a savepoint."""
        self.info[_SENDING] = True
        try:
            yield
        finally:
            del self.info[_SENDING]
        connection: Any = super().connection()
        if not ahead.is_able(connection):
            self.settle()
            return
        self._arrive()
        waiting = self.info.pop(_WAITING, None)
        if waiting:
            ahead.send(connection, lambda: adding.insert(connection, waiting))
            self.info[_SENT] = connection

    def _arrive(self) -> None:
        connection = self.info.pop(_SENT, None)
        if connection is not None:
            ahead.arrive(connection)

    def begin_nested(self) -> SessionTransaction:
        """Begin a savepoint, after all that was put before."""
        self.settle()
        return super().begin_nested()


def watch(session: Waiting, connection: sa.Connection) -> None:
    """Have what is put into a session written before its transaction's connection is asked for
    anything that could see it."""
    setattr(connection, _SESSION, ref(session))


def heed(connection: sa.Connection, cursor: object, statement: str, *given: object) -> None:
    """Listen to a statement that is about to run on a connection."""
    held = getattr(connection, _SESSION, None)
    session = held() if held is not None else None
    if session is None:
        return
    if _SENT in session.info:
        _answer(session, connection, statement)
    waiting: list[Lot] | None = session.info.get(_WAITING)
    if waiting and _concerns(statement, waiting):
        session.settle()


def _answer(session: Waiting, connection: sa.Connection, statement: str) -> None:
    """Wait for what was sent before anything else is asked."""
    del session.info[_SENT]
    if statement.startswith("ROLLBACK "):
        ahead.leave(connection)
    else:
        ahead.arrive(connection)


def _concerns(statement: str, waiting: Sequence[Lot]) -> bool:
    """Whether a statement could see or touch what waits. A deletion reaches into tables that it
    does not name; at savepoints the session itself settles, or forgets."""
    kind = statement[:8].upper()
    if kind in ("SAVEPOIN", "RELEASE ", "ROLLBACK"):
        return False
    if not kind.startswith(("SELECT ", "INSERT ", "UPDATE ")):
        return True
    return any(str(lot.model.__tablename__) in statement for lot in waiting)


def person() -> int | None:
    """Who works; None for the system, and where nobody is known."""
    try:
        return current_actor().user_id
    except NoCompany:
        return None


def forget(session: Session) -> None:
    """Let go of what waits: the transaction that it belongs to is over."""
    session.info.pop(_WAITING, None)
    session.info.pop(_SENT, None)
