"""Short words for tests of risks."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api.host import host
from plugins.risk.models import Action, Control, ControlTest, Response, Risk, Score
from tests.plugins.crm.kit import acting, user

__all__ = [
    "acting",
    "action",
    "control",
    "in_money",
    "proven",
    "response",
    "risk",
    "scores",
    "user",
]  # fmt: skip


def risk(owner: str | None = "ann", **values: Any) -> Risk:
    """A risk of the register."""
    given = {"name": "Loss of a key customer", "owner_id": user(owner) if owner else None}
    return host().records.create(Risk, {**given, **values})


def in_money(level: str, chance: int, loss: int, **more: Any) -> dict[str, Any]:
    """A level by its probability and its loss, in units of the currency."""
    return {f"{level}_probability": Decimal(chance), f"{level}_loss": loss * 100, **more}


def control(of: Risk, **values: Any) -> Control:
    """A control that operates."""
    given = {"name": "Visits each month", "risk_id": of.id, "owner_id": of.owner_id}
    return host().records.create(Control, {**given, **values})


def proven(of: Control, day: Any, result: str, **values: Any) -> ControlTest:
    """A test of a control."""
    given = {"control_id": of.id, "on": day, "result": result, "finding": "As the papers say"}
    return host().records.create(ControlTest, {**given, **values})


def response(of: Risk, strategy: str, **values: Any) -> Response:
    """A response, with what is given."""
    given = {"name": "What we do", "risk_id": of.id, "strategy": strategy}
    return host().records.create(Response, {"owner_id": of.owner_id, **given, **values})


def action(of: Risk, due: Any, **values: Any) -> Action:
    """An action."""
    given = {"name": "Meet their buyer", "risk_id": of.id, "due": due, "owner_id": of.owner_id}
    return host().records.create(Action, {**given, **values})


def scores(of: Risk) -> list[tuple[str, int | None, int | None]]:
    """How a risk was assessed over time: level, score, expected loss."""
    host().session.flush()
    host().session.settle()
    asked = sa.select(Score.level, Score.score, Score.expected_loss).where(Score.risk_id == of.id)
    return [tuple(row) for row in host().session.execute(asked.order_by(Score.id))]  # type: ignore[misc]
