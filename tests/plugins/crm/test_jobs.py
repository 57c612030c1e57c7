"""Each morning, who should look at an opportunity is told."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from core.collab.inbox import latest
from core.collab.models import Notification
from core.identity import service
from core.jobs.models import JobRun
from core.jobs.running import Running, at_work
from core.jobs.work import work_off
from plugin_api.context import acting_as, current_company, today
from plugin_api.host import host
from plugins.crm.jobs import JOBS, remind_owners
from plugins.crm.models import Opportunity
from tests.harness import Installation
from tests.plugins.crm.conftest import Make


def run() -> dict[str, int]:
    """As a worker would, without one."""
    doing = Running(current_company().id, 0, "secret", {}, None)
    with at_work(doing):
        remind_owners()
    return doing.result


def told() -> list[tuple[str, str]]:
    asked = sa.select(Notification).where(Notification.kind == "reminder").order_by(Notification.id)
    found = host().session.scalars(asked).all()
    titles = [host().session.get(Opportunity, each.record_id).name for each in found]
    return [(title, each.params["text"]) for title, each in zip(titles, found, strict=True)]


def test_owners_are_told_once_of_what_stalls_and_of_what_is_late(
    acme: Installation, deal: Make
) -> None:
    ann = service.find_user("ann@acme.example")
    day = today()
    stalls = deal(name="stalls", owner_id=ann.id)
    stalls.stalls_on = day
    deal(name="late", owner_id=ann.id, expected_close=day - timedelta(days=1))
    deal(name="later", owner_id=ann.id, expected_close=day)
    deal(name="long ago", owner_id=ann.id, expected_close=day - timedelta(days=9))
    deal(name="lost", owner_id=ann.id, expected_close=day - timedelta(days=1), outcome="lost")
    deal(name="nobody's", expected_close=day - timedelta(days=1))
    host().session.flush()
    assert run() == {"reminded": 2}
    assert told() == [
        ("stalls", "It stalls from today on."),
        ("late", "It was to close by now."),
    ]
    with acting_as(current_company(), service.actor_for(ann)):
        notices, _more = latest(unread=True)
    reminders = [each for each in notices if each.kind == "reminder"]
    assert {(each.words, each.title, each.excerpt) for each in reminders} == {
        ("It stalls from today on.", "stalls", ""),
        ("It was to close by now.", "late", ""),
    }
    run()
    assert len(told()) == 2, "what is unread is not told twice"


def test_who_wants_no_reminders_gets_none(acme: Installation, deal: Make) -> None:
    ann = service.find_user("ann@acme.example")
    ann.muted = ["reminder"]
    deal(owner_id=ann.id, expected_close=today() - timedelta(days=1))
    run()
    assert told() == []


def test_it_is_a_job(crm: Installation) -> None:
    with crm.working("web"):
        run_id = host().jobs.start(f"crm.{JOBS[0].id}")
    assert work_off(crm.app) == 1
    with crm.working("web"):
        found = host().session.get(JobRun, run_id)
        assert (found.state, found.result) == ("done", {"reminded": 0})
        assert JOBS[0].schedule is not None, "register_jobs gives it a time"
