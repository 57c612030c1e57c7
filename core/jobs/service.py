"""What plugins reach as ``host().jobs``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.jobs import running, runs
from plugin_api.context import Text


class HostJobs:
    """Implements :class:`plugin_api.jobs.Jobs`."""

    def start(self, key: str, payload: Mapping[str, Any] | None = None, *, about: str = "") -> int:
        """Have a job done once this transaction is committed. Raises KeyError."""
        return runs.start(key, payload, about=about)

    def payload(self) -> Mapping[str, Any]:
        """What the running job was started with."""
        return running.payload()

    def progress(self, done: int, total: int, text: Text = "") -> None:
        """Tell how far the running job is."""
        running.progress(done, total, text)

    def result(self, **values: Any) -> None:
        """Keep values with the run."""
        running.result(**values)
