"""What promotions give away."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from plugin_api.context import lazy_gettext as _
from plugin_api.measures import Dimension, Measure, Ratio
from plugins.pricing.models import Claim

DIMENSIONS = {
    "promotion": Dimension(label=_("Promotion"), target="pricing.Promotion"),
    "coupon": Dimension(label=_("Coupon"), target="pricing.Coupon"),
}


def _facts(value: Any) -> Any:
    def made() -> sa.Select[Any]:
        asked: Any = sa.select(
            Claim.on.label("on"),
            value.label("value"),
            sa.null().label("user_id"),
            Claim.id.label("record_id"),
            Claim.promotion_id.label("promotion"),
            Claim.coupon_id.label("coupon"),
        ).where(Claim.released_on.is_(None))
        return asked  # type: ignore[no-any-return]

    return made


MEASURES: tuple[Measure | Ratio, ...] = (
    Measure(
        key="pricing.promotion_cost", label=_("Given away by promotions"), unit="money",
        model="pricing.Claim", facts=_facts(Claim.amount), dimensions=DIMENSIONS,
        direction="down", fields=("amount",),
        description=_("What promotions took off confirmed orders, and the price of gifts, on the"
                      " day ordered; cancelled orders left out."),
    ),
    Measure(
        key="pricing.promotion_orders", label=_("Orders with promotions"), unit="count",
        model="pricing.Claim", facts=_facts(sa.literal_column("1", type_=sa.Integer())),
        dimensions=DIMENSIONS,
        description=_("How often confirmed orders had a promotion; cancelled ones left out."),
    ),
)  # fmt: skip
