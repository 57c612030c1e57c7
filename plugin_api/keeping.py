"""What is read once a transaction, however many records are written in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from plugin_api.host import host

T = TypeVar("T")


class Keeping:
    """What a plugin keeps; ``owner`` is its id, so that no other takes it for its own."""

    def __init__(self, owner: str) -> None:
        self._name = f"{owner}.kept"

    def kept(self, key: Any, read: Callable[[], T]) -> T:
        """What ``read`` gives, remembered under ``key`` until the transaction ends.

        Keep plain values, not records: a rollback to a savepoint would leave those behind.
        """
        session = host().session
        with session.no_autoflush:
            store = self._store()
            if store is not None and key in store:
                found: T = store[key]
                return found
            value = read()
        # Reading may have begun the transaction.
        self.put(key, value)
        return value

    def put(self, key: Any, value: Any) -> None:
        """Keep a value that is known already."""
        store = self._store()
        if store is not None:
            store[key] = value

    def forget(self) -> None:
        """Read everything anew: something that is kept has changed."""
        host().session.info.pop(self._name, None)

    def _store(self) -> dict[Any, Any] | None:
        session = host().session
        transaction = session.get_transaction()
        if transaction is None:
            return None
        held = session.info.get(self._name)
        if held is None or held[0] is not transaction:
            held = session.info[self._name] = (transaction, {})
        store: dict[Any, Any] = held[1]
        return store
