"""What figures about opportunities are made of.

Only columns that are kept on the record are added up, in the company's currency. Amounts are
credited by the shares of a split, counts and days to the owner alone, so that both add up to
those of the company. What is void counts nowhere; what is archived counts
as ever, but not in what is open now.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from plugin_api.context import lazy_gettext as _
from plugin_api.measures import Dimension
from plugins.catalog.api import Product
from plugins.crm.models import Account, Opportunity, OpportunityCredit
from plugins.crm.models.opportunities import OUTCOMES

Facts = Callable[[], sa.Select[Any]]

ONE = sa.literal_column("1", type_=sa.Integer())

DIMENSIONS = {
    "account": Dimension(label=_("Account"), target="crm.Account"),
    "industry": Dimension(label=_("Industry")),
    "country": Dimension(label=_("Country")),
    "product": Dimension(label=_("Product"), target="catalog.Product"),
    "category": Dimension(label=_("Category"), target="catalog.Category"),
    "pipeline": Dimension(label=_("Pipeline"), target="crm.Pipeline"),
    "stage": Dimension(label=_("Stage"), target="crm.Stage"),
    "closed_from": Dimension(label=_("Closed from"), target="crm.Stage"),
    "outcome": Dimension(
        label=_("Outcome"), labels={choice.value: choice.label for choice in OUTCOMES}
    ),
    "source": Dimension(label=_("Source")),
    "win_reason": Dimension(label=_("Win reason"), target="crm.WinReason"),
    "loss_reason": Dimension(label=_("Loss reason"), target="crm.LossReason"),
}


def counted(on: Any, *where: Any, value: Any = None) -> Facts:
    """Facts of one an opportunity, or of ``value`` each, credited to the owner."""

    def facts() -> sa.Select[Any]:
        return select(on, ONE if value is None else value, Opportunity.owner_id, where)

    return facts


def credited(on: Any, amount: Any, *where: Any) -> Facts:
    """Facts of an amount an opportunity, or, where it is split, one for each share."""

    def facts() -> sa.Select[Any]:
        is_split = OpportunityCredit.id.is_not(None)
        part = sa.case((is_split, OpportunityCredit.amount), else_=amount)
        whose = sa.case((is_split, OpportunityCredit.user_id), else_=Opportunity.owner_id)
        return select(on, part, whose, where).outerjoin(
            OpportunityCredit,
            sa.and_(
                OpportunityCredit.company_id == Opportunity.company_id,
                OpportunityCredit.opportunity_id == Opportunity.id,
            ),
        )

    return facts


def select(
    on: Any,
    value: Any,
    user_id: Any,
    where: tuple[Any, ...],
    stage: Any = Opportunity.stage_id,
) -> sa.Select[Any]:
    """The columns of every fact. A condition that depends on the day is a function."""
    conditions = [each() if callable(each) else each for each in where]
    return (
        sa.select(
            on.label("on"),
            sa.func.coalesce(value, 0).label("value"),
            user_id.label("user_id"),
            Opportunity.id.label("record_id"),
            Opportunity.account_id.label("account"),
            Account.industry.label("industry"),
            Account.country.label("country"),
            Opportunity.product_id.label("product"),
            Product.category_id.label("category"),
            Opportunity.pipeline_id.label("pipeline"),
            stage.label("stage"),
            Opportunity.closed_from_id.label("closed_from"),
            Opportunity.outcome.label("outcome"),
            Opportunity.source.label("source"),
            Opportunity.win_reason_id.label("win_reason"),
            Opportunity.loss_reason_id.label("loss_reason"),
        )
        .select_from(Opportunity)
        .outerjoin(
            Account,
            sa.and_(
                Account.company_id == Opportunity.company_id, Account.id == Opportunity.account_id
            ),
        )
        .outerjoin(
            Product,
            sa.and_(
                Product.company_id == Opportunity.company_id, Product.id == Opportunity.product_id
            ),
        )
        .where(*conditions)
    )
