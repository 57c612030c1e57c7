"""Cases, instants and figures as cards and panels show them."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask_babel import format_date, format_decimal, format_percent

from plugin_api import host
from plugin_api.context import current_actor, current_company, gettext, has_permission, today
from plugin_api.models import Choice
from plugin_api.panels import Action
from plugins.service.access import READ, READ_VISIT
from plugins.service.models import Case

CASE = "service.Case"
VISIT = "service.Visit"


def sees_cases() -> bool:
    """Whether the actor may read cases at all."""
    return has_permission(READ)


def sees_visits() -> bool:
    """Whether the actor may read return visits at all."""
    return has_permission(READ_VISIT)


def readable(*names: str) -> tuple[Any, ...]:
    """Columns of cases for selects of one's own: empty where the actor may not read the field."""
    may_read = host().records.may_read
    return tuple(
        getattr(Case, name) if may_read(Case, name) else sa.null().label(name) for name in names
    )


def label(choices: tuple[Choice, ...], value: str | None) -> str:
    """A value of a choice in words."""
    return next((str(each.label) for each in choices if each.value == value), "")


def when(moment: dt.datetime | None) -> str:
    """An instant by the reader's clock: ``today 15:30``, ``Nov 26, 2026 15:30``."""
    if moment is None:
        return ""
    zone = ZoneInfo(current_actor().timezone or current_company().timezone)
    local = moment.astimezone(zone)
    day = gettext("today") if local.date() == today() else format_date(local.date(), "medium")
    return f"{day} {local:%H:%M}"


def day(value: dt.date | None) -> str:
    """A day in words; empty for none."""
    return "" if value is None else str(format_date(value, "medium"))


def share(value: float | None) -> str:
    """A share of 1 in percent, with one decimal."""
    return str(gettext("n/a") if value is None else format_percent(value, format="#,##0.0%"))


def hours(seconds: int) -> str:
    """So much working time, in hours and minutes."""
    sign, minutes = ("-" if seconds < 0 else ""), abs(seconds) // 60
    return f"{sign}{minutes // 60}:{minutes % 60:02}"


def number(value: Any) -> str:
    """A number with one decimal at most."""
    return str(gettext("n/a") if value is None else format_decimal(value, format="#,##0.#"))


def open_case(**values: Any) -> Action:
    """The button that opens a case with some fields filled in."""
    query = "&".join(f"{name}={value}" for name, value in values.items())
    return Action(
        label=gettext("Open a case"), icon="plus-lg",
        href=f"{host().list_url(CASE)}/new?{query}".rstrip("?"),
    )  # fmt: skip
