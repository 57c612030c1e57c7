"""Erasing what is not needed any more, by rules that plugins declare and a company switches on.

A record that was erased fits its rule for ever. It is taken once: until something changes it
after the erasure.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from core.data import settings
from core.data.audit import AuditEntry, title_of
from core.data.verifying import ERASE
from core.extensions import db
from core.host import services
from core.hosting.enabled import enabled_set
from core.jobs import running
from core.jobs.schedule import next_turn
from core.privacy import erasing, holds
from plugin_api.context import Text, current_company, gettext, now
from plugin_api.context import lazy_gettext as _
from plugin_api.errors import Refused, Rejected
from plugin_api.jobs import Daily, Job
from plugin_api.models import CompanyModel, model_of
from plugin_api.retention import Retention

LONGEST = 600
"""Months."""
SHOWN = 50
"""Records of a preview."""
MOST = 5000
"""Records that one run looks at for each rule; the next night goes on."""
AT = Daily("02:40")


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """What one rule comes to: ``months`` is None where it is off. ``count`` would go with the next
    run, ``kept`` of the first records have reasons against it."""

    key: str
    rule: Retention
    months: int | None
    count: int
    records: Sequence[tuple[CompanyModel, str, Sequence[Text]]]
    """The first of them: record, what it is called, what stands against it."""


def rules() -> Mapping[str, Retention]:
    """Rules of the plugins that are on."""
    on = enabled_set(current_company())
    found = services().registry.retention
    return {key: rule for key, rule in found.items() if key.partition(".")[0] in on}


def months_of(key: str) -> int | None:
    """After how many months the company lets go; None: never."""
    return settings.read(_place(key)) or None


def switch(key: str, months: int | None) -> None:
    """Say after how many months, or never. Raises KeyError for a rule that the company does not
    have, Rejected for a number that makes no sense."""
    if key not in rules():
        raise KeyError(key)
    if months is not None and not 1 <= months <= LONGEST:
        raise Rejected(key, gettext("From 1 to %(most)s months.", most=LONGEST))
    settings.put(_place(key), months)


def next_run() -> dt.datetime:
    """When the job works next."""
    return next_turn(AT, now(), current_company().timezone)


def preview() -> list[Due]:
    """What would go with the next run, by rule."""
    at = next_run()
    return [_preview(key, rule, at) for key, rule in rules().items()]


def run() -> None:
    """The job: each record in a transaction of its own, so that nothing waits for it and whatever
    ends it leaves nothing half done."""
    on = [(rule, months) for key, rule in rules().items() if (months := months_of(key))]
    erased, kept = 0, 0
    for rule, months in on:
        ids = _ids(rule, months, now(), MOST)
        for number, record_id in enumerate(ids):
            running.progress(number, len(ids), str(rule.label))
            # What has changed while others went is looked at once more.
            gone = record_id in _ids(rule, months, now(), 1, record_id) and _erase(rule, record_id)
            erased, kept = erased + gone, kept + (not gone)
    services().jobs.result(erased=erased, kept=kept)


def _erase(rule: Retention, record_id: int) -> bool:
    model: Any = model_of(rule.model)
    record = db.session.scalar(sa.select(model).where(model.id == record_id))
    if record is None:
        return False
    try:
        erasing.erase([record])
    except Refused:
        db.session.rollback()
        return False
    return True


def _preview(key: str, rule: Retention, at: dt.datetime) -> Due:
    months = months_of(key)
    model: Any = model_of(rule.model)
    which = list(_which(rule, months or rule.months, at))
    count = db.session.scalar(sa.select(sa.func.count(model.id)).where(*which)) or 0
    first = db.session.scalars(sa.select(model).where(*which).order_by(model.id).limit(SHOWN)).all()
    return Due(
        key=key, rule=rule, months=months, count=count,
        records=[(each, title_of(each), erasing.reasons([each])) for each in first],
    )  # fmt: skip


def _ids(
    rule: Retention, months: int, at: dt.datetime, most: int, only: int | None = None
) -> Sequence[int]:
    model: Any = model_of(rule.model)
    asked = sa.select(model.id).where(*_which(rule, months, at)).order_by(model.id).limit(most)
    return db.session.scalars(asked if only is None else asked.where(model.id == only)).all()


def _which(rule: Retention, months: int, at: dt.datetime) -> Iterator[sa.ColumnElement[bool]]:
    model: Any = model_of(rule.model)
    yield rule.due(before(at, months))
    yield holds.none_on(model)
    erased = sa.select(AuditEntry.id).where(
        AuditEntry.model == rule.model,
        AuditEntry.record_id == model.id,
        AuditEntry.action == ERASE,
        AuditEntry.created_at >= model.updated_at,
    )
    yield ~erased.exists()


def before(at: dt.datetime, months: int) -> dt.datetime:
    """The beginning of the company's day so many months before an instant."""
    zone = ZoneInfo(current_company().timezone)
    day = at.astimezone(zone).date()
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    start = dt.date(year, month + 1, min(day.day, last))
    return dt.datetime.combine(start, dt.time(), zone).astimezone(dt.UTC)


def _place(key: str) -> str:
    plugin, _, name = key.partition(".")
    return f"{plugin}.retention.{name}"


JOBS = (
    Job(
        id="retention",
        label=_("Erase what is not needed any more"),
        help=_("Personal data that the company's rules let go of."),
        run=run,
        schedule=AT,
    ),
)
