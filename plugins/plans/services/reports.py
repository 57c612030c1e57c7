"""Reports of weeks and months: filled from what really happened, completed, submitted, read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from flask_babel import format_date

from plugin_api import host, teams
from plugin_api.context import current_actor, gettext, now, today
from plugin_api.errors import Rejected
from plugin_api.measures import Measure
from plugin_api.models import model_of
from plugins.plans.models import CarryOver, Report, Step
from plugins.plans.models.steps import OPEN
from plugins.plans.services import days, figures, people
from plugins.plans.services.steps import check_days
from plugins.plans.settings import MONTHLY, REPORT_DAYS, WEEKLY, WRITERS

REMARKS = ("good", "bad", "following")
USUAL = ("activities.done", "activities.contacts", "activities.visits", "crm.created",
         "crm.reached")  # fmt: skip
"""Figures that reports show besides the headline ones, where the company has them."""
MOST = 60
"""Steps of a kind that a report names."""


def due_on(end: dt.date) -> dt.date:
    """By when a report of days that end with ``end`` is due."""
    number = int(host().setting(REPORT_DAYS))
    return (
        days.nth_day(end + dt.timedelta(days=1), number, host().calendar.is_work_day)
        if number
        else end
    )


def timing(on: dt.date, end: dt.date, due: dt.date) -> str:
    """Whether a report comes before its period is over, in time, or late."""
    if on < end:
        return "early"
    return "late" if on > due else "in_time"


def title(kind: str, start: dt.date, end: dt.date) -> str:
    """What a report's period is called."""
    if kind == "month":
        return str(format_date(start, "yyyy-MM"))
    return f"{start.isoformat()} – {end.isoformat()}"


def complete(report: Report) -> None:
    """Give a report the whole of its period. Raises Rejected."""
    check_days(report, "start")
    if report.owner_id is None:
        raise Rejected("owner", gettext("Say whose report it is."))
    report.start, report.end = days.period_of(report.kind, report.start)
    report.due_on = due_on(report.end)
    report.name = title(report.kind, report.start, report.end)


def check_change(report: Report, changes: Mapping[str, Any]) -> None:
    """What was submitted stays. Raises Rejected."""
    if report.state != "draft" and "state" not in changes and set(REMARKS) & changes.keys():
        name = next(name for name in REMARKS if name in changes)
        raise Rejected(name, gettext("It is submitted. Take it back to change it."))
    if {"kind", "start", "owner_id"} & changes.keys() and report.state != "draft":
        raise Rejected("start", gettext("It is submitted. Take it back to change it."))


def measures() -> list[Any]:
    """Measures that a report shows, of those that the actor may read."""
    return [
        each
        for each in host().measures.all()
        if (isinstance(each, Measure) and each.headline and not each.snapshot) or each.key in USUAL
    ]


def facts(user_id: int, start: dt.date, end: dt.date) -> dict[str, Any]:
    """What happened in somebody's days, as the actor may see it: as :class:`Report` keeps it. Two
    statements a measure, and three."""
    shift = (end - start).days + 1
    before = (start - dt.timedelta(days=shift), start - dt.timedelta(days=1))
    if start.day == 1 and shift > days.WEEK:
        before = days.period_of("month", start - dt.timedelta(days=1))
    rows = []
    for measure in measures():
        told = figures.figure(measure, start, end, {"user": user_id})
        then = figures.figure(measure, *before, {"user": user_id})
        rows.append(
            {"label": str(measure.label), "unit": measure.unit, "value": _text(told),
             "before": _text(then), "key": measure.key}
        )  # fmt: skip
    found = {
        "done": _steps(user_id, Step.state == "done", Step.done_on.between(start, end)),
        "carried": _carried(user_id, start, end),
        "overdue": _steps(user_id, Step.state.in_(OPEN), Step.due <= min(end, today())),
        "next": _steps(user_id, Step.state.in_(OPEN), *_next(end, shift)),
    }
    return {
        "figures": rows,
        "steps": [{**each, "what": what} for what, some in found.items() for each in some[:MOST]],
        "counts": {what: len(some) for what, some in found.items()},
    }


def _next(end: dt.date, shift: int) -> tuple[sa.ColumnElement[bool], ...]:
    return (Step.due > end, Step.due <= end + dt.timedelta(days=shift))


def _text(value: Decimal | None) -> str | None:
    return None if value is None else format(value.normalize(), "f")


def _steps(user_id: int, *which: sa.ColumnElement[bool]) -> list[dict[str, Any]]:
    asked = sa.select(Step.id, Step.name, Step.due, Step.promised, Step.done_on).where(
        Step.owner_id == user_id, host().records.visible(Step), *which
    )
    return [
        {"id": row.id, "name": row.name, "due": row.due.isoformat(),
         "late": row.done_on is not None and row.done_on > (row.promised or row.due)}
        for row in host().session.execute(asked.order_by(Step.due, Step.id))
    ]  # fmt: skip


def _carried(user_id: int, start: dt.date, end: dt.date) -> list[dict[str, Any]]:
    """What went out of these days into later ones."""
    asked = (
        sa.select(Step.id, Step.name, CarryOver.to_due)
        .join(Step, Step.id == CarryOver.step_id)
        .where(
            CarryOver.owner_id == user_id,
            host().records.visible(CarryOver),
            host().records.visible(Step),
            CarryOver.from_due.between(start, end),
        )
        .order_by(CarryOver.id)
    )
    return [
        {"id": row.id, "name": row.name, "due": row.to_due.isoformat(), "late": False}
        for row in host().session.execute(asked)
    ]


# -- transitions -----------------------------------------------------------------------------


def check_submit(report: Report, values: Mapping[str, Any]) -> None:
    """Its person submits it, once it has begun. Raises Rejected."""
    actor = current_actor()
    if not actor.is_system and actor.user_id != report.owner_id:
        raise Rejected("", gettext("Whoever writes it submits it."))
    if report.start > today():
        raise Rejected("start", gettext("This has not begun."))


def submit(report: Report, values: dict[str, Any]) -> None:
    """Keep what happened as it is now."""
    assert report.end is not None and report.due_on is not None
    with figures.as_owner(report.owner_id):
        report.facts = facts(report.owner_id or 0, report.start, report.end)
    report.submitted_at = now()
    report.timing = timing(today(), report.end, report.due_on)


def take_back(report: Report, values: dict[str, Any]) -> None:
    """Nobody has read it yet: it is written on."""
    report.submitted_at = report.timing = None
    report.facts = {}


def check_read(report: Report, values: Mapping[str, Any]) -> None:
    """Nobody reads their own. Raises Rejected."""
    if current_actor().user_id == report.owner_id:
        raise Rejected("", gettext("Somebody else reads it."))


def mark_read(report: Report, values: dict[str, Any]) -> None:
    """Somebody has read it, with a word to it."""
    report.read_by_id, report.read_at = current_actor().user_id, now()
    if report.owner_id is not None:
        text = gettext("Your report was read.")
        if values.get("comment"):
            text = gettext("Your report was read and commented.")
        host().remind(report, [report.owner_id], text)


# -- who is to write -------------------------------------------------------------------------


def kinds() -> list[str]:
    """Which reports the company expects."""
    wanted = (("week", WEEKLY), ("month", MONTHLY))
    return [kind for kind, setting in wanted if host().setting(setting)]


def writers() -> Sequence[people.Person]:
    """Who is to write reports: by their role."""
    roles = {each.strip() for each in str(host().setting(WRITERS)).split(",")}
    return [each for each in people.everybody().values() if each.role in roles]


def last_over(kind: str, day: dt.date) -> days.Span:
    """The newest period that is over."""
    return days.period_of(kind, days.period_of(kind, day)[0] - dt.timedelta(days=1))


def remind() -> int:
    """Tell who has not submitted on the day that it is due, and managers on the working day
    after; how many were told."""
    told = 0
    for kind in kinds():
        start, end = last_over(kind, today())
        due = due_on(end)
        after = days.work_day_from(due + dt.timedelta(days=1), host().calendar.is_work_day)
        if today() not in (due, after):
            continue
        asked = sa.select(Report.owner_id).where(
            Report.kind == kind, Report.start == start, Report.state != "draft"
        )
        written = set(host().session.scalars(asked))
        missing = [each for each in writers() if each.id not in written]
        told += _tell(missing, title(kind, start, end), to_managers=today() == after)
    return told


def _tell(missing: Sequence[people.Person], period: str, to_managers: bool) -> int:
    user: Any = model_of("core.User")
    wanted = {each.id for each in missing}
    if not wanted:
        return 0
    found = {each.id: each for each in host().session.scalars(
        sa.select(user).where(user.id.in_(wanted)))}  # fmt: skip
    leaders = teams.managers() if to_managers else {}
    for each in missing:
        text = gettext("Your report of %(period)s is due.", period=period)
        to = each.id
        if to_managers:
            text = gettext("The report of %(period)s is late.", period=period)
            to = leaders.get(each.id, 0)
        if to:
            host().remind(found[each.id], [to], text)
    return len(missing)
