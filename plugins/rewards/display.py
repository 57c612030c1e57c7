"""Amounts, kinds and oddities as pages of rewards show them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask_babel import format_currency, format_decimal

from plugin_api.context import Text, current_company, lazy_pgettext
from plugin_api.context import lazy_gettext as _
from plugin_api.money import from_minor
from plugins.rewards.models.catalogue import KINDS
from plugins.rewards.models.given import ENTRY_KINDS, STATES

KIND_LABELS: Mapping[str, Text] = {each.value: each.label for each in KINDS} | {
    "kudos": lazy_pgettext("culture", "Kudos")
}
KIND_ICONS = {
    "money": "cash-coin", "gift": "gift", "title": "award", "badge": "patch-check",
    "training": "mortarboard", "day_off": "sun", "kudos": "heart",
}  # fmt: skip
ENTRY_LABELS = {each.value: each.label for each in ENTRY_KINDS}
ENTRY_TONES = {each.value: each.tone for each in ENTRY_KINDS}
STATE_LABELS = {each.value: each.label for each in STATES}
STATE_TONES = {each.value: each.tone for each in STATES}
FLAGS: Mapping[str, Text] = {
    "cancelled": _("%(lost)s of it were cancelled or taken back since."),
    "pulled": _("Only %(after)s followed where %(expected)s are usual: sold earlier?"),
    "split": _("%(records)s records, of half the usual size or less; %(before)s are usual: split?"),
    "bunched": _("%(records)s on one day; never more than %(before)s before."),
}


def money(minor: int | None) -> str:
    """Minor units in the company's currency."""
    unit = current_company().currency
    return "–" if minor is None else str(format_currency(from_minor(minor, unit), unit))


def figure(value: Decimal | None, is_money: bool) -> str:
    """A figure of a contest: an amount in major units, or a number."""
    if value is None:
        return "–"
    if is_money:
        return str(format_currency(value, current_company().currency))
    return str(format_decimal(round(value, 2)))


def score(value: Decimal | None, kind: str, is_money: bool) -> str:
    """A score: percent of one's own history, or a figure."""
    if value is None:
        return "–"
    return f"{format_decimal(round(value, 1))}%" if kind == "history" else figure(value, is_money)


def flag(found: Mapping[str, Any]) -> str:
    """What looks odd, in words."""
    numbers = {
        name: str(format_decimal(Decimal(value))) for name, value in found.items() if name != "key"
    }
    return str(FLAGS[found["key"]]) % numbers
