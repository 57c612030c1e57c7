"""Rules of every test run."""

from __future__ import annotations

import os

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from tests.postgres import new_postgres_url, postgres_server, postgres_url

__all__ = ["new_postgres_url", "postgres_server", "postgres_url"]

IN_CI = os.environ.get("CI", "").lower() in ("1", "true")
ENGINES: set[sa.Engine] = set()
"""Those that were used since the last file of tests; an engine that is forgotten with connections
in its pool would warn while some other test runs."""


@event.listens_for(sa.Engine, "engine_connect")
def _note(connection: sa.Connection) -> None:
    ENGINES.add(connection.engine)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run in CI that left a test out: there, everything a test needs must be had."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not IN_CI or reporter is None:
        return
    left_out = reporter.stats.get("skipped", [])
    if not left_out:
        return
    reporter.write_line("")
    for report in left_out:
        reporter.write_line(f"skipped, which CI does not allow: {_what(report)}", red=True)
    if session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    if nextitem is None or nextitem.path != item.path:
        for engine in ENGINES:
            engine.dispose()
        ENGINES.clear()


def _what(report: pytest.TestReport | pytest.CollectReport) -> str:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
    return f"{report.nodeid}: {reason}"
