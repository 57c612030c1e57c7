"""What a line comes to while somebody still types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from plugin_api import host
from plugin_api.context import gettext
from plugin_api.panels import Fact
from plugins.sales import display
from plugins.sales.models import Order, OrderLine, Quote, QuoteLine
from plugins.sales.models.common import CHECKS
from plugins.sales.services import looking


def of_line(line: OrderLine | QuoteLine) -> Sequence[Fact]:
    """Price, what is taken off, whether it is too low, and what document and gifts come to."""
    model, code = type(line), line.currency
    document: Any = (
        looking.the(Order, line.order_id)
        if isinstance(line, OrderLine)
        else looking.the(Quote, line.quote_id)
    )
    sees = {
        name for name in ("price", "list_price", "taken_off", "amount", "price_check")
        if host().records.may_read(model, name)
    }  # fmt: skip
    facts = list(_of_line(line, sees, code))
    if document is not None and host().records.may_read(type(document), "total"):
        total = display.money(document.total, document.currency)
        facts.append(Fact(label=gettext("Total"), value=total))
    return facts


def _of_line(line: Any, sees: set[str], code: str) -> Iterator[Fact]:
    if "price" in sees and line.price is not None:
        yield Fact(label=gettext("Unit price"), value=display.amount(line.price, code))
    listed = line.list_price
    if "list_price" in sees and listed is not None and listed != line.price:
        yield Fact(label=gettext("List price"), value=display.amount(listed, code))
    if "taken_off" in sees and line.taken_off:
        yield Fact(
            label=gettext("Taken off by promotions"),
            value=display.amount(-Decimal(line.taken_off), code),
        )
    if "amount" in sees:
        yield Fact(label=gettext("Amount"), value=display.money(line.amount, code))
    if "price_check" in sees and line.price_check:
        words = {each.value: each.label for each in CHECKS}
        yield Fact(label=gettext("Price check"), value=words[line.price_check])
