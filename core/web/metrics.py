"""Figures for Prometheus, in its text format: of this process, and of jobs in the database.

Several processes that serve each count for themselves, so every figure of a process carries its
number; sums over them are right. Open to this machine, and to whoever knows the token.
"""

from __future__ import annotations

import hmac
import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, Flask, Response, abort, current_app, g, request

from core.host import services
from core.jobs.models import STATES, JobRun
from core.jobs.sweep import oldest_waiting
from core.tenancy.platform import platform_session
from plugin_api.context import now

bp = Blueprint("metrics", __name__)

TYPE = "text/plain; version=0.0.4; charset=utf-8"
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-Ip")
"""A proxy on this machine asks for somebody else."""
HERE = frozenset({"127.0.0.1", "::1"})

Sample = tuple[Mapping[str, str], float]


class Counts:
    """What this process has answered."""

    def __init__(self) -> None:
        self.started = time.time()
        self.requests: Counter[tuple[str, str]] = Counter()
        """(method, status) → how many."""
        self.seconds = 0.0

    def begin(self) -> None:
        """Note when a request came in."""
        g.metrics_began = time.perf_counter()

    def end(self, answer: Response) -> Response:
        """Count an answer."""
        self.requests[request.method, str(answer.status_code)] += 1
        self.seconds += time.perf_counter() - g.get("metrics_began", time.perf_counter())
        return answer


@bp.get("/metrics")
def metrics() -> Response:
    """All figures; 404 for strangers."""
    if not _may_ask():
        abort(404)
    return Response("\n".join(_page()) + "\n", content_type=TYPE)


def install(app: Flask) -> None:
    """Count the answers of an application."""
    counts = app.extensions["xiaoguan.counts"] = Counts()
    app.before_request(counts.begin)
    app.after_request(counts.end)


def _may_ask() -> bool:
    token = current_app.extensions["xiaoguan.config"].metrics_token
    sent = request.headers.get("Authorization", "")
    if token and hmac.compare_digest(sent.encode(), f"Bearer {token}".encode()):
        return True
    direct = not any(name in request.headers for name in FORWARDED)
    return direct and request.remote_addr in HERE


def _page() -> Iterator[str]:
    counts: Counts = current_app.extensions["xiaoguan.counts"]
    process = {"process": str(os.getpid())}
    yield from _figure(
        "xiaoguan_requests_total", "counter", "Answers by method and status.",
        (({**process, "method": method, "status": status}, number)
         for (method, status), number in counts.requests.items()),
    )  # fmt: skip
    yield from _figure(
        "xiaoguan_request_seconds_total", "counter", "Seconds spent on answers.",
        [(process, counts.seconds)],
    )  # fmt: skip
    yield from _figure(
        "xiaoguan_hook_failures_total", "counter", "Hooks of plugins that failed on a page.",
        (({**process, "plugin": plugin, "hook": hook}, number)
         for (plugin, hook), number in services().dispatcher.failures.items()),
    )  # fmt: skip
    yield from _figure(
        "xiaoguan_process_start_time_seconds", "gauge", "When the process began.",
        [(process, counts.started)],
    )  # fmt: skip
    yield from _figure(
        "xiaoguan_plugins", "gauge", "Plugins by state.",
        [({"state": "loaded"}, len(services().registry.plugins)),
         ({"state": "unavailable"}, len(services().registry.unavailable))],
    )  # fmt: skip
    yield from _jobs()


def _jobs() -> Iterator[str]:
    try:
        with platform_session("jobs") as session:
            asked = sa.select(JobRun.state, sa.func.count()).group_by(JobRun.state)
            found = {row[0]: row[1] for row in session.execute(asked)}
        waits = [(now() - since).total_seconds() for since in oldest_waiting()]
    except sa.exc.SQLAlchemyError:
        # Whoever watches learns from what is missing.
        return
    yield from _figure(
        "xiaoguan_jobs", "gauge", "Runs of jobs that are kept, by state.",
        (({"state": choice.value}, found.get(choice.value, 0)) for choice in STATES),
    )  # fmt: skip
    yield from _figure(
        "xiaoguan_job_wait_seconds", "gauge", "How long the run waits that has been due longest.",
        [({}, sum(waits))],
    )  # fmt: skip


def _figure(name: str, kind: str, text: str, samples: Iterable[Sample]) -> Iterator[str]:
    yield f"# HELP {name} {text}"
    yield f"# TYPE {name} {kind}"
    for labels, value in samples:
        inside = ",".join(f'{key}="{_escaped(each)}"' for key, each in labels.items())
        yield f"{name}{{{inside}}} {value}" if inside else f"{name} {value}"


def _escaped(text: Any) -> str:
    return str(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
