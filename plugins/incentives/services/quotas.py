"""What people are to reach, as ``targets`` has it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.models import model_of
from plugins.incentives.services import reading
from plugins.incentives.services.shapes import ZERO


def targets_of(measure: str) -> dict[int, dict[tuple[date, date], Decimal]]:
    """People's targets on a measure, by their days; money in major units. One statement."""
    target: Any = model_of("targets.Target")
    asked = sa.select(target.user_id, target.start, target.end, target.amount, target.quantity)
    made: dict[int, dict[tuple[date, date], Decimal]] = defaultdict(dict)
    for row in host().session.execute(
        asked.where(target.level == "user", target.measure == measure)
    ):
        amount = reading.major(row[3]) if row[3] is not None else (row[4] or ZERO)
        made[row[0]][row[1], row[2]] = amount
    return made
