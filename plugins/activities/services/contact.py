"""Who was in touch with whom, when, and with whom somebody should be again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import SYSTEM, acting_as, current_actor, current_company, today
from plugins.activities.models import Activity, ContactRule, Kind, Link
from plugins.activities.services import conditions, subjects


@dataclass(frozen=True, slots=True)
class Overdue:
    """A record that wants contact. ``last`` is None for one that never had any; the days over
    count from when it was made then."""

    model: str
    id: int
    title: str
    owner_id: int | None
    last: dt.date | None
    every: int
    over: int
    rule: str


def days_over(last: dt.date, every: int, day: dt.date) -> int:
    """How many days too late contact is; 0 or less: it is in time.

    Last contact on 1 March and every 15 days: due on 16 March, one day over on the 17th.
    """
    return (day - last).days - every


def was_contact() -> tuple[Any, ...]:
    """Activities, joined to their kinds, by which somebody was reached."""
    return (
        Activity.state == "done",
        Kind.is_contact,
        sa.or_(Activity.outcome.is_(None), Activity.outcome != "unreached"),
    )


def last_of(model: str, until: dt.date | None = None) -> sa.Subquery:
    """Record → the day of the last contact, of a model's records that had any; on ``until`` or
    before."""
    asked = (
        sa.select(Link.record_id.label("record_id"), sa.func.max(Activity.done_on).label("day"))
        .join(Activity, Activity.id == Link.activity_id)
        .join(Kind, Kind.id == Activity.kind_id)
        .where(Link.model == model, *was_contact())
    )
    if until is not None:
        asked = asked.where(Activity.done_on <= until)
    return asked.group_by(Link.record_id).subquery()


def last_days(model: str, ids: Collection[int]) -> Mapping[int, dt.date]:
    """Of some records. One statement, whoever was in touch: that somebody was is no secret of
    who may see the record."""
    asked = (
        sa.select(Link.record_id, sa.func.max(Activity.done_on))
        .join(Activity, Activity.id == Link.activity_id)
        .join(Kind, Kind.id == Activity.kind_id)
        .where(Link.model == model, Link.record_id.in_(ids), *was_contact())
        .group_by(Link.record_id)
    )
    return {row[0]: row[1] for row in host().session.execute(asked) if row[1] is not None}


def efforts(model: str, start: dt.date, end: dt.date) -> sa.Subquery:
    """Record → how much was done for it from start to end, both included: ``activities`` that are
    done, of these ``contacts`` and ``visits``."""

    def counted(which: Any) -> sa.ColumnElement[int]:
        return sa.func.coalesce(sa.func.sum(sa.case((which, 1), else_=0)), 0)

    return (
        sa.select(
            Link.record_id.label("record_id"),
            sa.func.count(Activity.id).label("activities"),
            counted(sa.and_(*was_contact())).label("contacts"),
            counted(Kind.is_visit).label("visits"),
        )
        .join(Activity, Activity.id == Link.activity_id)
        .join(Kind, Kind.id == Activity.kind_id)
        .where(Link.model == model, Activity.state == "done", Activity.done_on.between(start, end))
        .group_by(Link.record_id)
        .subquery()
    )


def rules() -> list[Any]:
    """The company's rules in force, the strictest first."""
    asked = sa.select(
        ContactRule.id, ContactRule.name, ContactRule.about_model, ContactRule.condition,
        ContactRule.every_days,
    ).where(ContactRule.active)  # fmt: skip
    return list(host().session.execute(asked.order_by(ContactRule.every_days, ContactRule.id)))


def overdue(most: int, *, mine: bool = False, on: dt.date | None = None) -> list[Overdue]:
    """Records that the actor may see and that want contact, the longest over first.

    ``on`` leaves those that became overdue before that day out. A statement a rule.
    """
    day, found, strict = today(), dict[subjects.Ref, Overdue](), list[Any]()
    for rule in rules():
        model: Any = subjects.model_for(rule.about_model)
        if model is None or not subjects.may_see(model):
            continue
        which = conditions.criteria(model, rule.condition)
        # A stricter rule that holds for a record has said already whether it is over.
        stricter = [each for each_model, each in strict if each_model is model]
        last = last_of(rule.about_model)
        limit = day - dt.timedelta(days=rule.every_days)
        begun = sa.func.coalesce(last.c.day, host().local_day(model.created_at))
        since = sa.type_coerce(begun, sa.Date())
        owner = getattr(model, model.__owner__)
        wanted = [which, *(sa.not_(each) for each in stricter), host().records.visible(model)]
        if mine:
            wanted.append(owner == current_actor().user_id)
        wanted.append(since == limit - dt.timedelta(days=1) if on else since < limit)
        asked = (
            sa.select(model.id, subjects.title_of(model), owner, last.c.day, since)
            .outerjoin(last, last.c.record_id == model.id)
            .where(*wanted)
            .order_by(since, model.id)
            .limit(most)
        )
        for id_, title, owner_id, reached, day_of in host().session.execute(asked):
            found[rule.about_model, id_] = Overdue(
                rule.about_model, id_, str(title or f"#{id_}"), owner_id, reached,
                rule.every_days, days_over(day_of, rule.every_days, day), rule.name,
            )  # fmt: skip
        strict.append((model, which))
    return sorted(found.values(), key=lambda each: (-each.over, each.title))[:most]


def newly_overdue() -> Iterable[Overdue]:
    """Everybody's that are over since today, for the job that tells their owners."""
    with acting_as(current_company(), SYSTEM):
        return overdue(10_000, on=today())
