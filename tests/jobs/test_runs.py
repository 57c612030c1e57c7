"""A job is done once, as a whole, for the company that has it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from core.extensions import db
from core.hosting import enablement
from core.identity.service import system_in
from core.jobs import cancel, runs
from core.jobs.queue import queue
from core.jobs.running import as_who_asked, progress
from core.jobs.sweep import sweep
from core.jobs.work import look_at
from plugin_api.context import clock_at, current_company, now
from plugin_api.errors import Rejected
from plugin_api.host import host
from tests.jobs.kit import SLUG, Shed


def test_what_is_started_is_done_once(shed: Shed) -> None:
    run_id = shed.start("shed.make", number=2, name="box")
    assert shed.run(run_id).state == "queued"
    assert shed.work() == 1
    run = shed.run(run_id)
    assert (run.state, run.progress, run.progress_text, run.attempts) == ("done", 100, "2 made", 1)
    assert run.result == {"made": 2}
    assert run.started_at and run.finished_at
    assert shed.items() == ["box 0", "box 1"]
    assert shed.items("other") == []


def test_a_message_that_comes_twice_does_nothing_twice(shed: Shed) -> None:
    run_id = shed.start("shed.make")
    with shed.installation.working(SLUG):
        queue().send(current_company().id, run_id)
    assert shed.work() == 2
    assert shed.items() == ["item 0"]


def test_what_is_rolled_back_is_never_done(shed: Shed) -> None:
    with shed.installation.app.app_context(), system_in(SLUG):
        runs.start("shed.make")
        db.session.rollback()
    with (
        shed.installation.working(SLUG),
        pytest.raises(ZeroDivisionError),
        db.session.begin_nested(),
    ):
        runs.start("shed.make")
        raise ZeroDivisionError
    shed.work()
    assert (shed.states(), shed.items()) == ([], [])


def test_nothing_is_done_before_the_commit(shed: Shed) -> None:
    with shed.installation.working(SLUG):
        host().jobs.start("shed.make")
        with shed.installation.app.app_context():
            assert queue().is_empty()
    assert shed.work() == 1


def test_a_failure_is_undone_and_tried_again_later(shed: Shed, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.touch()
    run_id = shed.start("shed.fail", **{"while": str(broken)})
    shed.work()
    run = shed.run(run_id)
    assert (run.state, run.attempts, shed.items()) == ("queued", 1, [])
    assert "RuntimeError: the saw is blunt" in (run.error or "")
    assert timedelta(seconds=20) < run.due_at - now() < timedelta(seconds=31)
    look(shed, run_id)
    assert shed.run(run_id).attempts == 1, "not before it is due"
    broken.unlink()
    with clock_at(now() + timedelta(minutes=1)):
        assert swept(shed) == 1
        shed.work()
        assert (shed.run(run_id).state, shed.items()) == ("done", ["item 0"])
        assert shed.run(run_id).error is None


def test_after_the_last_attempt_it_has_failed(shed: Shed, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.touch()
    run_id = shed.start("shed.fail", **{"while": str(broken)})
    for hours in (0, 1, 2):
        with clock_at(now() + timedelta(hours=hours)):
            look(shed, run_id)
    run = shed.run(run_id)
    assert (run.state, run.attempts, shed.items()) == ("failed", 3, [])
    with shed.installation.working(SLUG):
        runs.again(run_id)
    broken.unlink()
    shed.work()
    assert shed.run(run_id).state == "done"
    with shed.installation.working(SLUG), pytest.raises(Rejected):
        runs.again(run_id)


def test_a_refusal_is_final_and_says_why(shed: Shed) -> None:
    run_id = shed.start("shed.refuse")
    shed.work()
    run = shed.run(run_id)
    assert (run.state, run.error, shed.items()) == ("failed", "There is no wood.", [])


def test_a_plugin_that_is_off_has_its_jobs_not_done(shed: Shed) -> None:
    run_id = shed.start("shed.make")
    with shed.installation.working(SLUG):
        enablement.disable("shed")
    try:
        shed.work()
        with shed.installation.working(SLUG), pytest.raises(KeyError):
            runs.start("shed.make")
    finally:
        with shed.installation.working(SLUG):
            enablement.enable("shed")
    assert (shed.run(run_id).state, shed.items()) == ("cancelled", [])


def test_one_that_waits_is_cancelled_at_once(shed: Shed) -> None:
    run_id = shed.start("shed.make")
    with shed.installation.working(SLUG):
        assert cancel(run_id)
    shed.work()
    assert (shed.run(run_id).state, shed.items()) == ("cancelled", [])
    with shed.installation.working(SLUG):
        assert not cancel(run_id)


def test_about_the_same_there_is_one_run(shed: Shed) -> None:
    with shed.installation.working(SLUG):
        first = host().jobs.start("shed.make", about="shed.Item:1")
        assert host().jobs.start("shed.make", about="shed.Item:1") == first
        assert host().jobs.start("shed.make", about="shed.Item:2") != first
    shed.work()
    with shed.installation.working(SLUG):
        assert host().jobs.start("shed.make", about="shed.Item:1") != first


def test_a_run_of_another_company_is_not_seen(shed: Shed) -> None:
    run_id = shed.start("shed.make")
    with shed.installation.working("other"):
        assert not cancel(run_id)
        other = current_company().id
    look_at(shed.installation.app, other, run_id)
    assert shed.run(run_id).state == "queued"


def test_a_run_that_the_queue_has_lost_is_sent_again(shed: Shed) -> None:
    run_id = shed.start("shed.make")
    with shed.installation.app.app_context():
        queue().huey.storage.flush_queue()
    assert swept(shed) == 0, "it may be on its way"
    shed.change(run_id, sent_at=now() - timedelta(seconds=10))
    assert swept(shed) == 1
    assert swept(shed) == 0
    assert shed.work() == 1
    assert shed.run(run_id).state == "done"


def test_a_worker_without_a_sign_of_life_loses_its_run(shed: Shed) -> None:
    run_id = shed.start("shed.make")
    with shed.installation.working(SLUG):
        assert runs.claim(run_id, "gone", "elsewhere:1")
    assert swept(shed) == 0, "it has just begun"
    shed.change(run_id, started_at=now() - timedelta(minutes=5))
    assert swept(shed) == 1
    assert shed.run(run_id).state == "queued"
    assert swept(shed) == 1
    shed.work()
    run = shed.run(run_id)
    assert (run.state, run.attempts, shed.items()) == ("done", 2, ["item 0"])


def test_who_lost_a_run_cannot_finish_it(shed: Shed) -> None:
    run_id = shed.start("shed.make")
    with shed.installation.working(SLUG):
        assert runs.claim(run_id, "first", "a:1")
        assert not runs.claim(run_id, "second", "b:1")
        assert runs.give_back(run_id, "first", 1)
        assert runs.claim(run_id, "second", "b:1")
        assert not runs.finish(run_id, "first", {}, "")
        assert not runs.fail(run_id, "first", "too late", None)
        assert runs.finish(run_id, "second", {}, "")


def test_what_kills_its_workers_is_given_up(shed: Shed) -> None:
    run_id = shed.start("shed.make")
    for attempt in range(1, 8):
        with shed.installation.working(SLUG):
            assert runs.claim(run_id, str(attempt), "a:1")
            runs.give_back(run_id, str(attempt), attempt)
    run = shed.run(run_id)
    assert run.state == "failed"
    assert "7" in (run.error or "")


def test_outside_of_a_job_progress_is_told_nobody(shed: Shed) -> None:
    with shed.installation.working(SLUG):
        progress(1, 2)
        with pytest.raises(RuntimeError), as_who_asked():
            pass


def look(shed: Shed, run_id: int) -> None:
    with shed.installation.working(SLUG):
        company_id = current_company().id
    look_at(shed.installation.app, company_id, run_id)


def swept(shed: Shed) -> int:
    with shed.installation.app.app_context():
        return sweep(timedelta(minutes=1))


def test_a_plugin_stays_on_while_a_job_of_it_runs(shed: Shed) -> None:
    """The host's own ``blockers_for_disable``."""
    run_id = shed.start("shed.make")
    shed.change(run_id, state="running")
    with shed.installation.working(SLUG), pytest.raises(Rejected, match="Make"):
        enablement.disable("shed")
    with shed.installation.working("other"):
        assert enablement.preview_disable("shed").reasons == ()
    shed.change(run_id, state="failed")
    with shed.installation.working(SLUG):
        assert enablement.preview_disable("shed").reasons == ()
