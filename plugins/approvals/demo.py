"""A rule for large orders, and what waits for approval by it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext
from plugin_api.errors import Refused
from plugin_api.models import model_of
from plugins.approvals.models import Request, Rule, Step
from plugins.approvals.services import moves

MOVE, FIGURE = "sales.Order:confirm", "sales.Order.amount_company"
ASKED = 2
"""Requests that wait."""


def load() -> None:
    """Nothing where no orders are written."""
    if not host().is_enabled("sales"):
        return
    order: Any = model_of("sales.Order")
    drafts = (
        host()
        .session.scalars(
            sa.select(order)
            .where(order.status == "draft", order.owner_id.is_not(None), order.total.is_not(None))
            .order_by(order.amount_company.desc(), order.id)
            .limit(ASKED)
        )
        .all()
    )
    rule = host().records.create(
        Rule,
        {
            "name": gettext("Large orders"), "move": MOVE, "figure": FIGURE,
            "at_least": _least(drafts),
        },
    )  # fmt: skip
    host().records.create(
        Step, {"rule": rule.id, "name": gettext("Sales manager"), "who": "manager", "position": 1}
    )
    finance: Any = model_of("core.Role")
    role = host().session.scalar(sa.select(finance.id).where(finance.code == "finance"))
    if role is not None:
        host().records.create(
            Step,
            {"rule": rule.id, "name": gettext("Finance"), "who": "role", "role": role,
             "position": 2},
        )  # fmt: skip
    for each in drafts:
        try:
            with host().acting_for(each.owner_id):
                host().records.create(
                    Request,
                    {"move": MOVE, "about_id": each.id,
                     "comment": gettext("The customer orders for the whole year.")},
                )  # fmt: skip
        except Refused:
            continue


def _least(drafts: Any) -> int:
    """So that few fall under it."""
    smallest = min((moves.figure_of(each, FIGURE) or 0 for each in drafts), default=Decimal(0))
    return max(int(smallest), 1)
