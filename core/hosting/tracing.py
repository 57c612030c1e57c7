"""Which hook of which plugin was called for a request or a job, in what order, how long, with how
many statements. Nothing of this is loaded unless it is switched on: ``XIAOGUAN_TRACE_HOOKS``.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from core.hosting.dispatch import Implementation

log = logging.getLogger("xiaoguan.hooks")

MOST = 500
"""Calls kept of one request; of more the totals are."""


@dataclass(slots=True)
class Call:
    """One call. Time and statements are of all that happened inside, other hooks included."""

    plugin: str
    hook: str
    model: str
    depth: int
    seconds: float = 0.0
    statements: int = 0
    failed: bool = False

    def __str__(self) -> str:
        model = f" {self.model}" if self.model else ""
        failed = " failed" if self.failed else ""
        took = f"{self.seconds * 1000:.2f} ms, {self.statements} statements"
        return f"{'  ' * self.depth}{self.plugin}.{self.hook}{model}: {took}{failed}"


@dataclass(slots=True)
class Trace:
    """The calls of one request, in the order in which they began."""

    what: str
    calls: list[Call] = field(default_factory=list)
    count: int = 0
    depth: int = 0
    statements: int = 0
    """All of the request, those outside of hooks too."""
    began: float = field(default_factory=time.perf_counter)
    within: float = 0.0
    """Seconds in hooks, those in others counted once."""

    def told(self) -> str:
        """The first line of what is told."""
        return f"{self.what}: {self.figures()}"

    def figures(self) -> str:
        """How many calls, how long, how many statements."""
        return (
            f"{self.count} calls of hooks, {self.within * 1000:.1f} of"
            f" {(time.perf_counter() - self.began) * 1000:.1f} ms, {self.statements} statements"
        )

    def lines(self) -> list[str]:
        """Each call in a line."""
        return [str(call) for call in self.calls]


_trace: ContextVar[Trace | None] = ContextVar("trace of hooks", default=None)


class Traced(Implementation):
    """A function of a plugin whose calls are noted."""

    def __call__(self, given: Mapping[str, Any] | None = None, /, **named: Any) -> Any:
        trace = _trace.get()
        if trace is None:
            return Implementation.__call__(self, given, **named)
        values = named if given is None else given
        call = Call(self.plugin, self.hook, str(values.get("model") or ""), trace.depth)
        trace.count += 1
        if len(trace.calls) < MOST:
            trace.calls.append(call)
        trace.depth += 1
        before, began = trace.statements, time.perf_counter()
        try:
            return Implementation.__call__(self, values)
        except BaseException:
            call.failed = True
            raise
        finally:
            call.seconds = time.perf_counter() - began
            call.statements = trace.statements - before
            trace.depth -= 1
            if not trace.depth:
                trace.within += call.seconds


@contextmanager
def tracing(what: str) -> Iterator[Trace]:
    """Note what is called inside, and write it to the log at the end."""
    trace = Trace(what)
    token = _trace.set(trace)
    try:
        yield trace
    finally:
        _trace.reset(token)
        if trace.count:
            log.info("%s", "\n  ".join([trace.told(), *trace.lines()]))


def count_statements(engine: sa.Engine) -> None:
    """Have the statements of a database counted for whoever traces."""

    @event.listens_for(engine, "before_cursor_execute")
    def count(*given: Any) -> None:
        trace = _trace.get()
        if trace is not None:
            trace.statements += 1


def tell_the_log() -> None:
    """Write what is traced to the error stream, unless somebody has set up where to."""
    if not log.hasHandlers():
        log.addHandler(logging.StreamHandler())
    log.setLevel(logging.INFO)
