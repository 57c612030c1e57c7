"""Work in the background: what is to be done is a row, written in the transaction that asks for
it; a queue beside the database wakes the workers.

A row is taken by one worker at a time, by an update that only one can win, so it does not matter
how often the queue says the same. See ``docs/operations.md`` for who runs the workers.
"""

from core.jobs.running import Cancelled, payload, progress, result
from core.jobs.runs import cancel, start

__all__ = ["Cancelled", "cancel", "payload", "progress", "result", "start"]
