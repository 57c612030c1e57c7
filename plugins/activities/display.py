"""Days, people and addresses as pages, cards and panels show them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask import url_for
from flask_babel import format_date

from plugin_api import host
from plugin_api.cards import Tone
from plugin_api.context import current_actor, current_company, gettext, ngettext, today
from plugin_api.models import model_of
from plugin_api.panels import Action
from plugins.activities.models.activities import OUTCOMES, Activity
from plugins.activities.services import subjects
from plugins.activities.services.kinds import by_code

ACTIVITY = "activities.Activity"


def day(value: dt.date | None) -> str:
    """A day as one says it: today, tomorrow, Nov 26, 2026; empty for none."""
    if value is None:
        return ""
    named = {
        -1: gettext("yesterday"), 0: gettext("today"), 1: gettext("tomorrow"),
    }.get((value - today()).days)  # fmt: skip
    return str(named or format_date(value, "medium"))


def when(due: dt.date | None, start: dt.datetime | None) -> str:
    """A day with its hour."""
    return f"{day(due)} {clock(start)}" if start is not None else day(due)


def clock(moment: dt.datetime) -> str:
    """The hour of an instant by the reader's clock, as lists show it."""
    zone = ZoneInfo(current_actor().timezone or current_company().timezone)
    return f"{moment.astimezone(zone):%H:%M}"


def tone(due: dt.date | None) -> Tone:
    """How much it presses."""
    if due is None:
        return "neutral"
    days = (due - today()).days
    return "bad" if days < 0 else "warn" if days == 0 else "neutral"


def over(days: int) -> str:
    """How many days something is over."""
    return str(ngettext("%(num)d day over", "%(num)d days over", days))


def text(record: Activity, name: str) -> str:
    """What stands in a field of an activity; nothing where the actor may not read it whole."""
    return getattr(record, name) or "" if host().records.may_read(Activity, name) else ""


def outcome(value: str | None) -> str:
    """An outcome in words."""
    return next((str(each.label) for each in OUTCOMES if each.value == value), "")


def people(ids: Collection[int | None]) -> Mapping[int, str]:
    """What people are called. One statement."""
    user: Any = model_of("core.User")
    wanted = {id_ for id_ in ids if id_ is not None}
    if not wanted:
        return {}
    asked = sa.select(user.id, user.name).where(user.id.in_(wanted))
    return {row.id: row.name for row in host().session.execute(asked)}


def kind_label(key: str) -> str:
    """What records of a model are called."""
    model = subjects.model_for(key)
    return str(model.__label__) if model is not None else ""


def done(activity_id: int, label: str = "") -> Action:
    """The button that says that something is done."""
    path = host().record_url(ACTIVITY, activity_id)
    return Action(
        label=label or gettext("Done"), href=f"{path}/transitions/done", icon="check2", post=True
    )


def log(about: str = "", kind: str = "call") -> Action:
    """The button by which something that was done is written down."""
    sort = by_code(kind)
    label = gettext("Log a call") if kind == "call" else gettext("Log: %(kind)s", kind=kind)
    return Action(
        label=label,
        href=url_for("activities.log", about=about or None, kind=sort.code if sort else None),
        icon=sort.icon if sort else "",
        dialog=True,
    )


def plan(about: str = "") -> Action:
    """The button by which something is planned."""
    return Action(
        label=gettext("Plan next"),
        href=url_for("activities.plan_next", about=about or None),
        icon="calendar-plus",
        dialog=True,
    )
