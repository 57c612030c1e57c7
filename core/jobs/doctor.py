"""Is the work in the background done? For who examines the installation."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta

from core.hosting.doctor import Finding
from core.jobs.queue import ALIVE, queue
from core.jobs.sweep import oldest_waiting
from plugin_api.context import gettext, now

SILENT = timedelta(minutes=2)
"""So long without a sign of life, and there seems to be no worker."""


def is_anybody_working() -> bool:
    """Whether a worker has given a sign of life lately."""
    return time.time() - float(queue().get(ALIVE) or 0) < SILENT.total_seconds()


def examine() -> Iterator[Finding]:
    """Whether somebody does the jobs, when there are any."""
    start = gettext("Run: xiaoguan jobs run")
    working = is_anybody_working()
    for since in oldest_waiting():
        minutes = int((now() - since).total_seconds() // 60)
        if now() - since > SILENT and not working:
            text = gettext("A job waits for %(minutes)s minutes, and no worker gives a sign of"
                           " life.", minutes=minutes)  # fmt: skip
            yield Finding(check="jobs", state="fail", text=text, hint=start)
            return
    if working:
        text = gettext("Workers do the jobs.")
        yield Finding(check="jobs", state="ok", text=text)
    else:
        text = gettext("No worker runs, and no job waits.")
        yield Finding(check="jobs", state="ok", text=text)
