"""Turns of schedules: each company that has a job on gets one run a turn, whoever asks first."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from core.extensions import db
from core.host import services
from core.hosting.enabled import enabled_set
from core.hosting.models import CompanyPlugin
from core.identity.service import all_companies
from core.jobs import runs
from core.jobs.models import JobRun
from core.tenancy.models import Company as CompanyRow
from plugin_api.context import SYSTEM, Company, acting_as, now
from plugin_api.jobs import Daily, Every

log = logging.getLogger(__name__)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Turn:
    """When a job is due: the instant, and the name under which there is one run."""

    at: datetime
    slot: str


def last_turn(schedule: Every | Daily, instant: datetime, timezone: str) -> Turn:
    """The newest turn that is not later than an instant."""
    if isinstance(schedule, Every):
        step = timedelta(minutes=schedule.minutes)
        at = _EPOCH + (instant - _EPOCH) // step * step
        return Turn(at, at.strftime("%Y-%m-%dT%H:%MZ"))
    zone = ZoneInfo(timezone)
    here = instant.astimezone(zone)
    wanted = time.fromisoformat(schedule.at)
    # By the clock on the wall: it names each day once, also when it is put forward or back.
    day = here.date() if here.time() >= wanted else here.date() - timedelta(days=1)
    return Turn(datetime.combine(day, wanted, zone).astimezone(UTC), day.isoformat())


def next_turn(schedule: Every | Daily, instant: datetime, timezone: str) -> datetime:
    """When the job is due next."""
    last = last_turn(schedule, instant, timezone)
    if isinstance(schedule, Every):
        return last.at + timedelta(minutes=schedule.minutes)
    zone = ZoneInfo(timezone)
    day = last.at.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(day, time.fromisoformat(schedule.at), zone).astimezone(UTC)


@dataclass(slots=True)
class Planner:
    """Makes the runs of turns, and remembers for this process which it has seen to."""

    seen: dict[tuple[int, str], str] = field(default_factory=dict)
    """(company, job) → slot."""

    def plan(self) -> int:
        """Make the runs that are missing, in every company; how many. Needs an app context."""
        scheduled = {
            key: job.schedule
            for key, job in services().registry.jobs.items()
            if job.schedule is not None
        }
        made, instant = 0, now()
        for company in all_companies() if scheduled else ():
            turns = {
                key: turn
                for key, schedule in scheduled.items()
                if (turn := last_turn(schedule, instant, company.timezone))
                and self.seen.get((company.id, key)) != turn.slot
            }
            if not turns:
                continue
            try:
                made += _plan(company, turns)
                self.seen.update({(company.id, key): turn.slot for key, turn in turns.items()})
            except Exception:
                # The other companies' turns do not wait for this one's.
                log.exception("the jobs of %s could not be planned", company.slug)
            finally:
                db.session.remove()
        return made


def _plan(company: Company, turns: dict[str, Turn]) -> int:
    with acting_as(company, SYSTEM):
        on = enabled_set(company)
        wanted = {key: turn for key, turn in turns.items() if key.partition(".")[0] in on}
        asked = sa.select(JobRun.job, JobRun.slot).where(
            JobRun.job.in_(wanted), JobRun.slot.in_({turn.slot for turn in wanted.values()})
        )
        there = {(row[0], row[1]) for row in db.session.execute(asked)}
        made = 0
        for key, turn in wanted.items():
            if (key, turn.slot) not in there and turn.at >= _since(key):
                made += make(key, turn.slot)
        db.session.commit()
        return made


def _since(key: str) -> datetime:
    """From when the company has had the job: turns before that were never its."""
    plugin = key.partition(".")[0]
    if plugin == "core":
        asked = sa.select(CompanyRow.created_at)
    else:
        asked = sa.select(CompanyPlugin.enabled_at).where(CompanyPlugin.plugin == plugin)
    return db.session.scalar(asked) or now()


def make(key: str, slot: str) -> int:
    """Make the run of a turn; how many. None when another process was quicker, and when the
    last turn is not finished: that run will do."""
    if runs.unfinished(key) is not None:
        return 0
    try:
        with db.session.begin_nested():
            runs.start(key, slot=slot)
    except IntegrityError:
        return 0
    return 1
