from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from plugin_api import hookimpl
from plugin_api.access import RoleGrants
from plugin_api.measures import Measure, Ratio

from .models import Visit


def _facts(value: Any, *where: Any) -> Callable[[], sa.Select[Any]]:
    return lambda: sa.select(
        Visit.on.label("on"),
        value.label("value"),
        Visit.owner_id.label("user_id"),
        Visit.id.label("record_id"),
    ).where(*where)


_one = sa.literal_column("1", type_=sa.Integer())


@hookimpl
def register_models() -> Any:
    return [Visit]


@hookimpl
def register_measures() -> Any:
    return [
        Measure(
            key="visits.fees", label="Fees", unit="money", model="visits.Visit",
            facts=_facts(Visit.fee), description="Fees of visits by their day.",
        ),
        Measure(
            key="visits.held", label="Visits held", unit="count", model="visits.Visit",
            facts=_facts(_one),
        ),
        Measure(
            key="visits.paid", label="Paid visits", unit="count", model="visits.Visit",
            facts=_facts(_one, Visit.paid),
        ),
        Ratio(
            key="visits.paid_rate", label="Paid share", unit="ratio",
            numerator="visits.paid", denominator="visits.held",
        ),
    ]  # fmt: skip


@hookimpl
def register_roles() -> Any:
    return [
        RoleGrants(role="manager", grants={"visits.Visit.*": "subtree"}),
        RoleGrants(role="rep", grants={"visits.Visit.*": "own"}),
    ]
