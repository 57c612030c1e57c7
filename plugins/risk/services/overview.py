"""The register at a glance: the heat map and what stands out, in a few statements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import today
from plugins.risk.models import Incident, Indicator, Response, Risk
from plugins.risk.services import appetite, scoring
from plugins.risk.services.simulation import Peril

MOST, YEAR = 10, 365


@dataclass(frozen=True, slots=True)
class Cell:
    """A place of the heat map; ``over`` beyond the appetite of the category, or of any."""

    likelihood: int
    impact: int
    count: int
    band: str
    over: bool
    query: Mapping[str, Any]


def visible(*where: Any) -> tuple[Any, ...]:
    """Risks of the register that the actor sees."""
    return (Risk.state == "open", host().records.visible(Risk), *where)


def heat(level: str, category: str = "") -> list[list[Cell]]:
    """Rows of the heat map, the highest likelihood first. One statement."""
    likelihood: Any = getattr(Risk, f"{level}_likelihood" if level else "likelihood")
    impact: Any = getattr(Risk, f"{level}_impact" if level else "impact")
    where = visible(*([Risk.category == category] if category else []))
    asked = sa.select(likelihood, impact, sa.func.count(Risk.id)).where(
        likelihood.is_not(None), impact.is_not(None), *where
    )
    counted = {
        (row[0], row[1]): row[2]
        for row in host().session.execute(asked.group_by(likelihood, impact))
    }
    lines = appetite.lines()
    most = lines[category].score if category in lines else None
    if most is None:
        most = min((line.score for line in lines.values() if line.score is not None), default=None)
    if most is None:
        most = appetite.USUAL
    narrowed = {"category": category} if category else {}
    return [
        [
            Cell(
                row, column, counted.get((row, column), 0), scoring.band(row * column),
                row * column > most,
                {"state": "open", likelihood.key: row, impact.key: column, **narrowed},
            )
            for column in scoring.STEPS
        ]
        for row in reversed(scoring.STEPS)
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of a category; losses in minor units."""

    category: str
    count: int
    over: int
    expected: int
    late: int


def totals() -> list[Totals]:
    """By category. One statement."""
    asked = (
        sa.select(
            Risk.category,
            sa.func.count(Risk.id),
            sa.func.count(sa.case((Risk.over_appetite, 1))),
            sa.func.coalesce(sa.func.sum(Risk.expected_loss), 0),
            sa.func.count(sa.case((Risk.review_on < today(), 1))),
        )
        .where(*visible())
        .group_by(Risk.category)
        .order_by(Risk.category)
    )
    return [
        Totals(row[0], *(int(each or 0) for each in row[1:]))
        for row in host().session.execute(asked)
    ]


def top(most: int = MOST) -> Sequence[Risk]:
    """The risks that come first. One statement."""
    asked = sa.select(Risk).where(*visible(Risk.priority.is_not(None)))
    order = (Risk.priority.desc(), sa.func.coalesce(Risk.expected_loss, 0).desc(), Risk.id)
    return host().session.scalars(asked.order_by(*order).limit(most)).all()


def perils(level: str = "current") -> tuple[list[Peril], int]:
    """What a simulation takes from the register, and how many risks lack a probability or a loss.
    ``current``: as risks stand; ``residual``: as they will, where that is assessed. One
    statement."""
    names = ("probability", "low", "loss", "high")
    kept = [
        *(getattr(Risk, f"{each}_{name}") for each in ("residual", "current", "inherent")
          for name in names),
    ]  # fmt: skip
    asked = sa.select(Risk.category, *kept).where(*visible())
    made, missing = [], 0
    for category, *values in host().session.execute(asked):
        levels = [values[i : i + 4] for i in range(0, 12, 4)]
        if level == "inherent":
            levels = levels[2:]
        elif level == "current":
            levels = levels[1:]
        found = next((each for each in levels if each[0] is not None and each[2] is not None), None)
        if found is None:
            missing += 1
            continue
        probability, low, loss, high = found
        made.append(
            Peril(
                float(probability / 100), loss if low is None else low, loss,
                loss if high is None else high, category,
            )
        )  # fmt: skip
    return made, missing


def chances(found: Sequence[Peril]) -> Decimal:
    """The chance that at least one of them happens, if none depends on another."""
    return scoring.at_least_one(Decimal(str(each.chance)) * 100 for each in found)


def alarms() -> Sequence[Indicator]:
    """Indicators that warn. One statement."""
    asked = sa.select(Indicator).where(
        Indicator.active, Indicator.standing.in_(("alarm", "warning")),
        host().records.visible(Indicator),
    )  # fmt: skip
    return host().session.scalars(asked.order_by(Indicator.standing, Indicator.name)).all()


def waiting() -> Sequence[Response]:
    """Acceptances that wait for approval. One statement."""
    asked = sa.select(Response).where(
        Response.state == "planned", Response.strategy == "accept",
        host().records.visible(Response),
    )  # fmt: skip
    return host().session.scalars(asked.order_by(Response.expires_on, Response.id)).all()


def incidents(risk: Risk | None = None) -> tuple[int, int]:
    """How many there were in twelve months, and what they have cost: all of a risk, else those
    that the actor sees. One statement."""
    which = host().records.visible(Incident) if risk is None else Incident.risk_id == risk.id
    asked = sa.select(
        sa.func.count(Incident.id), sa.func.coalesce(sa.func.sum(Incident.loss), 0)
    ).where(
        Incident.on > today() - dt.timedelta(days=YEAR), Incident.near_miss.is_(False), which
    )  # fmt: skip
    row = host().session.execute(asked).one()
    return int(row[0]), int(row[1] or 0)
