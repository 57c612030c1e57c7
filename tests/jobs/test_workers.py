"""Processes of their own do the jobs, and may be killed at any point."""

from __future__ import annotations

import json
import socket
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.request import urlopen

from click.testing import CliRunner

from core.cli.main import main
from core.identity.service import system_in
from core.jobs import cancel, runs
from core.jobs.queue import queue
from plugin_api.context import current_company
from tests.jobs.kit import SLUG, Shed, until


def state(shed: Shed, run_id: int) -> str:
    return shed.run(run_id).state


def test_a_worker_that_is_killed_in_the_middle_leaves_nothing_done_twice(
    shed: Shed, tmp_path: Path
) -> None:
    stop, go = tmp_path / "stop", tmp_path / "go"
    run_id = shed.start("shed.make", name="box", number=2, stop=str(stop), go=str(go))
    with shed.worker() as first:
        until(stop.exists)
        first.kill()
        first.finish()
        assert (state(shed, run_id), shed.items(of="box")) == ("running", [])
    go.touch()
    with shed.worker():
        until(lambda: state(shed, run_id) == "done")
    assert shed.items(of="box") == ["box 0", "box 1"]
    assert shed.run(run_id).attempts == 2


def test_many_runs_and_two_workers(shed: Shed) -> None:
    wanted = [shed.start("shed.make", name=f"n{number}") for number in range(20)]
    with shed.installation.working(SLUG):
        for run_id in wanted:
            queue().send(current_company().id, run_id)
    with ExitStack() as stack:
        for _ in range(2):
            stack.enter_context(shed.worker())
        until(lambda: len(shed.items(of="n")) >= 20)
        time.sleep(1)
    assert sorted(shed.items(of="n")) == sorted(f"n{number} 0" for number in range(20))


def test_progress_is_seen_while_nothing_is_committed_and_a_cancelled_job_stops(
    shed: Shed, tmp_path: Path
) -> None:
    stop = tmp_path / "stop"
    run_id = shed.start(
        "shed.make", name="box", number=4, stop=str(stop), go=str(tmp_path / "never")
    )
    with shed.installation.working(SLUG):
        key = runs.progress_key(current_company().id, run_id)
    with shed.worker():
        until(stop.exists)
        told = until(lambda: shed.told(key))
        assert set(told) == {"claim", "beat", "percent", "text"}
        with shed.installation.app.app_context(), system_in(SLUG):
            assert cancel(run_id), "the queue is told though the job holds SQLite's only lock"
        until(lambda: state(shed, run_id) == "cancelled")
        until(lambda: shed.told(key) is None)
    run = shed.run(run_id)
    assert (run.error, shed.items(of="box")) == ("Cancelled by system.", [])


def test_a_worker_that_is_told_to_stop_finishes_first(shed: Shed, tmp_path: Path) -> None:
    stop, go = tmp_path / "stop", tmp_path / "go"
    run_id = shed.start("shed.make", name="box", stop=str(stop), go=str(go))
    with shed.worker() as process:
        until(stop.exists)
        process.terminate()
        time.sleep(0.5)
        go.touch()
        assert process.finish(30).returncode == 0
    assert (state(shed, run_id), shed.items(of="box")) == ("done", ["box 0"])


def test_the_server_does_the_jobs_of_the_embedded_database(on_sqlite: Shed) -> None:
    port = free_port()
    with on_sqlite.worker("serve", "--port", str(port)):
        until(lambda: answers(f"http://127.0.0.1:{port}/healthz"))
        run_id = on_sqlite.start("shed.make", name="served")
        until(lambda: state(on_sqlite, run_id) == "done")


def test_commands(shed: Shed) -> None:
    def command(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, arguments, obj=lambda: shed.installation.app)
        return done.exit_code, done.output

    code, said = command("jobs", "now", "shed.make", "--company", SLUG, "--wait", "--json")
    assert (code, json.loads(said)[0]["state"]) == (0, "done")
    assert command("jobs", "now", "shed.refuse", "--company", SLUG, "--wait")[0] == 1
    code, said = command("jobs", "now", "core.import", "--company", SLUG)
    assert code == 1
    assert "no job core.import" in said
    code, said = command("jobs", "list", "--company", SLUG, "--json")
    listed = {row["job"]: row for row in json.loads(said)}
    assert listed["shed.make"]["state"] == "done"
    assert listed["shed.refuse"]["error"] == "There is no wood."
    assert listed["shed.nightly"]["next"]
    code, said = command("jobs", "list", "--company", SLUG, "--runs", "5", "--json")
    assert [row["job"] for row in json.loads(said)] == ["shed.refuse", "shed.make"]


def answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
