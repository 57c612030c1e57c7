"""Who is credited with how much of an opportunity, to the cent."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext
from plugin_api.errors import Rejected
from plugin_api.money import allocate
from plugins.crm.models import Opportunity, OpportunityCredit

WHOLE = Decimal(100)


def parts(amount: int | None, shares: Sequence[Decimal]) -> list[int | None]:
    """Minor units for each share, which add up to the amount; by largest remainder, ties to
    the earlier one. All None without an amount."""
    if amount is None or not shares:
        return [None] * len(shares)
    return list(allocate(amount, shares))


def check(record: OpportunityCredit) -> None:
    """Refuse a share that nobody has, that somebody has already, or that is the rest."""
    if record.is_rest:
        raise Rejected("share", gettext("The rest is kept by itself. Change the other shares."))
    if record.user_id is None:
        raise Rejected("user", gettext("Say whose share it is."))
    if not record.share:
        raise Rejected("share", gettext("A share is more than 0 %."))
    rows = _rows(record.opportunity_id)
    others = [row for row in rows if not row.is_rest and row.id != record.id]
    if any(row.user_id == record.user_id for row in others):
        raise Rejected("user", gettext("This person has a share already."))
    total = record.share + sum((row.share for row in others), Decimal(0))
    if total > WHOLE:
        raise Rejected(
            "share",
            gettext("The shares would add up to %(total)s %%.", total=f"{total.normalize():f}"),
        )


def take_back(record: OpportunityCredit) -> None:
    """Share out again what a row gives back that is about to be deleted."""
    if record.is_rest:
        raise Rejected("", gettext("The rest is kept by itself. Change the other shares."))
    divide(record.opportunity_id, without=record)


def divide(opportunity_id: int, without: OpportunityCredit | None = None) -> None:
    """Give the owner what is left, and everybody their part of the amount.

    ``without`` is a row about to be deleted.
    """
    opportunity = host().session.get(Opportunity, opportunity_id)
    if opportunity is not None:
        spread(opportunity, without)


def spread(opportunity: Opportunity, without: OpportunityCredit | None = None) -> None:
    """The same for an opportunity at hand, whose amount or owner may have changed."""
    session = host().session
    rows = [row for row in _rows(opportunity.id) if row is not without]
    rest = next((row for row in rows if row.is_rest), None)
    given = [row for row in rows if not row.is_rest]
    left = WHOLE - sum((row.share for row in given), Decimal(0))
    if given and left > 0:
        if rest is None:
            rest = OpportunityCredit(opportunity_id=opportunity.id, is_rest=True)
            session.add(rest)
        rest.user_id, rest.share = opportunity.owner_id, left
        given.append(rest)
    elif rest is not None:
        session.delete(rest)
    shares = [row.share for row in given]
    for row, part in zip(given, parts(opportunity.amount_company, shares), strict=True):
        row.amount = part


def _rows(opportunity_id: int) -> list[OpportunityCredit]:
    asked = sa.select(OpportunityCredit).where(OpportunityCredit.opportunity_id == opportunity_id)
    with host().session.no_autoflush:
        return list(host().session.scalars(asked.order_by(OpportunityCredit.id)))
