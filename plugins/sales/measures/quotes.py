"""What was offered, and what became of it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from plugin_api.context import lazy_gettext as _
from plugin_api.measures import Dimension, Measure, Ratio
from plugins.crm.api import Account
from plugins.sales.models import Quote

DIMENSIONS = {
    "account": Dimension(label=_("Account"), target="crm.Account"),
    "industry": Dimension(label=_("Industry")),
    "region": Dimension(label=_("Region")),
    "channel": Dimension(label=_("Channel"), target="sales.Channel"),
}
OVER = ("accepted", "declined", "expired")


def _facts(on: Any, *where: Any) -> Any:
    def made() -> sa.Select[Any]:
        account = sa.and_(Account.company_id == Quote.company_id, Account.id == Quote.account_id)
        return (
            sa.select(
                on.label("on"),
                Quote.amount_company.label("value"),
                Quote.owner_id.label("user_id"),
                Quote.id.label("record_id"),
                Quote.account_id.label("account"),
                Account.industry.label("industry"),
                Quote.region.label("region"),
                Quote.channel_id.label("channel"),
            )
            .select_from(Quote)
            .outerjoin(Account, account)
            .where(Quote.superseded.is_(False), *where)
        )

    return made


def _measure(name: str, label: Any, facts: Any, description: Any) -> Measure:
    return Measure(
        key=f"sales.{name}", label=label, unit="money", model="sales.Quote", facts=facts,
        dimensions=DIMENSIONS, description=description, fields=("amount", "amount_company"),
    )  # fmt: skip


_decided = sa.func.coalesce(Quote.decided_on, Quote.valid_until)
MEASURES = (
    _measure(
        "quoted", _("Quoted"), _facts(Quote.quoted_on, Quote.status.in_(("sent", *OVER))),
        _("The newest version of each quote that was sent, without tax, on its day."),
    ),
    _measure(
        "quotes_accepted", _("Quotes accepted"), _facts(_decided, Quote.status == "accepted"),
        _("Quotes that customers accepted, on the day of that."),
    ),
    _measure(
        "quotes_decided", _("Quotes decided"), _facts(_decided, Quote.status.in_(OVER)),
        _("Quotes that were accepted, declined or have expired, on the day of that."),
    ),
    Ratio(
        key="sales.quote_win_rate", label=_("Win rate of quotes"), unit="ratio",
        numerator="sales.quotes_accepted", denominator="sales.quotes_decided",
        description=_("Accepted, of what was decided in the period, by amount."),
    ),
)  # fmt: skip
