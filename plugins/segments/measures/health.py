"""Figures of health."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from plugin_api.context import lazy_gettext as _
from plugin_api.measures import Dimension, Measure, Ratio
from plugins.crm.api import GRADES, Account
from plugins.segments.models import Health
from plugins.segments.services.health import FALLING

ONE = sa.literal_column("1", type_=sa.Integer())
DIMENSIONS = {
    "grade": Dimension(label=_("Grade"), labels={each.value: each.label for each in GRADES}),
    "industry": Dimension(label=_("Industry")),
}


def _facts(value: Any, *where: Any) -> Callable[[], sa.Select[Any]]:
    def facts() -> sa.Select[Any]:
        asked: Any = (
            sa.select(
                Health.month.label("on"),
                value.label("value"),
                Account.owner_id.label("user_id"),
                Health.id.label("record_id"),
                Account.grade.label("grade"),
                Account.industry.label("industry"),
            )
            .join(Account, Account.id == Health.account_id)
            .where(*where)
        )
        return asked  # type: ignore[no-any-return]

    return facts


def _measure(name: str, label: Any, facts: Any, description: Any, **kw: Any) -> Measure:
    return Measure(
        key=f"segments.{name}", label=label, unit="count", model="segments.Health", facts=facts,
        dimensions=DIMENSIONS, description=description, **kw,
    )  # fmt: skip


MEASURES: tuple[Measure | Ratio, ...] = (
    _measure(
        "health_points", _("Points of health"), _facts(Health.score),
        _("Points of all accounts, by month: what the average is made of."),
    ),
    _measure(
        "health_known", _("Accounts with a health"), _facts(ONE),
        _("Accounts of which something is known, by month."),
    ),
    _measure(
        "falling", _("Accounts that fall"), _facts(ONE, Health.change <= FALLING),
        _("Accounts that lost 10 points or more against the month before."), direction="down",
    ),
    Ratio(
        key="segments.health", label=_("Health of accounts"), unit="number",
        numerator="segments.health_points", denominator="segments.health_known",
        description=_("Average health of the accounts, from 0 to 100."),
    ),
)  # fmt: skip
