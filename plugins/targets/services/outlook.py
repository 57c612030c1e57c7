"""What the past and the open deals of people say about their targets, for everybody at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import has_permission, today
from plugin_api.models import model_of
from plugin_api.periods import month_start
from plugins.targets.services import reading
from plugins.targets.services.attainment import Row
from plugins.targets.services.chances import Chance, Mark, Month, by_deals, by_past, mark_of
from plugins.targets.services.pacing import Pacing
from plugins.targets.services.periods import Period, months_of
from plugins.targets.services.reading import Yardstick

MONTHS_BACK = 12
WON = "crm.won_amount"
"""The measure that open opportunities become."""
DEALS = "crm.Opportunity"
DEAL_FIELDS = ("amount_company", "weighted_amount", "expected_close", "outcome")


@dataclass(frozen=True, kw_only=True, slots=True)
class Outlook:
    """``overdue`` are open deals that are left out, since the day they were to close is past."""

    mark: Mark
    past: Chance | None = None
    deals: Chance | None = None
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class _Deals:
    counted: list[tuple[float, float]]
    overdue: int


NO_DEALS = _Deals([], 0)


def outlooks(stick: Yardstick, period: Period, rows: Sequence[Row]) -> dict[int, Outlook]:
    """By person, of the rows of a period that have a target; two statements, however many.

    Empty for what has no pace: ratios, figures of now, and those of which less is better.
    """
    mine = [row for row in rows if row.level == "user" and row.id is not None and row.pacing.quota]
    if not mine or not stick.additive or stick.measure.direction != "up":
        return {}
    ids = [row.id for row in mine if row.id is not None]
    going = any(row.pacing.remaining for row in mine)
    past = past_months(stick, ids) if going else {}
    deals = _open_deals(stick, period, ids) if going else {}
    return {
        row.id: outlook(row.pacing, past.get(row.id, []), deals.get(row.id, NO_DEALS))
        for row in mine
        if row.id is not None
    }


def outlook(pacing: Pacing, months: Sequence[Month], deals: _Deals = NO_DEALS) -> Outlook:
    """Of one target."""
    actual, quota = float(pacing.actual or 0), float(pacing.quota or 0)
    past = open_ = None
    if pacing.remaining and actual < quota:
        past = by_past(actual, quota, pacing.remaining, months)
        open_ = by_deals(actual, quota, deals.counted)
    mark = mark_of(
        actual=actual,
        quota=quota,
        pace=None if pacing.pace is None else float(pacing.pace),
        passed=pacing.elapsed / pacing.total if pacing.total else 1.0,
        past=past,
        deals=open_,
    )
    return Outlook(mark=mark, past=past, deals=open_, overdue=deals.overdue)


def of_person(stick: Yardstick, period: Period, user_id: int, pacing: Pacing) -> Outlook | None:
    """Of one target of one person; None for what has no pace."""
    if not stick.additive or stick.measure.direction != "up" or not pacing.quota:
        return None
    if not pacing.remaining:
        return outlook(pacing, [])
    past = past_months(stick, [user_id]).get(user_id, [])
    return outlook(pacing, past, _open_deals(stick, period, [user_id]).get(user_id, NO_DEALS))


def past_months(stick: Yardstick, ids: Collection[int]) -> dict[int, list[Month]]:
    """What each whole month of the past year brought, from a person's first one with a figure
    on; one statement."""
    this = today().replace(day=1)
    window = Period("custom", month_start(this, -MONTHS_BACK), this - timedelta(days=1))
    months = months_of(window)
    days = [host().calendar.work_days(month.start, month.end) for month in months]
    table = host().measures.table(
        stick.measure.key, window.start, window.end, by=("user", "month"),
        filters={"user": sorted(ids)},
    )  # fmt: skip
    brought: dict[Any, dict[str, Decimal]] = {}
    for point in table:
        user, month = point.keys
        brought.setdefault(user, {})[str(month)[:7]] = point.value or Decimal(0)
    made: dict[int, list[Month]] = {}
    for user, by_month in brought.items():
        values = [float(by_month.get(f"{month.start:%Y-%m}", 0)) for month in months]
        first = next((i for i, value in enumerate(values) if value), len(values))
        made[user] = [Month(value, day) for value, day in zip(values, days, strict=True)][first:]
    return made


def _open_deals(stick: Yardstick, period: Period, ids: Collection[int]) -> Mapping[int, _Deals]:
    """Open opportunities that are to close in the period, by owner."""
    if stick.measure.key != WON or not host().is_enabled("crm"):
        return {}
    if not has_permission(f"{DEALS}.read"):
        return {}
    deal: Any = model_of(DEALS)
    if not all(host().records.may_read(deal, name) for name in DEAL_FIELDS):
        return {}
    asked = sa.select(
        deal.owner_id, deal.amount_company, deal.weighted_amount, deal.expected_close
    ).where(
        deal.owner_id.in_(sorted(ids)),
        deal.outcome == "open",
        deal.archived.is_(False),
        deal.amount_company > 0,
        deal.expected_close <= period.end,
        host().records.visible(deal),
    )
    return _by_owner(host().session.execute(asked), today())


def _by_owner(rows: Iterable[Any], now: date) -> dict[int, _Deals]:
    made: dict[int, _Deals] = {}
    for owner, amount, weighted, closes in rows:
        held = made.get(owner, _Deals([], 0))
        if closes < now:
            made[owner] = _Deals(held.counted, held.overdue + 1)
        else:
            held.counted.append((float(amount), min(float(weighted or 0) / float(amount), 1.0)))
            made[owner] = held
    return made


def standing_of(stick: Yardstick, period: Period) -> tuple[list[Row], dict[int, Outlook]]:
    """Rows of everybody the actor may see, with what is to be said of people's targets."""
    rows = reading.attainment(stick, period, reading.all_teams(), reading.all_people())
    return rows, outlooks(stick, period, rows)
