"""The queue that wakes workers: huey, on SQLite in a file of its own, else in the database.

It carries numbers of runs and nothing else, as JSON: whoever can write to it can have a run
looked at, not code executed. Beside that it keeps signs of life and progress, which must be seen
while a job's own transaction holds the only lock of SQLite.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import Flask, current_app

if TYPE_CHECKING:
    from huey.api import Huey

ALIVE = "alive"
"""Where the queue keeps when a worker last gave a sign of life."""

Look = Callable[[int, int], None]
"""Looks at a run of a company, by their numbers."""


class Queue:
    """The queue of an application."""

    def __init__(self, huey: Huey, look: Look) -> None:
        self.huey = huey
        self._send = huey.task(name="look")(look)

    def send(self, company_id: int, run_id: int) -> None:
        """Have some worker look at a run."""
        self._send(company_id, run_id)

    def is_empty(self) -> bool:
        """Whether every run that was sent has been looked at."""
        return not self.huey.storage.queue_size()

    def put(self, key: str, value: Any) -> None:
        """Keep a value, at once and whatever becomes of any transaction."""
        self.huey.put(key, value)

    def get(self, key: str) -> Any:
        """A value that is kept; None when there is none."""
        return self.huey.get(key, peek=True)

    def get_many(self, keys: list[str]) -> dict[str, Any]:
        """Those of the values that are kept."""
        found = self.huey.storage.peek_many(keys) if keys else {}
        return {key: self.huey.serializer.deserialize(value) for key, value in found.items()}

    def forget(self, *keys: str) -> None:
        """Keep values no longer."""
        for key in keys:
            self.huey.delete(key)

    def work_off(self) -> int:
        """Look at every run that was sent, here and now; how many."""
        count, storage = 0, self.huey.storage
        blocking, storage.blocking = storage.blocking, False
        try:
            while (task := self.huey.dequeue()) is not None:
                self.huey.execute(task)
                count += 1
        finally:
            storage.blocking = blocking
        return count


def queue() -> Queue:
    """The queue of the current application; opened when it is first needed, for a process that
    forks must not share its connection."""
    made: Queue | None = current_app.extensions.get("xiaoguan.queue")
    if made is None:
        made = current_app.extensions["xiaoguan.queue"] = _open(
            current_app._get_current_object()  # type: ignore[attr-defined]
        )
    return made


def _open(app: Flask) -> Queue:
    from core.jobs.storage import huey_of  # heavy, and not for who only reads
    from core.jobs.work import look_at

    return Queue(huey_of(app), lambda company_id, run_id: look_at(app, company_id, run_id))
