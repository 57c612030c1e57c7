"""Rules of every test run."""

from __future__ import annotations

import os

import pytest

from tests import harness

IN_CI = os.environ.get("CI", "").lower() in ("1", "true")


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
        harness.let_go()


def _what(report: pytest.TestReport | pytest.CollectReport) -> str:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
    return f"{report.nodeid}: {reason}"
