"""Figures over sales. Money is what was stored in the company's currency."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from plugin_api.measures import Dimension, Measure, Ratio

from .models import OUTCOMES, Sale

DIMENSIONS = {
    "customer": Dimension(label="Customer", target="ledger.Customer"),
    "outcome": Dimension(
        label="Outcome", labels={choice.value: choice.label for choice in OUTCOMES}
    ),
    "urgent": Dimension(label="Urgent"),
}


def _facts(value: Any, on: Any, *where: sa.ColumnElement[bool]) -> Callable[[], sa.Select[Any]]:
    def facts() -> sa.Select[Any]:
        return sa.select(
            on.label("on"), value.label("value"), Sale.user_id.label("user_id"),
            Sale.id.label("record_id"), Sale.customer_id.label("customer"),
            Sale.outcome.label("outcome"), Sale.urgent.label("urgent"),
        ).where(*where)  # fmt: skip

    return facts


def _measure(name: str, unit: Any, facts: Callable[[], sa.Select[Any]], **kw: Any) -> Measure:
    return Measure(
        key=f"ledger.{name}", label=name.replace("_", " ").capitalize(), unit=unit,
        model="ledger.Sale", facts=facts, dimensions=DIMENSIONS, **kw,
    )  # fmt: skip


_one = sa.literal_column("1", type_=sa.Integer())
_won, _decided = Sale.outcome == "won", Sale.outcome.in_(("won", "lost"))
# A chance of 50 % is held as 5000 hundredths.
_weighted = Sale.amount_company * sa.type_coerce(Sale.chance, sa.BigInteger()) // 10_000
_expected = sa.case((_won, Sale.amount_company), else_=_weighted)
_in_company, _closed = Sale.amount_company, Sale.closed_on

MEASURES: list[Measure | Ratio] = [
    _measure("created_count", "count", _facts(_one, Sale.opened_on)),
    _measure("created_won", "count", _facts(_one, Sale.opened_on, _won)),
    _measure("created_decided", "count", _facts(_one, Sale.opened_on, _decided)),
    _measure("won_amount", "money", _facts(_in_company, _closed, _won)),
    _measure("won_count", "count", _facts(_one, _closed, _won)),
    _measure("decided_amount", "money", _facts(_in_company, _closed, _decided)),
    _measure("decided_count", "count", _facts(_one, _closed, _decided)),
    _measure("won_days", "days", _facts(Sale.days, _closed, _won)),
    _measure("quantity", "number", _facts(Sale.quantity, _closed)),
    _measure(
        "open_amount", "money", _facts(_in_company, _closed, Sale.outcome == "open"), snapshot=True
    ),
    _measure(
        "weighted_amount", "money",
        _facts(_weighted, _closed, Sale.outcome == "open"),
        snapshot=True,
    ),
    _measure(
        "expected_amount", "money", _facts(_expected, _closed, Sale.outcome != "lost"),
        snapshot=True,
    ),
    Ratio(
        key="ledger.win_rate", label="Win rate", unit="ratio",
        numerator="ledger.won_count", denominator="ledger.decided_count",
    ),
    Ratio(
        key="ledger.win_rate_value", label="Win rate by value", unit="ratio",
        numerator="ledger.won_amount", denominator="ledger.decided_amount",
    ),
    Ratio(
        key="ledger.cohort_rate", label="Won of those created", unit="ratio",
        numerator="ledger.created_won", denominator="ledger.created_count",
    ),
    Ratio(
        key="ledger.cohort_decided_rate", label="Won of those decided", unit="ratio",
        numerator="ledger.created_won", denominator="ledger.created_decided",
    ),
    Ratio(
        key="ledger.average_sale", label="Average sale", unit="money",
        numerator="ledger.won_amount", denominator="ledger.won_count",
    ),
    Ratio(
        key="ledger.cycle_days", label="Cycle", unit="days",
        numerator="ledger.won_days", denominator="ledger.won_count",
    ),
    Ratio(
        key="ledger.price", label="Price of one", unit="money",
        numerator="ledger.won_amount", denominator="ledger.quantity",
    ),
]  # fmt: skip
