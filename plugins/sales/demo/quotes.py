"""Quotes for opportunities of demo companies that are still open, and some that went further."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Company, today
from plugins.crm.api import Opportunity
from plugins.sales.models import Quote, QuoteLine

MOST = 24
TEXTS = {
    "en": ("Delivery within six weeks.", "Instruction on site", "Installation"),
    "zh": ("交货期六周。", "现场培训", "安装调试"),
}

At = Callable[[date], AbstractContextManager[Any]]


def load(chance: random.Random, company: Company, goods: Sequence[Any], tax: Decimal,
         at: At) -> None:  # fmt: skip
    """A quote for some of the open opportunities of the company's own currency."""
    terms, extra, group = TEXTS["zh" if company.language.startswith("zh") else "en"]
    asked = (
        sa.select(Opportunity)
        .where(
            Opportunity.outcome == "open", Opportunity.account_id.is_not(None),
            Opportunity.currency == company.currency,
        )
        .order_by(Opportunity.id.desc())
        .limit(MOST)
    )  # fmt: skip
    records = host().records
    for i, deal in enumerate(host().session.scalars(asked).all()):
        day = today() - timedelta(days=chance.randint(1, 50))
        with at(day):
            quote = records.create(
                Quote,
                {
                    "opportunity_id": deal.id, "account_id": deal.account_id,
                    "owner_id": deal.owner_id, "currency": company.currency,
                    "subject": str(deal.name).rpartition(" · ")[2], "terms": terms,
                    "leading": False,
                    "payment_days": 30, "discount": Decimal(chance.choice((0, 0, 3, 5))),
                },
            )  # fmt: skip
            for line in host().session.scalars(
                sa.select(QuoteLine).where(QuoteLine.quote_id == quote.id)
            ):
                records.update(line, {"tax_rate": tax})
            some = [goods[chance.randrange(len(goods))] for _each in range(chance.randint(1, 3))]
            records.create_many(
                QuoteLine,
                [
                    {"quote_id": quote.id, "product_id": row.id, "position": 10 + n,
                     "quantity": Decimal(chance.randint(1, 6)), "tax_rate": tax}
                    for n, row in enumerate(some)
                ]
                + [
                    {"quote_id": quote.id, "description": extra, "group": group, "optional": True,
                     "quantity": Decimal(1), "price": Decimal(chance.randint(3, 9) * 100),
                     "position": 90, "tax_rate": tax}
                ],
            )  # fmt: skip
            if i % 4:
                records.transition(quote, "send")
        if i % 4 == 3 and (today() - day).days > 30:
            with at(today()):
                records.transition(quote, "expire")
