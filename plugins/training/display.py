"""Figures and states as pages of training show them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from flask_babel import format_currency, format_date, format_datetime, format_decimal, format_time

from plugin_api.context import current_company, lazy_pgettext
from plugin_api.context import lazy_gettext as _
from plugins.training.models.coaching import COACHING_STATES
from plugins.training.models.courses import KINDS
from plugins.training.models.enrolments import STATES
from plugins.training.models.sessions import ATTENDANCE

STATE_LABELS = {choice.value: choice.label for choice in STATES}
COACHING = {choice.value: choice.label for choice in COACHING_STATES}
COACHING_TONES = {choice.value: choice.tone for choice in COACHING_STATES}
SEATS = {choice.value: choice.label for choice in ATTENDANCE}
STATE_TONES = {choice.value: choice.tone for choice in STATES}
LESSONS = {choice.value: choice.label for choice in KINDS}
ICONS = {
    "text": "file-text", "video": "play-circle", "file": "paperclip", "checklist": "check2-square",
    "exercise": "bullseye",
}  # fmt: skip
VERDICTS = {
    "few": (_("Too few answers"), "neutral"),
    "against": (_("Who knows more gets it wrong"), "bad"),
    "easy": (_("Nearly all get it right"), "warn"),
    "hard": (_("Nearly nobody gets it right"), "warn"),
    "weak": (_("Tells little apart"), "warn"),
    "good": (lazy_pgettext("question", "Good"), "good"),
}
MOVED = {
    "up": _("It rose"), "down": _("It fell"),
    "unsure": _("Not sure: neither an effect is shown nor that there is none"),
}  # fmt: skip


def day(value: dt.date | None) -> str:
    """A day, or a dash."""
    return "–" if value is None else str(format_date(value, "medium"))


def percent(value: Decimal | float | None) -> str:
    """A percentage that is one already: 79 is 79 %."""
    return "–" if value is None else f"{format_decimal(round(Decimal(str(value)), 1))}%"


def share(value: float | None) -> str:
    """A share of 1 in percent."""
    return "–" if value is None else percent(100 * value)


def figure(value: Decimal | float | None, places: int = 2) -> str:
    """A number."""
    return "–" if value is None else str(format_decimal(round(Decimal(str(value)), places)))


def moment(value: dt.datetime) -> str:
    """A point in time by the reader's clock."""
    return str(format_datetime(value, "short"))


def clock(value: dt.datetime) -> str:
    """The time of day of a point in time by the reader's clock, to the second."""
    return str(format_time(value, "medium"))


def amount(value: Decimal | float | None) -> str:
    """An amount in major units of the company's currency."""
    if value is None:
        return "–"
    return str(format_currency(Decimal(str(value)), current_company().currency))


def measured(value: float | None, unit: str) -> str:
    """A figure of a measure in major units; a rate in percentage points."""
    if unit == "money":
        return amount(value)
    return share(value) if unit == "ratio" else figure(value)
