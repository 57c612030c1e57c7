"""Opportunities made of several products: what they add up to."""

from __future__ import annotations

from decimal import Decimal

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext, today
from plugin_api.errors import Rejected
from plugin_api.money import round_half_up
from plugins.catalog.api import list_price
from plugins.crm.models import Opportunity, OpportunityLine

_SUMMING = "crm.summing"


def line_amount(quantity: Decimal, price: int, discount: Decimal) -> int:
    """Minor units of a line, rounded half up once.

    ``line_amount(Decimal(3), 3335, Decimal(10)) == 9005`` (90.045 is 90.05).
    """
    return round_half_up(quantity * price * (100 - discount) / 100)


def complete(line: OpportunityLine) -> None:
    """Complete or refuse a line. Raises Rejected."""
    if None in (line.opportunity_id, line.quantity, line.discount):
        return
    opportunity = host().session.get(Opportunity, line.opportunity_id)
    if opportunity is None:
        return
    line.currency = opportunity.currency
    if line.price is None:
        if line.product_id is None:
            raise Rejected("product", gettext("Say what it is, or what it costs."))
        line.price = list_price(line.product_id, today(), line.currency)
        if line.price is None:
            raise Rejected("price", gettext("The product has no price: give one."))
    line.amount = line_amount(line.quantity, line.price, line.discount)


def add_up(opportunity_id: int, without: OpportunityLine | None = None) -> None:
    """Make the opportunity's amount the sum of its lines; without any it stays as it is."""
    session = host().session
    opportunity = session.get(Opportunity, opportunity_id)
    amounts = [line.amount or 0 for line in _lines(opportunity_id) if line is not without]
    if opportunity is None or not amounts or sum(amounts) == opportunity.amount:
        return
    session.info[_SUMMING] = True
    try:
        host().records.update(opportunity, {"amount": sum(amounts)})
    finally:
        session.info.pop(_SUMMING, None)


def check_amount(opportunity: Opportunity) -> None:
    """Refuse an amount or currency that the lines do not add up to. Raises Rejected."""
    if host().session.info.get(_SUMMING):
        return
    lines = _lines(opportunity.id)
    if not lines:
        return
    if any(line.currency != opportunity.currency for line in lines):
        raise Rejected("currency", gettext("Its lines are in another currency."))
    if sum(line.amount or 0 for line in lines) != opportunity.amount:
        raise Rejected("amount", gettext("The amount is the sum of the lines. Change those."))


def _lines(opportunity_id: int) -> list[OpportunityLine]:
    asked = sa.select(OpportunityLine).where(OpportunityLine.opportunity_id == opportunity_id)
    with host().session.no_autoflush:
        return list(host().session.scalars(asked.order_by(OpportunityLine.id)))
