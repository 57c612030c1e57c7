"""The page of a model's calendar: a month or a week, from its declaration and the address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask_babel import format_date

from core.data import dates, query
from core.data.fields import FieldMeta, all_fields, column_of
from core.data.query import Query
from core.views import cells, lists, saved
from core.views.collection_page import CalendarPage, Day, Link, Mark
from core.views.declared import calendar_of, mended
from core.views.editing import editable
from core.views.tools import Asked, tools
from core.views.urls import Arguments, collection_url, record_url, state_url, with_query
from core.web import formats
from plugin_api.context import current_company, gettext, has_permission, today
from plugin_api.errors import Invalid, NotFound
from plugin_api.models import CompanyModel
from plugin_api.views import CalendarView

MOST = 1000
"""Records of one page."""
OF_MONTH, OF_WEEK = 3, 100
"""Records of a day that are shown; the rest is a click away."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """The days that a page shows: whole weeks. ``middle`` is a day of what it is about."""

    name: str
    middle: dt.date
    first: dt.date
    last: dt.date

    def weeks(self) -> Iterator[list[dt.date]]:
        """Its days by week, from Monday."""
        monday = self.first
        while monday <= self.last:
            yield [monday + dt.timedelta(days=i) for i in range(7)]
            monday += dt.timedelta(days=7)

    def shifted(self, by: int) -> dt.date:
        """A day of the month or week that lies ``by`` further."""
        if self.name == "week":
            return self.middle + dt.timedelta(days=7 * by)
        months = self.middle.year * 12 + self.middle.month - 1 + by
        return dt.date(months // 12, months % 12 + 1, 1)


def view_of(model: type[CompanyModel]) -> CalendarView:
    """The calendar that a model declares. Raises NotFound."""
    view = calendar_of(model)
    if view is None:
        raise NotFound("")
    return view


def calendar_page(model: type[CompanyModel], arguments: Arguments) -> CalendarPage:
    """The calendar as the arguments ask."""
    view = view_of(model)
    span = span_of(arguments)
    error, asked = "", arguments
    try:
        found = _ask(model, view, arguments, span)
    except Invalid as refused:
        error = refused.words
        asked = mended(arguments, refused, ("view", "saved", "on", "span"))
        found = _ask(model, view, asked, span)
    page = query.run(found)
    known = Asked(
        model=model,
        arguments=asked,
        order=view.start,
        habit=saved.habit_of(model),
        error=error,
        rows=page.rows,
    )
    path = collection_url(model)
    marks = _by_day(model, view, page.rows, span)

    def on(day: dt.date | None, **changes: str | None) -> str:
        changes["on"] = day.isoformat() if day and day != today() else None
        return state_url(path, asked, **changes)

    return CalendarPage(
        tools=tools(known),
        heading=_heading(span),
        weekdays=_weekdays(),
        weeks=tuple(
            tuple(
                _day(model, view, day, span, marks=marks.get(day, []), arguments=asked)
                for day in week
            )
            for week in span.weeks()
        ),
        count=len(page.rows),
        spans=(
            Link(label=str(gettext("Month")), href=on(span.middle, span=None),
                 current=span.name == "month"),
            Link(label=str(gettext("Week")), href=on(span.middle, span="week"),
                 current=span.name == "week"),
        ),
        before_href=on(span.shifted(-1)),
        today_href=on(None),
        after_href=on(span.shifted(1)),
        may_move=view.start in editable(model),
        too_many=page.next is not None,
    )  # fmt: skip


def span_of(arguments: Arguments) -> Span:
    """The month or week that an address shows; today's where it names none."""
    try:
        middle = dt.date.fromisoformat(arguments.get("on", ""))
    except ValueError:
        middle = today()
    middle = min(max(middle, dt.date(1900, 1, 1)), dt.date(9000, 1, 1))
    if arguments.get("span") == "week":
        first = middle - dt.timedelta(days=middle.weekday())
        return Span(name="week", middle=middle, first=first, last=first + dt.timedelta(days=6))
    start = middle.replace(day=1)
    end = (start + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)
    first = start - dt.timedelta(days=start.weekday())
    last = end + dt.timedelta(days=6 - end.weekday())
    return Span(name="month", middle=middle, first=first, last=last)


def moved(model: type[CompanyModel], record: CompanyModel, day: dt.date) -> dict[str, Any]:
    """What a record's fields hold when it starts on a day: its hour and its length stay."""
    view = view_of(model)
    metas = all_fields(model)
    old = getattr(record, metas[view.start].attribute)
    if old is None:
        return {view.start: _at(metas[view.start], day, None)}
    by = day - day_of(old)
    made = {view.start: _at(metas[view.start], day, old)}
    if view.end is not None:
        end = getattr(record, metas[view.end].attribute)
        if end is not None:
            made[view.end] = _at(metas[view.end], day_of(end) + by, end)
    return made


def day_of(value: dt.date) -> dt.date:
    """The day of a date or instant, by the reader's clock."""
    if isinstance(value, dt.datetime):
        return value.astimezone(formats.zone()).date()
    return value


def _at(meta: FieldMeta, day: dt.date, old: dt.date | None) -> dt.date:
    if meta.kind != "instant":
        return day
    zone = formats.zone()
    clock = old.astimezone(zone).time() if isinstance(old, dt.datetime) else dt.time(9)
    return dt.datetime.combine(day, clock, zone).astimezone(dt.UTC)


def _ask(model: type[CompanyModel], view: CalendarView, arguments: Arguments, span: Span) -> Query:
    metas = all_fields(model)
    names = (
        view.title, view.start, view.end or "", view.clock or "", view.tone or "", *view.fields
    )  # fmt: skip
    fields = ",".join(name for name in dict.fromkeys(names) if name)
    kept = Arguments({n: v for n, v in arguments.items() if n != "limit"})
    found = lists.ask(model, kept, view.start, MOST, fields)
    start = column_of(model, metas[view.start])
    first, after = _bounds(metas[view.start], span)
    if view.end is None:
        return query.narrowed(found, start >= first, start < after)
    end = sa.func.coalesce(column_of(model, metas[view.end]), start)
    first_of_end = _bounds(metas[view.end], span)[0]
    return query.narrowed(found, start < after, end >= sa.literal(first_of_end, start.type))


def _bounds(meta: FieldMeta, span: Span) -> tuple[Any, Any]:
    """The first moment or day of a span, and that after it."""
    after = span.last + dt.timedelta(days=1)
    if meta.kind != "instant":
        return span.first, after
    zone = formats.zone()
    return dates.bounds(span.first, zone)[0], dates.bounds(after, zone)[0]


def _by_day(
    model: type[CompanyModel], view: CalendarView, rows: list[dict[str, Any]], span: Span
) -> dict[dt.date, list[Mark]]:
    made: dict[dt.date, list[Mark]] = {}
    for row in rows:
        start = row.get(view.start)
        if start is None:
            continue
        first = day_of(start)
        end = row.get(view.end) if view.end else None
        last = max(first, day_of(end)) if end is not None else first
        day = max(first, span.first)
        while day <= min(last, span.last):
            made.setdefault(day, []).append(_mark(model, view, row, day == first))
            day += dt.timedelta(days=1)
    # What lasts all day comes first; the rest by the hour.
    return {day: sorted(marks, key=lambda mark: mark.time) for day, marks in made.items()}


def _mark(
    model: type[CompanyModel], view: CalendarView, row: Mapping[str, Any], begins: bool
) -> Mark:
    metas, start = all_fields(model), row[view.start]
    time = ""
    moment = row.get(view.clock) if view.clock else start
    if isinstance(moment, dt.datetime) and begins:
        time = f"{moment.astimezone(formats.zone()):%H:%M}"
    tone = cells.cell(metas[view.tone], row).tone if view.tone else ""
    facts = [cells.cell(metas[name], row).text for name in view.fields]
    return Mark(
        id=row["id"],
        version=row["version"],
        title=cells.cell(metas[view.title], row).text or f"#{row['id']}",
        href=record_url(model, row["id"]),
        tone=tone,
        time=time,
        facts=tuple(fact for fact in facts if fact),
        begins=begins,
    )


def _day(
    model: type[CompanyModel],
    view: CalendarView,
    day: dt.date,
    span: Span,
    *,
    marks: list[Mark],
    arguments: Arguments,
) -> Day:
    path, most = collection_url(model), OF_MONTH if span.name == "month" else OF_WEEK
    shown = marks if len(marks) <= most + 1 else marks[:most]
    company, key = current_company(), model.model_key()
    other = span.name == "month" and day.month != span.middle.month
    may_create = "create" in model.__actions__ and has_permission(f"{key}.create")
    drop: dict[str, str | None] = {"view": None, "on": None, "span": None}
    return Day(
        date=day.isoformat(),
        label=str(format_date(day, "full")),
        number=formats.date_in_parts(day, "MMMd") if day.day == 1 else str(day.day),
        marks=tuple(shown),
        left=len(marks) - len(shown),
        more_href=state_url(
            path,
            arguments,
            **drop,
            **{f"{view.start}__gte": day.isoformat(), f"{view.start}__lte": day.isoformat()},
        ),
        create_href=with_query(
            f"{path}/new", [(view.start, day.isoformat()), ("next", state_url(path, arguments))]
        )
        if may_create
        else "",
        is_today=day == today(),
        is_off=other or day.isoweekday() not in company.work_days,
    )


def _heading(span: Span) -> str:
    if span.name == "month":
        return formats.date_in_parts(span.middle, "yMMMM")
    first = formats.date_in_parts(span.first, "MMMd")
    return f"{first} – {formats.date_in_parts(span.last, 'yMMMd')}"


def _weekdays() -> tuple[str, ...]:
    """Monday to Sunday, short."""
    names = formats.locale().days["stand-alone"]["abbreviated"]
    return tuple(str(names[i]) for i in range(7))
