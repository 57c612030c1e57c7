"""Work that is done in the background: on a schedule, or when something asks for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from plugin_api.context import Text

_AT = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True)
class Every:
    """Again and again: ``Every(15)`` at each quarter of the hour."""

    minutes: int

    def __post_init__(self) -> None:
        if not 1 <= self.minutes <= 24 * 60:
            raise ValueError(f"every {self.minutes} minutes: expected 1 to {24 * 60}")


@dataclass(frozen=True, slots=True)
class Daily:
    """Once a day by the company's clock: ``Daily("02:30")``. A day that was missed, because
    nothing ran at that time, is made up for as soon as something does."""

    at: str

    def __post_init__(self) -> None:
        if not _AT.fullmatch(self.at):
            raise ValueError(f"daily at {self.at!r}: expected HH:MM")


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """A kind of work. Its key is ``<plugin>.<id>``.

    ``run()`` works for one company that has the plugin on, as the system. What it changes is
    committed when it returns, in one transaction with the note that it is done; what raises is
    rolled back. A worker may be killed at any point, so a job that commits on the way must be
    repeatable. A refusal (:mod:`plugin_api.errors`) ends the job; after any other exception it
    is tried again, up to ``retries`` times, each time later.
    """

    id: str
    label: Text
    run: Callable[[], None]
    help: Text = ""
    schedule: Every | Daily | None = None
    retries: int = 3
    by_hand: bool = True
    """Whether an admin may start it; False for what needs a payload."""


class Jobs(Protocol):
    """Starting jobs, and what the running one knows and tells."""

    def start(self, key: str, payload: Mapping[str, Any] | None = None, *, about: str = "") -> int:
        """Have a job done once this transaction is committed; the number of its run.

        ``payload`` is JSON. ``about`` names what the job works on: while a run of the job about
        the same waits or works, its number is the answer and no other is made. Raises KeyError
        for a job that the company does not have.
        """

    def payload(self) -> Mapping[str, Any]:
        """What the running job was started with."""

    def progress(self, done: int, total: int, text: Text = "") -> None:
        """Tell how far the running job is. Ends the job when somebody has cancelled it."""

    def result(self, **values: Any) -> None:
        """Keep values with the run, as JSON, when it is done."""
