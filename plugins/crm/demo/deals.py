"""Opportunities of a demo company, and the way each has gone."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from plugin_api.money import convert, precision
from plugins.crm.demo.words import Words
from plugins.crm.services.stages import Step

SEASON = (0.85, 0.6, 1.25, 1.0, 1.0, 1.2, 0.8, 0.8, 1.2, 0.95, 1.1, 1.3)
"""How much business begins in each month, January first."""
WIN_RATE = 0.3


@dataclass(frozen=True, kw_only=True, slots=True)
class Market:
    """What opportunities are made of."""

    words: Words
    accounts: Sequence[tuple[int, int | None]]
    """Accounts as (id, owner)."""
    contacts: Mapping[int, Sequence[int]]
    """People by account."""
    products: Sequence[tuple[int, int]]
    """Products as (id, price in minor units of the company's currency)."""
    skill: Mapping[int | None, float]
    """How much better or worse than others an owner wins."""
    open_steps: Sequence[Step]
    win_reasons: Sequence[int]
    loss_reasons: Sequence[int]
    currency: str
    rates: Mapping[str, Decimal]
    """Other currencies that are sold in, and what one unit is worth."""


@dataclass(slots=True)
class Deal:
    """A row to create, and the stages it went through with the day it entered each."""

    row: dict[str, Any]
    path: list[tuple[int, date]] = field(default_factory=list)
    pushes: list[tuple[date, date]] = field(default_factory=list)
    """Earlier expected closes, each with the day on which it was put off."""


def start_days(chance: random.Random, count: int, first: date, last: date) -> list[date]:
    """Days on which business begins: more in busy months, a little more every year."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    work = [day for day in days if day.isoweekday() <= 5]
    growth = [1 + 0.35 * (day - first).days / max(len(days), 1) for day in work]
    weights = [SEASON[day.month - 1] * g for day, g in zip(work, growth, strict=True)]
    return sorted(chance.choices(work, weights, k=count))


def deal(chance: random.Random, market: Market, begun: date, last: date) -> Deal:
    """One opportunity that began on a day, as it stands on the last one."""
    account_id, owner_id = chance.choice(market.accounts)
    product_id, price = chance.choices(
        market.products, [1 / (1 + price) ** 0.35 for _id, price in market.products]
    )[0]
    quantity = max(1, int(chance.lognormvariate(0.9, 0.8)))
    currency, amount = _amount(chance, market, price * quantity)
    cycle = max(4, int(chance.gammavariate(3.2, 20)))
    ends = begun + timedelta(days=cycle)
    row: dict[str, Any] = {
        "account_id": account_id,
        "contact_id": chance.choice(market.contacts[account_id]),
        "product_id": product_id,
        "owner_id": owner_id,
        "amount": amount,
        "currency": currency,
        "source": chance.choices(*zip(*market.words.sources, strict=True))[0],
        "created_on": begun,
    }
    made = Deal(row)
    if ends <= last:
        _close(chance, market, made, ends)
    else:
        _keep_open(chance, market, made, ends, last)
    return made


def _close(chance: random.Random, market: Market, made: Deal, ends: date) -> None:
    row, steps = made.row, market.open_steps
    begun: date = row["created_on"]
    rate = WIN_RATE * market.skill.get(row["owner_id"], 1.0)
    if chance.random() < 0.012:
        row["outcome"] = "void"
        made.path = _path(steps[:1], begun, ends)
        row["stage_id"] = steps[0].id
        return
    won = chance.random() < rate
    reached = len(steps) if won else chance.choices(range(1, len(steps) + 1), (34, 30, 24, 12))[0]
    made.path = _path(steps[:reached], begun, ends)
    row["stage_id"] = made.path[-1][0]
    row["outcome"] = "won" if won else "lost"
    row["closed_on"] = ends
    row["expected_close"] = ends + timedelta(days=chance.randint(-25, 12))
    if won:
        row["win_reason_id"] = chance.choice(market.win_reasons) if chance.random() < 0.7 else None
    else:
        row["loss_reason_id"] = chance.choice(market.loss_reasons)
        row["archived"] = chance.random() < 0.15
        if chance.random() < 0.35:
            row["competitor"] = chance.choice(market.words.competitors)


def _keep_open(chance: random.Random, market: Market, made: Deal, ends: date, last: date) -> None:
    row, steps = made.row, market.open_steps
    begun: date = row["created_on"]
    progress = (last - begun).days / max((ends - begun).days, 1)
    reached = min(len(steps), 1 + int(progress * len(steps) * chance.uniform(0.6, 1.1)))
    made.path = _path(steps[:reached], begun, last + timedelta(days=1))
    row["stage_id"] = made.path[-1][0]
    row["expected_close"] = ends + timedelta(days=chance.randint(-20, 30))
    row["next_step"] = chance.choice(market.words.steps) if chance.random() < 0.8 else None
    if chance.random() < 0.3 and (last - begun).days > 30:
        put_off = begun + timedelta(days=chance.randint(15, (last - begun).days))
        earlier = row["expected_close"] - timedelta(days=chance.randint(14, 60))
        made.pushes.append((earlier, put_off))


def _path(steps: Sequence[Step], begun: date, ends: date) -> list[tuple[int, date]]:
    """The days on which each stage was entered, evenly from the first to the end."""
    span = (ends - begun).days
    return [
        (step.id, begun + timedelta(days=span * number // len(steps)))
        for number, step in enumerate(steps)
    ]


def _amount(chance: random.Random, market: Market, total: int) -> tuple[str, int]:
    """A currency, now and then another one, and an amount in it with a discount."""
    currency, amount = market.currency, total * chance.randint(82, 100) // 100
    if market.rates and chance.random() < 0.18:
        currency = chance.choice(sorted(market.rates))
        amount = convert(amount, market.currency, currency, 1 / market.rates[currency])
    unit: int = 10 * 10 ** precision(currency)
    return currency, max(amount // unit, 1) * unit
