"""What orders come to of their list prices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from plugin_api.context import lazy_gettext as _
from plugin_api.measures import Dimension, Measure, Ratio
from plugins.crm.api import Account
from plugins.sales.models import Order

DIMENSIONS = {
    "account": Dimension(label=_("Account"), target="crm.Account"),
    "industry": Dimension(label=_("Industry")),
    "region": Dimension(label=_("Region")),
    "channel": Dimension(label=_("Channel"), target="sales.Channel"),
}


def _facts(value: Any) -> Callable[[], sa.Select[Any]]:
    def made() -> sa.Select[Any]:
        account = sa.and_(Account.company_id == Order.company_id, Account.id == Order.account_id)
        return (
            sa.select(
                Order.ordered_on.label("on"),
                value.label("value"),
                sa.func.coalesce(Order.credited_id, Order.owner_id).label("user_id"),
                Order.id.label("record_id"),
                Order.account_id.label("account"),
                Account.industry.label("industry"),
                Order.region.label("region"),
                Order.channel_id.label("channel"),
            )
            .select_from(Order)
            .outerjoin(Account, account)
            .where(Order.status.not_in(("draft", "cancelled")), Order.ordered_on.is_not(None))
        )

    return made


def _measure(name: str, label: Any, value: Any, description: Any, **more: Any) -> Measure:
    fields = ("amount", "amount_company", "list_amount", "list_company")
    return Measure(
        key=f"sales.{name}", label=label, unit="money", model="sales.Order", facts=_facts(value),
        dimensions=DIMENSIONS, description=description, fields=fields, **more,
    )  # fmt: skip


MEASURES: tuple[Measure | Ratio, ...] = (
    _measure(
        "list_value", _("Ordered at list prices"), Order.list_company,
        _("What confirmed orders would come to at list prices, on the day ordered; lines without a"
          " list price count as they are."),
    ),
    _measure(
        "order_value", _("Ordered"), Order.amount_company,
        _("What the same orders come to, without tax."),
    ),
    _measure(
        "discount_given", _("Discount given"), Order.list_company - Order.amount_company,
        _("List prices less what orders come to: by price lists, promotions and by hand."),
        direction="down",
    ),
    Ratio(
        key="sales.price_realisation", label=_("Price realisation"), unit="ratio",
        numerator="sales.order_value", denominator="sales.list_value",
        description=_("What orders come to, of their list prices."),
    ),
)  # fmt: skip
