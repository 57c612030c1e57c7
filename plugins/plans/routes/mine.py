"""Somebody's day, week or month: steps, and what other plugins say of their days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from babel.dates import format_skeleton
from flask import render_template, request, url_for
from flask_babel import format_date, get_locale

from plugin_api import host
from plugin_api.context import current_actor, has_permission, pgettext, today
from plugin_api.pages import number, require
from plugins.plans import display
from plugins.plans.access import CREATE, READ
from plugins.plans.routes import common
from plugins.plans.services import agenda, days, people

SPANS = ("day", "week", "month")


@dataclass(frozen=True, slots=True)
class Day:
    """A day with what it holds; ``off`` is no working day."""

    on: dt.date
    off: bool
    entries: list[agenda.Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Week:
    """The days of a week that lie in the period."""

    first: dt.date
    last: dt.date
    days: list[Day]

    @property
    def entries(self) -> list[agenda.Entry]:
        """Everything in it."""
        return [entry for day in self.days for entry in day.entries]


def show() -> str:
    """The page."""
    require(READ)
    span = request.args.get("span", "week")
    span = span if span in SPANS else "week"
    on = common.day_or_today(request.args.get("day", ""))
    me = current_actor().user_id or 0
    whose = common.choosable()
    user_id = number(request.args.get("who", "")) or me
    if user_id not in {me, *(each.id for each in whose)}:
        user_id = me
    start, end = (on, on) if span == "day" else days.period_of(span, on)
    entries = agenda.of(user_id, start, end)
    over = [each for each in entries if each.day < start and not each.done]
    weeks = _weeks(start, end, agenda.by_day([each for each in entries if each.day >= start]))

    def link(span_: str, day: dt.date) -> str:
        return url_for(
            "plans.mine", span=span_, day=day.isoformat(), who=None if user_id == me else user_id
        )

    return render_template(
        "plans/mine.html",
        span=span,
        spans={
            "day": pgettext("plan", "Day"),
            "week": pgettext("plan", "Week"),
            "month": pgettext("plan", "Month"),
        },
        title=_title(span, start, end),
        weeks=weeks,
        over=over,
        on=on,
        today=today(),
        before=link(span, start - dt.timedelta(days=1)),
        after=link(span, end + dt.timedelta(days=1)),
        link=link,
        whose=whose,
        user_id=user_id,
        me=me,
        who=people.names_of([user_id]).get(user_id, ""),
        total=sum(not each.done for each in entries),
        done=sum(each.done for each in entries),
        new_href=f"{host().list_url('plans.Step')}/new" if has_permission(CREATE) else "",
        display=display,
    )


def _title(span: str, start: dt.date, end: dt.date) -> str:
    if span == "day":
        return display.heading(start)
    if span == "month":
        return str(format_skeleton("yMMMM", start, locale=get_locale()))
    return f"{format_date(start, 'medium')} – {format_date(end, 'medium')}"


def _weeks(
    start: dt.date, end: dt.date, by_day: Mapping[dt.date, list[agenda.Entry]]
) -> list[Week]:
    worked = host().calendar.is_work_day
    made: list[Week] = []
    day = start
    while day <= end:
        if not made or day.weekday() == 0:
            made.append(Week(day, min(end, days.period_of("week", day)[1]), []))
        made[-1].days.append(Day(day, not worked(day), by_day.get(day, [])))
        day += dt.timedelta(days=1)
    return made
