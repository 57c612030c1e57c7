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
    if current_actor().is_system or has_permission(DISCOUNT):
        return
    most = Decimal(host().setting(MOST_DISCOUNT))
    least = Decimal(host().setting(LEAST_MARGIN))
    net, cost = Decimal(0), Decimal(0)
    for line in lines:
        whole = line.list_price if line.list_price is not None else line.price
        given = discount_of(line.quantity, whole or Decimal(0), line.net)
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
