"""How far opportunities of a pipeline come, from the figures that everybody sees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugins.crm.models import Opportunity
from plugins.crm.services.attention import in_use
from plugins.crm.services.stages import Step, steps_of
from plugins.crm.services.velocity import (
    Expectation,
    conversion,
    expectation,
    sales_velocity,
)


@dataclass(frozen=True, slots=True)
class Reach:
    """A stage and how many reached it. ``to_next`` and ``of_all`` are shares of 1."""

    step: Step
    reached: int
    to_next: Decimal | None
    of_all: Decimal | None


def stage_conversion(
    pipeline_id: int,
    start: date | None = None,
    end: date | None = None,
    filters: Mapping[str, Any] | None = None,
) -> list[Reach]:
    """For each stage up to winning: how many of those created in the period reached it.

    By their history, within what the actor may see; see :mod:`plugins.crm.measures.reached`.
    """
    asked = {**(filters or {}), "pipeline": pipeline_id}
    points = host().measures.table("crm.reached", start, end, ("stage",), asked)
    found = {point.keys[0]: int(point.value or 0) for point in points}
    pipeline = steps_of(pipeline_id)
    path = [step for step in pipeline if step.outcome == "open"]
    path += [step for step in pipeline if step.outcome == "won"][:1]
    reached = [found.get(step.id, 0) for step in path]
    shares = [*conversion(reached), None]
    first = reached[0] if reached else 0
    return [
        Reach(step, count, share, Decimal(count) / first if first else None)
        for step, count, share in zip(path, reached, shares, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Speed:
    """The four levers of a pipeline and what they yield a day, money in minor units."""

    opportunities: Decimal
    average_won: Decimal | None
    win_rate: Decimal | None
    cycle_days: Decimal | None
    per_day: Decimal | None


def speed(pipeline_id: int, start: date, end: date) -> Speed:
    """The sales velocity: what is open now, with the success and the pace of the period."""
    measures, filters = host().measures, {"pipeline": pipeline_id}
    average, rate, days = (
        measures.value(key, start, end, filters)
        for key in ("crm.average_deal", "crm.win_rate", "crm.cycle_days")
    )
    count = measures.value("crm.open_count", filters=filters) or Decimal(0)
    return Speed(count, average, rate, days, sales_velocity(count, average, rate, days))


def outlook(pipeline_id: int, start: date, end: date) -> Expectation:
    """What was won in the period and what is to be expected of all that is open now.

    Each open opportunity counts by its own probability; minor units.
    """
    won = host().measures.value("crm.won_amount", start, end, {"pipeline": pipeline_id})
    deals = host().session.execute(
        sa.select(Opportunity.amount_company, Opportunity.probability).where(
            in_use(),
            Opportunity.pipeline_id == pipeline_id,
            Opportunity.amount_company.is_not(None),
            host().records.visible(Opportunity),
        )
    )
    return expectation(
        won or Decimal(0),
        ((Decimal(amount or 0), percent or Decimal(0)) for amount, percent in deals),
    )
