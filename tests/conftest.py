"""Rules of every test run."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Generator
from multiprocessing import util
from pathlib import Path

import hypothesis
import pytest
import sqlalchemy as sa
from sqlalchemy import event

from tests.postgres import new_postgres_url, postgres_server, postgres_url

__all__ = ["new_postgres_url", "postgres_server", "postgres_url"]

# A machine that is busy makes no test fail.
hypothesis.settings.register_profile("patient", hypothesis.settings(deadline=None))
hypothesis.settings.load_profile("patient")
IN_CI = os.environ.get("CI", "").lower() in ("1", "true")
CACHE = "XIAOGUAN_CACHE"
MEMORY, ROOM = Path("/dev/shm"), 8 << 30
"""Where files are not written to a disk, and how many bytes must be free there: hundreds of
databases that are made, copied and thrown away take half as long."""
ENGINES: set[sa.Engine] = set()
"""Those that were used since the last file of tests; their pools are emptied after it."""


@event.listens_for(sa.Engine, "engine_connect")
def _used(connection: sa.Connection) -> None:
    ENGINES.add(connection.engine)


SLOW = ("docs", "faults", "cli", "portability", "hosting", "importing", "jobs")
"""Folders with files of few and long tests: begun first, so that no core idles at the end."""
FIRST = Path("browser/test_board.py")
"""Begun before all others: it makes the demo companies, which take a minute."""
DEMO = ("browser", "demo")
"""Folders of those that have them too: begun after the slow ones, so that none waits for them."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put those of slow folders first; the rest stays in its order."""
    items.sort(key=lambda item: _turn(item.path.relative_to(Path(__file__).parent)))


def _turn(path: Path) -> int:
    if path == FIRST:
        return 0
    folder = path.parts[0]
    return 1 if folder in SLOW else 2 if folder in DEMO else 3


def pytest_collection_finish() -> None:
    """What is loaded by now stays, so no collection of garbage looks at it again; and tests make
    so many objects that looking after each 700 would be a sixth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


def pytest_unconfigure() -> None:
    """Looking for garbage at the end would take a process as long as starting took it."""
    gc.freeze()


@pytest.hookimpl(wrapper=True, optionalhook=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """Half as many again as there are cores: a third of the time a test waits, for a browser, a
    server or another process."""
    cores = yield
    return cores + max(1, cores // 2)


def pytest_configure() -> None:
    """Let all processes of a run write where it is quick, and know what one of them has found out
    about plugins."""
    if "TMPDIR" not in os.environ and _is_roomy(MEMORY):
        folder = tempfile.mkdtemp(prefix="xiaoguan-tests-", dir=MEMORY)
        # PostgreSQL, which refuses root, goes through it to its own.
        Path(folder).chmod(0o711)
        _given("TMPDIR", folder)
    if CACHE not in os.environ:
        _given(CACHE, tempfile.mkdtemp(prefix="xiaoguan-cache-"))


def _is_roomy(folder: Path) -> bool:
    return folder.is_dir() and shutil.disk_usage(folder).free > ROOM


def _given(name: str, folder: str) -> None:
    """Have a variable name a folder until the end of the process."""
    os.environ[name] = folder
    tempfile.tempdir = None
    # After that of multiprocessing, which lies in it and goes at -100.
    util.Finalize(None, shutil.rmtree, (folder, True), exitpriority=-200)


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
