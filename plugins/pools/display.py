"""How pools say days and reasons."""

from __future__ import annotations

import datetime as dt

from flask_babel import format_date

from plugin_api.cards import Tone
from plugin_api.context import gettext, today


def day(on: dt.date | None) -> str:
    """A day, by its weekday where it is near."""
    if on is None:
        return ""
    away = (on - today()).days
    if away <= 0:
        return str(gettext("today"))
    if away == 1:
        return str(gettext("tomorrow"))
    return str(format_date(on, "EEEE" if away < 7 else "medium"))


def heading(on: dt.date) -> str:
    """A day with its weekday, as the heading of what happens on it."""
    near = f"{day(on)} · " if (on - today()).days <= 1 else ""
    return near + str(format_date(on, "full"))


def tone(on: dt.date) -> Tone:
    """How pressing a day of return is."""
    away = (on - today()).days
    return "bad" if away <= 1 else "warn" if away <= 3 else "neutral"
