"""What nobody may give away without being asked."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from plugin_api import host
from plugin_api.context import current_actor, gettext, has_permission
from plugin_api.errors import Rejected
from plugins.sales.access import DISCOUNT
from plugins.sales.services.amounts import discount_of, margin_of
from plugins.sales.settings import LEAST_MARGIN, MOST_DISCOUNT


def check(lines: Iterable[Any]) -> None:
    """Refuse lines that are cheaper than the company allows the actor. Raises Rejected.

    The discount is told of the list price where one is known, else of the price.
    """
    lines = list(lines)
    if current_actor().is_system:
        return
    for line in lines:
        if line.price_check == "refuse":
            raise Rejected("price", gettext("“%(line)s” is below its price floor.",
                                            line=line.description or line.position))  # fmt: skip
    if has_permission(DISCOUNT):
        return
    most = Decimal(host().setting(MOST_DISCOUNT))
    least = Decimal(host().setting(LEAST_MARGIN))
    net, cost = Decimal(0), Decimal(0)
    for line in lines:
        if line.price_check == "release":
            raise Rejected(
                "price",
                gettext(
                    "“%(line)s” is below its price floor. Ask somebody who may give any discount.",
                    line=line.description or line.position,
                ),
            )
        given = _given(line)
        if given > most:
            raise Rejected(
                "discount",
                gettext(
                    "“%(line)s” is %(given)s %% below the list; more than %(most)s %% needs"
                    " somebody who may give any discount.",
                    line=line.description or line.position,
                    given=f"{given.normalize():f}",
                    most=f"{most.normalize():f}",
                ),
            )
        if line.cost is not None:
            net, cost = net + line.net, cost + line.cost * line.quantity
    margin = margin_of(net, cost if net else None)
    if least and margin is not None and margin < least:
        # Not how large it is: what things cost is not for everybody to know.
        raise Rejected(
            "", gettext("The margin is too low. Ask somebody who may give any discount.")
        )


def _given(line: Any) -> Decimal:
    """What was given away by hand, in percent: price lists and promotions are what the company has
    decided on."""
    if line.trace and not line.by_hand:
        whole = line.quantity * (line.price or Decimal(0)) - line.taken_off
        return discount_of(Decimal(1), whole, line.net)
    listed = line.list_price if line.list_price is not None else line.price
    return discount_of(line.quantity, listed or Decimal(0), line.net)
