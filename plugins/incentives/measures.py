"""Figures of pay."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from plugin_api.context import lazy_gettext as _
from plugin_api.measures import Dimension, Measure
from plugins.incentives.models import Entry, Statement

DIMENSIONS = {"plan": Dimension(label=_("Incentive plan"), target="incentives.Plan")}


def _entered() -> sa.Select[Any]:
    columns: list[Any] = [
        Entry.end.label("on"), Entry.amount.label("value"), Entry.user_id.label("user_id"),
        Entry.id.label("record_id"), Entry.plan_id.label("plan"),
    ]  # fmt: skip
    return sa.select(*columns)


def _paid() -> sa.Select[Any]:
    columns: list[Any] = [
        Statement.end.label("on"), Statement.amount.label("value"),
        Statement.user_id.label("user_id"), Statement.id.label("record_id"),
        Statement.plan_id.label("plan"),
    ]  # fmt: skip
    return sa.select(*columns).where(Statement.state == "paid")


MEASURES = (
    Measure(
        key="incentives.earned", label=_("Incentive pay"), unit="money", model="incentives.Entry",
        facts=_entered, dimensions=DIMENSIONS, fields=("amount",),
        description=_("All entries, on the last day of the period that they belong to."),
    ),
    Measure(
        key="incentives.paid", label=_("Incentive pay that was paid"), unit="money",
        model="incentives.Statement", facts=_paid, dimensions=DIMENSIONS, fields=("amount",),
        description=_("Statements that are paid, on the last day of their period."),
    ),
)  # fmt: skip
