"""What ``register_jobs`` may return, and where jobs are shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.hosting import enablement
from tests.harness import install
from tests.hosting.folders import write_plugin
from tests.jobs.kit import SLUG, Shed

TWICE = """
    from plugin_api import hookimpl
    from plugin_api.jobs import Job

    @hookimpl
    def register_jobs():
        return [Job(id="same", label="A", run=print), Job(id="same", label="B", run=print)]
"""
NO_JOB = """
    from plugin_api import hookimpl

    @hookimpl
    def register_jobs():
        return ["a job"]
"""


@pytest.mark.parametrize(
    ("name", "hooks", "reason"),
    [("twins", TWICE, "job 'same' is registered twice"), ("nojob", NO_JOB, "register_jobs")],
)
def test_what_is_no_job_makes_a_plugin_unavailable(
    tmp_path: Path, name: str, hooks: str, reason: str
) -> None:
    write_plugin(tmp_path / "plugins", name, {"hooks.py": hooks})
    registry = install(tmp_path).app.extensions["xiaoguan"].registry
    assert reason in str(registry.unavailable[name].reason)


def test_switching_a_plugin_on_or_off_shows_its_jobs(on_sqlite: Shed) -> None:
    with on_sqlite.installation.working(SLUG):
        shown = enablement.preview_disable("shed").parts[0].jobs
    assert [str(label) for label in shown][:2] == ["Make", "Fail"]
