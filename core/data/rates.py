"""Exchange rates of a company, by day."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from core.host import services
from plugin_api.context import current_company, gettext
from plugin_api.context import lazy_gettext as _
from plugin_api.errors import Rejected
from plugin_api.models import CompanyModel, currency, date, decimal


class ExchangeRate(CompanyModel):
    """What one unit of a currency is worth in the company's own, from a day on."""

    __tablename__ = "core_exchange_rate"
    __collection__ = "exchange-rates"
    __label__ = _("Exchange rate")
    __label_plural__ = _("Exchange rates")
    __title__ = "currency"
    __find_by__ = ("currency",)
    __search__ = ("currency",)
    __table_args__ = (
        sa.UniqueConstraint("company_id", "currency", "day"),
        sa.CheckConstraint("rate > 0", name="positive"),
    )

    currency: Mapped[str] = currency(_("Currency"))
    day: Mapped[dt.date] = date(_("From"), help=_("Holds until the next day that has a rate."))
    rate: Mapped[Decimal] = decimal(
        _("Rate"),
        scale=8,
        minimum=0,
        help=_("Units of the company's currency for one unit of this one."),
    )


def check(record: ExchangeRate) -> None:
    """Refuse a rate that says nothing. For the data hooks of the host."""
    if record.rate is not None and record.rate <= 0:
        raise Rejected("rate", gettext("A rate is more than zero."))
    if record.currency == current_company().currency:
        raise Rejected("currency", gettext("The company's own currency needs no rate."))


def rate(source: str, target: str, on: dt.date) -> Decimal:
    """Units of ``target`` for one ``source``: the newest stored on or before ``on``.

    Two foreign currencies are compared by way of the company's own. One statement at most.
    Raises Rejected naming the pair and the day when a rate is missing.
    """
    if source == target:
        return Decimal(1)
    own = current_company().currency
    foreign = [code for code in (source, target) if code != own]
    found = _newest(foreign, on)
    if len(found) < len(foreign):
        raise Rejected(
            "currency",
            gettext(
                "There is no exchange rate from %(source)s to %(target)s on or before %(day)s.",
                source=source,
                target=target,
                day=on.isoformat(),
            ),
        )
    return found.get(source, Decimal(1)) / found.get(target, Decimal(1))


def _newest(codes: list[str], on: dt.date) -> dict[str, Decimal]:
    parts = [
        sa.select(ExchangeRate.currency, ExchangeRate.rate)
        .where(ExchangeRate.currency == code, ExchangeRate.day <= on)
        .order_by(ExchangeRate.day.desc())
        .limit(1)
        .subquery()
        for code in codes
    ]
    legs = [sa.select(part) for part in parts]
    found = legs[0].subquery() if len(legs) == 1 else sa.union_all(*legs).subquery()
    return {row[0]: row[1] for row in services().session.execute(sa.select(found))}
