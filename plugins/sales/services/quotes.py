"""What is checked and completed when quotes and their lines are written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company, gettext, today
from plugin_api.errors import Refused, Rejected
from plugin_api.money import convert, from_minor, to_minor
from plugins.crm.api import Opportunity, OpportunityLine
from plugins.sales.models import Quote, QuoteLine
from plugins.sales.services import lines, looking, naming, pricing
from plugins.sales.settings import VALID_DAYS

Changes = Mapping[str, tuple[Any, Any]]
Written = Quote | QuoteLine

MODELS = (Quote, QuoteLine)
STAYS_OPEN = frozenset({"note", "external_id", "owner_id", "leading"})
"""What may be said of a quote that is no draft, besides what transitions say."""
_BY_MOVES = frozenset(
    {
        "status", "number", "name", "quoted_on", "valid_until", "superseded",
        "released_by_id", "release_reason", "decided_on", "decided_by", "decline_reason",
    }
)  # fmt: skip
CARRIED = (
    "subject", "account_id", "contact_id", "opportunity_id", "owner_id", "channel_id", "region",
    "currency", "payment_days", "discount", "opening", "terms", "note", "coupons",
)  # fmt: skip
"""What a version takes from the one before."""
LINE = (
    "position", "product_id", "description", "quantity", "price", "discount", "agreed", "tax_rate",
)  # fmt: skip
"""What a line of an order takes from one of a quote, besides what it costs the company."""


_copying: ContextVar[bool] = ContextVar("a version is made", default=False)


@contextmanager
def copying() -> Iterator[None]:
    """Quotes that are made inside begin without lines."""
    token = _copying.set(True)
    try:
        yield
    finally:
        _copying.reset(token)


def before_create_many(records: Sequence[Any]) -> None:
    """Read what completing them needs."""
    if isinstance(records[0], Quote):
        looking.customers(looking.ids_of(records, "account_id"))
        return
    looking.keep(Quote, looking.ids_of(records, "quote_id"))
    looking.keep_goods(looking.ids_of(records, "product_id"))


def before_create(record: Written) -> None:
    """Complete or refuse a new record. Raises Rejected."""
    if isinstance(record, QuoteLine):
        _complete_line(record, None)
        return
    deal = _deal(record)
    if deal is not None:
        record.account_id = record.account_id or deal.account_id
        record.contact_id = record.contact_id or deal.contact_id
    _check_deal(record, deal)
    pricing.check_coupons(record)
    known = looking.customer(record.account_id)
    record.region = record.region or (known.region if known else None)
    call(record)


def after_create_many(records: Sequence[Any]) -> None:
    """Follow up on new records together."""
    if isinstance(records[0], QuoteLine):
        follow({record.quote_id for record in records})
        return
    if len(records) == 1 and records[0].external_id is None and not _copying.get():
        _take_over(records[0])
    for record in records:
        _lead(record)


def before_update(record: Written, changes: Changes) -> None:
    """Complete or refuse a change. Raises Rejected."""
    if isinstance(record, QuoteLine):
        if "quote_id" in changes:
            raise Rejected("quote", gettext("It stays where it is. Make a new one there."))
        _complete_line(record, changes)
        return
    was = changes["status"][0] if "status" in changes else record.status
    touched = sorted(
        name for name in changes.keys() - STAYS_OPEN - _BY_MOVES if not name.startswith("custom")
    )
    moved = "status" in changes
    by_hand = {"quoted_on", "valid_until"} & changes.keys() if not moved else set()
    if was != "draft" and (touched := sorted({*touched, *by_hand})):
        raise Rejected(touched[0].removesuffix("_id"), gettext("It stays. Make a new version."))
    if "currency" in changes and lines_of(record.id):
        raise Rejected("currency", gettext("Its lines are in another currency."))
    if changes.keys() & {"account_id", "opportunity_id"}:
        _check_deal(record, _deal(record))
    if "coupons" in changes:
        pricing.check_coupons(record)
    call(record)


def after_update(record: Written, changes: Changes) -> None:
    """Follow up on a change."""
    if isinstance(record, QuoteLine):
        follow([record.quote_id])
        return
    if "discount" in changes:
        for line in lines_of(record.id):
            lines.reckon(line, record.discount)
        follow([record.id])
    elif changes.keys() & pricing.DEPENDS and record.status == "draft":
        follow([record.id])
    if changes.keys() & {"leading", "opportunity_id"}:
        _lead(record)
    if changes.keys() & {"leading", "opportunity_id", "amount", "status"}:
        tell_opportunity(record)


def before_delete(record: Written) -> None:
    """Refuse to delete what was sent. Raises Rejected."""
    quote = record if isinstance(record, Quote) else looking.the(Quote, record.quote_id)
    if quote is None or quote.status == "draft":
        if isinstance(record, QuoteLine):
            follow([record.quote_id], without=[record.id])
        return
    raise Rejected("", gettext("It stays. Make a new version."))


def follow(quote_ids: Collection[int], without: Collection[int] = ()) -> None:
    """Add up quotes whose lines have changed. A constant number of statements but for those that
    an opportunity's amount follows."""
    session = host().session
    session.flush()
    pricing.price(Quote, quote_ids, without)
    sums = (
        sa.select(QuoteLine.quote_id, sa.func.sum(QuoteLine.net), sa.func.sum(QuoteLine.tax))
        .where(
            QuoteLine.quote_id.in_(quote_ids), QuoteLine.id.not_in(without),
            sa.or_(QuoteLine.optional.is_(False), QuoteLine.chosen.is_(True)),
        )
        .group_by(QuoteLine.quote_id)
    )  # fmt: skip
    found = {row[0]: row[1:] for row in session.execute(sums)}
    looking.keep(Quote, quote_ids)
    own = current_company().currency
    for id_ in quote_ids:
        quote = looking.the(Quote, id_)
        if quote is None:
            continue
        net, tax = found.get(id_, (Decimal(0), 0))
        quote.amount, quote.tax = to_minor(net, quote.currency), int(tax)
        quote.total = quote.amount + quote.tax
        quote.amount_company = quote.amount
        if quote.currency != own:
            rate = looking.rate(quote.currency, quote.quoted_on or today())
            quote.amount_company = convert(quote.amount, quote.currency, own, rate)
        tell_opportunity(quote)
    session.flush()


def lines_of(quote_id: int) -> list[QuoteLine]:
    """The lines of a quote as they stand in it."""
    asked = sa.select(QuoteLine).where(QuoteLine.quote_id == quote_id)
    with host().session.no_autoflush:
        return list(host().session.scalars(asked.order_by(QuoteLine.position, QuoteLine.id)))


def counted(quote_id: int) -> list[QuoteLine]:
    """Those of its lines that count."""
    return [line for line in lines_of(quote_id) if line.chosen or not line.optional]


def tell_opportunity(quote: Quote) -> None:
    """Have the opportunity's amount follow the quote that leads it, unless it has lines of its
    own or is over."""
    deal = _deal(quote)
    if deal is None or not quote.leading or quote.superseded or not quote.amount:
        return
    if quote.status in ("declined", "expired", "replaced") or deal.outcome != "open":
        return
    if (deal.amount, deal.currency) == (quote.amount, quote.currency):
        return
    asked = sa.select(OpportunityLine.id).where(OpportunityLine.opportunity_id == deal.id)
    if host().session.scalar(asked.limit(1)) is not None:
        return
    try:
        host().records.update(deal, {"amount": quote.amount, "currency": quote.currency})
    except Refused:
        # Whoever may quote need not be allowed to change the opportunity.
        return


def valid_until(day: dt.date) -> dt.date:
    """Until when a quote of a day holds where nothing else is said."""
    return day + dt.timedelta(days=host().setting(VALID_DAYS))


def _complete_line(line: QuoteLine, changes: Changes | None) -> None:
    quote = looking.the(Quote, line.quote_id) if line.quote_id else None
    if quote is None or None in (line.quantity, line.discount, line.tax_rate):
        return
    only_chosen = changes is not None and not changes.keys() - {"chosen"}
    if quote.status != "draft" and not (only_chosen and quote.status == "sent" and line.optional):
        raise Rejected("", gettext("It stays. Make a new version."))
    if line.quantity <= 0:
        raise Rejected("quantity", gettext("A quantity is more than zero."))
    pricing.begin(line, changes)
    if changes is not None and "product_id" in changes and "price" not in changes:
        line.price = line.cost = None
        if "description" not in changes:
            line.description = None
    on = quote.quoted_on or today()
    lines.fill(line, quote.currency, on, by_hand=quote.external_id is None)
    lines.reckon(line, quote.discount)


def _take_over(quote: Quote) -> None:
    """Begin with the products of the opportunity."""
    if quote.opportunity_id is None:
        return
    asked = sa.select(OpportunityLine).where(
        OpportunityLine.opportunity_id == quote.opportunity_id,
        host().records.visible(OpportunityLine),
    )
    found = [
        line
        for line in host().session.scalars(asked.order_by(OpportunityLine.position))
        if line.currency == quote.currency and (line.product_id or line.price is not None)
    ]
    host().records.create_many(
        QuoteLine,
        [
            {
                "quote_id": quote.id, "position": i + 1, "product_id": line.product_id,
                "description": line.description, "quantity": line.quantity,
                "discount": line.discount,
                "price": None if line.price is None else from_minor(line.price, line.currency),
            }
            for i, line in enumerate(found)
        ],
    )  # fmt: skip


def _lead(quote: Quote) -> None:
    """Only one quote leads an opportunity: the last that was said to."""
    if quote.opportunity_id is None or not quote.leading:
        return
    asked = sa.select(Quote).where(
        Quote.opportunity_id == quote.opportunity_id, Quote.id != quote.id, Quote.leading
    )
    for other in host().session.scalars(asked):
        other.leading = False
    host().session.flush()


def _deal(quote: Quote) -> Opportunity | None:
    return looking.the(Opportunity, quote.opportunity_id) if quote.opportunity_id else None


def _check_deal(quote: Quote, deal: Opportunity | None) -> None:
    if deal is not None and deal.account_id and deal.account_id != quote.account_id:
        raise Rejected("opportunity", gettext("This is an opportunity of another account."))


def call(quote: Quote) -> None:
    """Name a quote by its number, version and account."""
    known = looking.customer(quote.account_id)
    number = quote.number or quote.external_id
    if number and quote.revision > 1:
        number = f"{number} v{quote.revision}"
    parts = [number, known.name if known else None, quote.subject]
    quote.name = (" · ".join(part for part in parts if part) or "–")[: naming.LENGTH]
