"""What a promotion brought, held against the time before it, after it, and a year ago.

A comparison and no proof: seasons, other promotions and purchases that were only brought forward
are in it too. The time after it is there to see the last.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import today
from plugins.pricing.models import Claim, Promotion
from plugins.pricing.services import book, customers, offers
from plugins.pricing.services.fitting import why_not
from plugins.pricing.services.past import Bought, orders

YEAR = 364
"""Days: so that week days fall on themselves."""


@dataclass(frozen=True, slots=True)
class Span:
    """A time, with what was sold in it of what the promotion is about, to whom it is for. Minor
    units of the company's currency; ``whole`` is false while the time is not over."""

    name: str
    start: dt.date
    end: dt.date
    orders: int
    net: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Lift:
    """The time of the promotion and those it is held against; ``cost`` is what it gave away."""

    spans: tuple[Span, ...]
    cost: int
    claims: int


def of(promotion: Promotion) -> Lift | None:
    """What it brought; None for one that has no first day or has not begun."""
    start, now = promotion.valid_from, today()
    if start is None or start > now:
        return None
    end = min(promotion.valid_to or now, now)
    days = dt.timedelta(days=(end - start).days + 1)
    one = dt.timedelta(days=1)
    year = dt.timedelta(days=YEAR)
    times = [
        ("before", start - days, start - one), ("during", start, end),
        ("after", end + one, end + days), ("year", start - year, end - year),
    ]  # fmt: skip
    held = {name: orders(first, min(last, now)) for name, first, last in times if first <= now}
    concerned = _concerned(promotion, [each for found in held.values() for each in found])
    spans = []
    for name, first, last in times:
        if name in held:
            nets = [net for each in held[name] if (net := concerned(each)) is not None]
            spans.append(Span(name, first, last, len(nets), sum(nets), last <= now))
    asked = sa.select(sa.func.coalesce(sa.func.sum(Claim.amount), 0), sa.func.count(Claim.id))
    live = asked.where(Claim.promotion_id == promotion.id, Claim.released_on.is_(None))
    cost, claims = host().session.execute(live).one()
    return Lift(tuple(spans), int(cost), claims)


def _concerned(promotion: Promotion, past: Sequence[Bought]) -> Callable[[Bought], int | None]:
    """What an order came to of what the promotion is about; None where it is for others or about
    nothing of it."""
    read = offers.read((), (), (), [promotion.id])
    [running] = [each for each in read.running if each.row.id == promotion.id]
    products = {part.product for part in running.parts if part.product is not None}
    categories = {part.category for part in running.parts if part.category is not None}
    known = customers.known({each.account for each in past if each.account}, read.conditions())
    goods = book.read({line.product for each in past for line in each.lines}).goods

    def net_of(bought: Bought) -> int | None:
        customer = customers.seen_as(
            known.get(bought.account or 0), region=bought.region, channel=bought.channel
        )
        if why_not(running.audience, customer, bought.on, "") is not None:
            return None
        nets = [
            line.net
            for line in bought.lines
            if not running.parts
            or line.product in products
            or categories.intersection(goods[line.product].groups)
        ]
        return sum(nets) if nets else None

    return net_of
