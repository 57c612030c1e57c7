"""Who may have a reward: people by a condition, and by a figure of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from plugin_api import host
from plugin_api.context import SYSTEM, acting_as, current_company, gettext, today
from plugin_api.errors import NotFound
from plugin_api.money import from_minor
from plugin_api.periods import period_of
from plugins.rewards.models import Reward
from plugins.rewards.services import people


class Reached(NamedTuple):
    """How far somebody is: money in major units; ``figure`` None where it is not available."""

    figure: Decimal | None
    threshold: Decimal
    start: date
    end: date


def last_full(span: str) -> tuple[date, date]:
    """The last month, quarter or year of the company that has ended."""
    year = current_company().fiscal_year_start
    start, _end = period_of(span, today(), year)
    return period_of(span, start - timedelta(days=1), year)


def figure(
    key: str, start: date, end: date, filters: dict[str, Any] | None = None
) -> Decimal | None:
    """A measure's figure whatever the actor may see; money in major units. None where it is not
    available."""
    with acting_as(current_company(), SYSTEM):
        try:
            unit = host().measures.get(key).unit
            found = host().measures.value(key, start, end, filters)
        except NotFound:
            return None
    return scaled(found or Decimal(0), unit)


def scaled(value: Decimal, unit: str) -> Decimal:
    """A figure as people read it."""
    return value * from_minor(1, current_company().currency) if unit == "money" else value


def why_not(reward: Reward, user_id: int) -> str:
    """Why somebody may not have a reward; empty for who may."""
    return why_not_any([reward], user_id)[0]


def why_not_any(rewards: Sequence[Reward], user_id: int) -> list[str]:
    """The same of several: each condition and each figure is asked for once."""
    fits: dict[str | None, bool] = {}
    figures: dict[tuple[str, str], Decimal | None] = {}
    found = []
    for each in rewards:
        if each.condition not in fits:
            fits[each.condition] = people.fits(user_id, each.condition)
        if not fits[each.condition]:
            found.append(str(gettext("It is for other people.")))
            continue
        if each.measure is None or each.threshold is None:
            found.append("")
            continue
        key, span = (each.measure, each.span), last_full(each.span)
        if key not in figures:
            figures[key] = figure(each.measure, *span, {"user": user_id})
        found.append(_short_of(Reached(figures[key], each.threshold, *span)))
    return found


def _short_of(found: Reached) -> str:
    if found.figure is None:
        return str(gettext("The figure that it goes by is not available."))
    if found.figure < found.threshold:
        return str(
            gettext(
                "%(threshold)s were needed from %(start)s to %(end)s, and %(figure)s reached.",
                threshold=f"{found.threshold:,.2f}", figure=f"{found.figure:,.2f}",
                start=found.start.isoformat(), end=found.end.isoformat(),
            )
        )  # fmt: skip
    return ""
