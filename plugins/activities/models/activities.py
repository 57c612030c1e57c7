"""Activities about any record, who takes part, and which records they count for."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plugin_api import host
from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import (
    Choice,
    CompanyModel,
    boolean,
    choice,
    date,
    instant,
    integer,
    longtext,
    reference,
    text,
)
from plugins.activities.services.subjects import choices as subjects

STATES = (
    Choice(value="open", label=_("Open"), tone="info"),
    Choice(value="done", label=_("Done"), tone="good"),
    Choice(value="cancelled", label=_("Cancelled")),
)
PRIORITIES = (
    Choice(value="high", label=_("High"), tone="bad"),
    Choice(value="normal", label=_("Normal")),
    Choice(value="low", label=_("Low")),
)
OUTCOMES = (
    Choice(value="positive", label=_("Went well"), tone="good"),
    Choice(value="neutral", label=_("Took place")),
    Choice(value="negative", label=_("Went badly"), tone="bad"),
    Choice(value="unreached", label=_("Nobody reached"), tone="warn"),
)
WHENS = (
    Choice(value="overdue", label=_("Overdue"), tone="bad"),
    Choice(value="today", label=_("Today"), tone="warn"),
    Choice(value="tomorrow", label=_("Tomorrow"), tone="info"),
    Choice(value="week", label=_("In the next 7 days"), tone="info"),
    Choice(value="later", label=_("Later")),
    Choice(value="undated", label=_("Without a day")),
    Choice(value="closed", label=_("Done or cancelled"), tone="good"),
)
REPEATS = (
    Choice(value="FREQ=DAILY", label=_("Every day")),
    Choice(value="FREQ=WEEKLY", label=_("Every week")),
    Choice(value="FREQ=WEEKLY;INTERVAL=2", label=_("Every other week")),
    Choice(value="FREQ=MONTHLY", label=_("Every month")),
    Choice(value="FREQ=MONTHLY;INTERVAL=3", label=_("Every three months")),
    Choice(value="FREQ=YEARLY", label=_("Every year")),
    Choice(value="custom", label=_("By a rule")),
)
REMINDERS = (
    Choice(value="0", label=_("When it begins")),
    Choice(value="15", label=_("15 minutes before")),
    Choice(value="60", label=_("An hour before")),
    Choice(value="1440", label=_("A day before")),
)


class Activity(CompanyModel):
    """Something to do, or that was done: a task, a call, a meeting, a visit, a note.

    ``due`` is a business day in the company's time zone; ``start`` and ``end`` are empty for what
    has all of the day. What it is about is named by ``about_model`` and ``about_id`` and remains
    as words in ``about`` when that is deleted.
    """

    __tablename__ = "activities_activity"
    __collection__ = "activities"
    __label__ = lazy_pgettext("activity", "Activity")
    __label_plural__ = _("Activities")
    __title__ = "subject"
    __find_by__ = ("external_id",)
    __search__ = ("subject", "about", "result", "location")
    __owner__ = "owner_id"
    __shared_by__ = "activities.Participant"
    __about__ = ("about_model", "about_id")
    __table_args__ = (
        sa.Index(None, "company_id", "owner_id", "state", "due"),
        sa.Index(None, "company_id", "about_model", "about_id"),
        sa.Index(None, "company_id", "state", "done_on"),
        sa.Index(None, "company_id", "state", "remind_at"),
    )

    subject: Mapped[str] = text(_("Headline"))
    kind_id: Mapped[int] = reference("activities.Kind", _("Kind"))
    state: Mapped[str] = choice(_("State"), STATES, default="open")
    owner_id: Mapped[int | None] = reference("core.User", _("Owner"))
    priority: Mapped[str] = choice(_("Priority"), PRIORITIES, default="normal")
    about_model: Mapped[str | None] = choice(_("About"), subjects)
    about_id: Mapped[int | None] = integer(
        _("Number of the record"), minimum=1, help=_("Filled in when it is made on its page.")
    )
    about: Mapped[str | None] = text(_("About what"), length=300, readonly=True)
    due: Mapped[dt.date | None] = date(_("Due"))
    start: Mapped[dt.datetime | None] = instant(
        lazy_pgettext("activity", "Start"), help=_("Empty: all of the day.")
    )
    end: Mapped[dt.datetime | None] = instant(lazy_pgettext("activity", "End"))
    location: Mapped[str | None] = text(_("Location"), length=300)
    details: Mapped[str | None] = longtext(_("Details"))
    outcome: Mapped[str | None] = choice(_("Outcome"), OUTCOMES)
    result: Mapped[str | None] = longtext(lazy_pgettext("activity", "Result"))
    done_at: Mapped[dt.datetime | None] = instant(
        _("Done at"), help=_("Empty: the moment in which it is said to be done.")
    )
    done_on: Mapped[dt.date | None] = date(_("Done on"), readonly=True)
    when: Mapped[str | None] = choice(_("When"), WHENS, readonly=True)
    stop: Mapped[int | None] = integer(
        lazy_pgettext("route", "Stop"), minimum=1, help=_("Its place in the day's route.")
    )
    repeat: Mapped[str | None] = choice(_("Repeats"), REPEATS)
    repeat_rule: Mapped[str | None] = text(
        _("Rule of repetition"), help=_("As in calendars: FREQ=WEEKLY;BYDAY=MO,TH.")
    )
    repeat_until: Mapped[dt.date | None] = date(_("Repeats until"))
    series_id: Mapped[int | None] = mapped_column(sa.BigInteger())
    """The first of a series; its id."""
    series_start: Mapped[dt.date | None] = mapped_column(sa.Date())
    """The day from which a repetition is counted."""
    remind: Mapped[str | None] = choice(_("Reminder"), REMINDERS)
    remind_at: Mapped[dt.datetime | None] = instant(_("Reminded at"), readonly=True)
    external_id: Mapped[str | None] = text(_("External ID"), length=300, unique=True)


def readable(*names: str) -> tuple[Any, ...]:
    """Columns of activities for selects of one's own, by their names: empty where the actor may
    not read the field whole."""
    may_read = host().records.may_read
    return tuple(
        getattr(Activity, name) if may_read(Activity, name) else sa.null().label(name)
        for name in names
    )


class Participant(CompanyModel):
    """Somebody of the company who takes part, and may see the activity therefore."""

    __tablename__ = "activities_participant"
    __collection__ = "participants"
    __label__ = _("Participant")
    __label_plural__ = _("Participants")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ()
    __owner__ = "user_id"
    __parent__ = "activity_id"
    __table_args__ = (sa.UniqueConstraint("company_id", "activity_id", "user_id"),)

    activity_id: Mapped[int] = reference(
        "activities.Activity", lazy_pgettext("activity", "Activity"), on_delete="cascade"
    )
    user_id: Mapped[int] = reference("core.User", _("Person"), on_delete="cascade")
    optional: Mapped[bool] = boolean(_("Need not come"))


class Link(CompanyModel):
    """A record that an activity counts for: what it is about, and what that belongs to."""

    __tablename__ = "activities_link"
    __label__ = _("Link of an activity")
    __label_plural__ = _("Links of activities")
    __title__ = "id"
    __about__ = ("model", "record_id")
    __table_args__ = (
        sa.UniqueConstraint("company_id", "activity_id", "model", "record_id"),
        sa.Index(None, "company_id", "model", "record_id", "activity_id"),
    )

    activity_id: Mapped[int] = reference(
        "activities.Activity", lazy_pgettext("activity", "Activity"), on_delete="cascade"
    )
    model: Mapped[str] = mapped_column(sa.String(100))
    record_id: Mapped[int] = mapped_column(sa.BigInteger())

    @classmethod
    def of(cls, model: str, record_id: Any) -> tuple[sa.ColumnElement[bool], ...]:
        """Links of a record."""
        return cls.model == model, cls.record_id == record_id
