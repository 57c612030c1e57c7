"""What a company says of itself, as texts: on its page of settings and in commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import available_timezones

from babel.numbers import list_currencies

from core.data import texts
from core.web.language import LANGUAGES
from plugin_api.context import Text, gettext
from plugin_api.context import lazy_gettext as _

LONGEST = 200
"""Characters of a name."""


def value_of(name: str, text: str) -> Any:
    """The typed value of one of :data:`FIELDS`. Raises ValueError with the reason."""
    return FIELDS[name](text.strip())


def _name(text: str) -> str:
    if not text:
        raise ValueError(gettext("A name is needed."))
    if len(text) > LONGEST:
        raise ValueError(gettext("At most %(length)s characters.", length=LONGEST))
    return texts.storable(text)


def _one_of(known: frozenset[str], text: str) -> str:
    if text not in known:
        raise ValueError(gettext("Choose one of the values."))
    return text


def _country(text: str) -> str:
    code = text.upper()
    if len(code) != 2 or not (code.isascii() and code.isalpha()):
        raise ValueError(gettext("Two letters, such as CN or DE."))
    return code


def _month(text: str) -> int:
    return int(_one_of(_numbers(12), text))


def _days(text: str) -> frozenset[int]:
    days = [part.strip() for part in text.split(",") if part.strip()]
    if not days:
        raise ValueError(gettext("At least one day is worked."))
    return frozenset(int(_one_of(_numbers(7), day)) for day in days)


def _numbers(last: int) -> frozenset[str]:
    return frozenset(str(number) for number in range(1, last + 1))


LABELS: Mapping[str, Text] = {
    "name": _("Name"),
    "currency": _("Currency"),
    "timezone": _("Time zone"),
    "language": _("Language"),
    "country": _("Country"),
    "fiscal_year_start": _("Fiscal year starts in"),
    "work_days": _("Working days"),
}
FIELDS: Mapping[str, Callable[[str], Any]] = {
    "name": _name,
    "currency": lambda text: _one_of(frozenset(list_currencies()), text),
    "timezone": lambda text: _one_of(frozenset(available_timezones()), text),
    "language": lambda text: _one_of(frozenset(LANGUAGES), text),
    "country": _country,
    "fiscal_year_start": _month,
    "work_days": _days,
}
"""Name → what reads its text: a month is 1 to 12, working days are such as ``1,2,3,4,5``."""
