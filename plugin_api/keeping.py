"""What is read once a transaction, however many records are written in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app
from sqlalchemy.orm import Session

from plugin_api.context import current_company
from plugin_api.host import host

T = TypeVar("T")
MOST = 10_000
"""Companies that something is remembered of."""


class Keeping:
    """What a plugin keeps; ``owner`` is its id, so that no other takes it for its own."""

    def __init__(self, owner: str) -> None:
        self._name = f"{owner}.kept"

    def kept(self, key: Any, read: Callable[[], T]) -> T:
        """What ``read`` gives, remembered under ``key`` until the transaction ends.

        Keep plain values, not records: a rollback to a savepoint would leave those behind.
        """
        session = host().session
        store = self._store(session)
        if store is not None and key in store:
            found: T = store[key]
            return found
        with session.no_autoflush:
            value = read()
        # Reading may have begun the transaction.
        self.put(key, value)
        return value

    def lasting(self, key: Any, read: Callable[[], T]) -> T:
        """What ``read`` gives, remembered in the process as long as the company's revision is the
        same: for what depends only on models that raise it (``__raises_revision__``).

        In a transaction that has changed such a record it is remembered until that ends.
        ``read`` gives plain values that nobody alters.
        """
        session = host().session
        if getattr(session, "is_revised", False):
            return self.kept(key, read)
        company = current_company()
        memory = _memory()
        held = memory.get((self._name, company.id))
        if held is None or held[0] != company.revision:
            if len(memory) >= MOST:
                memory.clear()
            held = memory[self._name, company.id] = company.revision, {}
        if key not in held[1]:
            with session.no_autoflush:
                held[1][key] = read()
        found: T = held[1][key]
        return found

    def put(self, key: Any, value: Any) -> None:
        """Keep a value that is known already."""
        store = self._store(host().session)
        if store is not None:
            store[key] = value

    def forget(self) -> None:
        """Read everything anew: something that is kept has changed."""
        host().session.info.pop(self._name, None)
        _memory().pop((self._name, current_company().id), None)

    def _store(self, session: Session) -> dict[Any, Any] | None:
        transaction = session.get_transaction()
        if transaction is None:
            return None
        held = session.info.get(self._name)
        if held is None or held[0] is not transaction:
            held = session.info[self._name] = (transaction, {})
        store: dict[Any, Any] = held[1]
        return store


def _memory() -> dict[tuple[str, int], tuple[int, dict[Any, Any]]]:
    """(who keeps it, company) → its revision, and what is kept."""
    found: dict[tuple[str, int], tuple[int, dict[Any, Any]]]
    found = current_app.extensions.setdefault("xiaoguan.keeping", {})
    return found
