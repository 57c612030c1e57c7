"""The life of a plugin in a company: demo, work, figures, off and on again, purged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from core.demo.companies import SEED
from core.host import services
from core.hosting import enablement
from core.jobs import runs
from core.jobs.models import JobRun
from plugin_api.context import current_company, today
from plugin_api.errors import NotFound, Refused
from plugin_api.measures import Measure
from plugin_api.testing.contract.base import Checks, Subject, check
from plugin_api.testing.workplace import Workplace

FACTS = ("on", "value", "user_id", "record_id")
MARKED = frozenset({"core_company_plugin", "core_role_grant", "core_search_token"})
"""Tables of the host in which purging takes away what is about the plugin."""


class LifeChecks(Checks):
    """Nothing is lost that should stay, nothing stays that should go."""

    def test_jobs_done_twice_do_it_once(self, subject: Subject) -> None:
        """Those that are started by hand or by the clock."""
        place, found = subject.alone, list[str]()
        subject.filled(place)
        for job in subject.plugin.contribution.jobs:
            if not job.by_hand and job.schedule is None:
                continue
            found += _done(subject, place, f"{subject.id}.{job.id}")
            once = _own_rows(subject, place)
            found += _done(subject, place, f"{subject.id}.{job.id}")
            found += [f"{job.id}, done again, changes {t}" for t in _changed(once, subject, place)]
        check(found, "look for what is done already before doing it: workers may be killed.")

    def test_figures_have_their_columns_and_answer(self, subject: Subject) -> None:
        place, found = subject.alone, list[str]()
        subject.filled(place)
        with place.as_user("admin"):
            for measure in subject.plugin.contribution.measures:
                found += _figure(measure)
        check(found, "label the columns of facts on, value, user_id, record_id, and one for each"
              " dimension.")  # fmt: skip

    def test_demo_records_can_be_made(self, subject: Subject) -> None:
        """In a company of either language, beside every other plugin."""
        found = []
        for language in ("zh", "en"):
            slug = f"{subject.id}-demo-{language}"
            subject.world.installation.company(slug, subject.id, language=language)
            place = Workplace(subject.world.installation, slug)
            for role in ("manager", "rep"):
                place.person(role)
            try:
                with place.working():
                    services().dispatcher.call_one(
                        subject.id, "load_demo", company=current_company(), seed=SEED
                    )
            except Refused as refused:
                found.append(f"{language}: {refused.words}")
        check(found, "make demo records that the plugin's own rules take.")

    def test_off_and_on_again_keeps_everything(self, subject: Subject) -> None:
        place = subject.alone
        subject.filled(place)
        before = _own_rows(subject, place)
        try:
            place.disable(subject.id)
        except Refused as refused:
            # It may have good reasons, but says them.
            check([] if refused.words else ["it refuses to be switched off without a word"], "")
            return
        place.enable(subject.id)
        found = [f"{table} is not what it was" for table in _changed(before, subject, place)]
        check(found, "do nothing to records in on_disable, and nothing twice in on_enable.")

    def test_purging_removes_all_of_it_and_nothing_else(self, subject: Subject) -> None:
        place = subject.company("purged")
        subject.filled(place)
        beside = subject.alone
        subject.filled(beside)
        try:
            place.disable(subject.id)
        except Refused:
            return
        own, theirs = subject.tables(), _own_rows(subject, beside)
        before = subject.world.counted(place)
        with place.working():
            enablement.purge(subject.id)
        after = subject.world.counted(place)
        found = [f"{table} still has {after[table]} rows" for table in own if after[table]]
        found += [
            f"{table} of the host or another plugin has lost rows"
            for table, count in after.items()
            if table not in own | MARKED and count < before[table]
        ]
        found += [f"{t} of another company is changed" for t in _changed(theirs, subject, beside)]
        check(found, "leave purging to the host: it deletes the rows of the plugin's models.")


def _done(subject: Subject, place: Workplace, key: str) -> Iterator[str]:
    with place.as_user("admin"):
        number = runs.start(key)
    place.run_jobs()
    with place.working():
        run = services().session.get(JobRun, number)
        if run is None or run.state != "done":
            yield f"{key} ends as {run.state if run else 'nothing'}: {run.error if run else ''}"


def _figure(measure: Any) -> Iterator[str]:
    asked = services().measures
    by: tuple[str, ...] = ("user", "month")
    if isinstance(measure, Measure):
        columns = set(measure.facts().selected_columns.keys())
        wanted = {*FACTS, *measure.dimensions}
        if measure.snapshot:
            wanted.remove("on")
            by = ("user",)
        yield from (f"{measure.key}: facts have no column {n}" for n in sorted(wanted - columns))
        if wanted - columns:
            return
        by += tuple(measure.dimensions)
    start, end = today() - dt.timedelta(days=365), today() + dt.timedelta(days=365)
    try:
        asked.value(measure.key, start, end)
        asked.table(measure.key, start, end, by)
        if isinstance(measure, Measure):
            asked.records(measure.key, start, end)
    except NotFound:
        return
    except Refused as refused:
        yield f"{measure.key} by {by}: {refused.words}"


def _own_rows(subject: Subject, place: Workplace) -> dict[str, list[str]]:
    """What the plugin keeps there, whatever its number and its version, and whoever touched it
    when: what is made anew with the same content is the same."""
    apart = {"id", "version", "created_by", "updated_by"}
    return {
        table: sorted(
            repr({n: v for n, v in row.items() if n not in apart and type(v) is not dt.datetime})
            for row in rows
        )
        for table, rows in subject.world.rows(place, subject.tables()).items()
    }


def _changed(before: dict[str, list[str]], subject: Subject, place: Workplace) -> list[str]:
    now = _own_rows(subject, place)
    return [table for table in sorted(before) if before[table] != now[table]]
