"""The reasons of prices in words, in the language of whoever reads them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from flask_babel import format_date, format_decimal

from plugin_api.context import Text, lazy_pgettext
from plugin_api.context import lazy_gettext as _

WHAT: Mapping[str, Text] = {
    "list_price": _("List price"),
    "terms": _("Terms of a price list"),
    "rule": _("Price rule"),
    "price": _("Price"),
    "list": _("Price list"),
    "floor": _("Price floor"),
    "promotion": _("Promotion"),
}
WHY: Mapping[str, Text] = {
    "list": _("What it costs wherever nothing else is said."),
    "no_list": _("The product has no list price in this currency."),
    "no_cost": _("It is not known what the product costs."),
    "off": lazy_pgettext("rule", "It is switched off."),
    "early": _("It begins on %(day)s."),
    "late": _("It ended on %(day)s."),
    "currency": _("It is in %(wanted)s, and %(found)s is asked for."),
    "grade": _("It is for the grade %(wanted)s; this account has %(found)s."),
    "region": _("It is for the region %(wanted)s; here it is %(found)s."),
    "channel": _("It is for the channel %(wanted)s; here it is %(found)s."),
    "condition": _("It is for other accounts: %(wanted)s."),
    "taken": _("Another list of higher priority has given the price."),
    "list_off": _("The list %(list)s is switched off."),
    "fits": _("They fit: the list %(list)s is asked."),
    "falls_back": _("%(list)s falls back on %(above)s."),
    "none_on_list": _("This list has no price of it."),
    "stays": _("It was given by hand, or stays as it was agreed."),
    "on_list": _("The price that stands on the list."),
    "has_price": _("The list has a price of the product alone."),
    "quantity": _("It begins at a quantity of %(wanted)s; this is %(found)s."),
    "by_fixed": _("A fixed price of %(amount)s."),
    "by_off": _("%(percent)s %% off."),
    "by_less": _("%(amount)s off."),
    "by_formula": _("By a formula."),
    "by_plus": _("The cost and %(percent)s %% more."),
    "taken_off": _("%(amount)s taken off; %(left)s is left."),
    "given": _("Given for nothing, worth %(amount)s."),
    "gift": _("%(quantity)s × %(product)s for nothing, worth %(amount)s."),
    "group": _("“%(other)s” of the same exclusion group applies."),
    "nothing": _("It is about other products."),
    "too_many": _("It ends at a quantity of %(wanted)s; this is %(found)s."),
    "amount": _("It begins at an amount of %(wanted)s; this is %(found)s."),
    "no_gain": _("It comes to nothing here."),
    "budget": _("Of its budget %(left)s is left; this needs %(amount)s."),
    "cap": _("It is used up: %(wanted)s orders have had it."),
    "account_cap": _("The account has had it as often as it may: %(wanted)s."),
    "coupon": _("It opens with a coupon."),
    "coupon_late": _("The coupon %(code)s ended on %(day)s."),
    "coupon_used": _("The coupon %(code)s is used up."),
    "above": _("The net price keeps to it."),
    "below_price": _("The net price is below the lowest of %(lowest)s."),
    "below_margin": _("The margin is too low."),
}


NUMBERS = ("percent", "quantity")
AMOUNTS = ("amount", "left", "lowest")


class Said(NamedTuple):
    """A step as people read it. ``key`` leads to the record that it is about."""

    what: Text
    name: str
    why: str
    did: bool
    price: Decimal | None
    key: str
    version: int | None


def said(step: Mapping[str, Any]) -> Said:
    """What a kept step says."""
    args = {name: _shown(name, value) for name, value in step.get("args", {}).items()}
    why = WHY.get(step["why"], step["why"])
    return Said(
        WHAT.get(step["what"], step["what"]), step.get("name", ""), str(why) % _Filled(args),
        bool(step.get("did")), Decimal(step["price"]) if step.get("price") else None,
        step.get("key", ""), step.get("version"),
    )  # fmt: skip


class _Filled(dict[str, str]):
    """A step that was kept before a word was added to its reason is still readable."""

    def __missing__(self, name: str) -> str:
        return "–"


def _shown(name: str, value: str) -> str:
    if name == "day":
        return str(format_date(date.fromisoformat(value), "medium"))
    if name in AMOUNTS:
        return str(format_decimal(Decimal(value), format="#,##0.00##"))
    if name in NUMBERS or (name in ("wanted", "found") and _is_number(value)):
        return str(format_decimal(Decimal(value)))
    return value


def _is_number(value: str) -> bool:
    return value.replace(".", "", 1).isdigit()


SPANS: Mapping[str, Text] = {
    "before": _("As long before"),
    "during": _("While it ran"),
    "after": _("As long after"),
    "year": _("A year earlier"),
}
SHORT: Mapping[str, Text] = {
    "quantity": _("The quantity is too low"),
    "too_many": _("The quantity is too high"),
    "amount": _("The amount is too low"),
    "nothing": _("It is about other products."),
    "no_gain": _("It comes to nothing here."),
    "condition": _("It is for others"),
    "grade": _("It is for others"),
    "region": _("It is for others"),
    "channel": _("It is for others"),
}


def short(reason: str) -> Text:
    """A reason that stands for many orders."""
    return SHORT.get(reason, WHY.get(reason, reason))
