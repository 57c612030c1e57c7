"""How quotes move on. Functions of the workflow: ``check`` refuses, ``apply`` changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_actor, gettext, today
from plugin_api.errors import Refused, Rejected
from plugins.crm.api import Opportunity
from plugins.sales.models import Order, OrderLine, Quote, QuoteLine
from plugins.sales.services import guards, naming, orders, posting, pricing, quotes
from plugins.sales.services import lines as amounts

Values = Mapping[str, Any]


def check_send(quote: Quote, values: Values) -> None:
    """Refuse a quote that says too little, or gives away too much without a release."""
    _check_lines(quote)
    until = values.get("valid_until") or quote.valid_until
    if until is not None and until < today():
        raise Rejected("valid_until", gettext("This day is over."))
    if quote.status != "released":
        _check_guards(quote)


def check_ask(quote: Quote, values: Values) -> None:
    """Refuse to ask for what needs no release."""
    _check_lines(quote)
    try:
        _check_guards(quote)
    except Rejected:
        return
    raise Rejected("", gettext("It keeps to the limits: send it."))


def release(quote: Quote, values: dict[str, Any]) -> None:
    """Keep who has let it go out."""
    quote.released_by_id = current_actor().user_id


def send(quote: Quote, values: dict[str, Any]) -> None:
    """Fix what is offered: day, validity and number; the version before is replaced."""
    quote.quoted_on = values.pop("quoted_on", None) or quote.quoted_on or today()
    until = values.pop("valid_until", None) or quote.valid_until
    quote.valid_until = until or quotes.valid_until(quote.quoted_on)
    previous = host().session.get(Quote, quote.previous_id) if quote.previous_id else None
    if previous is not None:
        if previous.status == "accepted":
            raise Rejected("", gettext("The version before is accepted."))
        previous.superseded = True
        if previous.status in ("sent", "expired", "declined"):
            previous.status = "replaced"
    quote.number = quote.number or naming.next_number("quote", quote.quoted_on)


def new_version(quote: Quote, values: dict[str, Any]) -> Mapping[str, Any]:
    """A draft of the next version, with everything that this one says. Raises Rejected."""
    posting.lock(Quote, [quote.id])
    newer = sa.select(Quote.id).where(Quote.previous_id == quote.id).limit(1)
    if host().session.scalar(newer) is not None:
        raise Rejected("", gettext("There is a newer version already."))
    records = host().records
    given = {name: getattr(quote, name) for name in (*quotes.CARRIED, "leading")}
    with quotes.copying():
        made = records.create(Quote, given)
    made.previous_id, made.number, made.revision = quote.id, quote.number, quote.revision + 1
    quotes.call(made)
    host().session.flush()
    more = ("group", "optional", "chosen")
    _copy(quotes.lines_of(quote.id), made, (*quotes.LINE, *more))
    made.price_check = quote.price_check
    return {"open": made}


def check_accept(quote: Quote, values: Values) -> None:
    """Refuse what does not hold any more; whoever accepts it at once waits."""
    posting.lock(Quote, [quote.id])
    host().session.refresh(quote)
    if quote.status != "sent":
        raise Rejected("status", gettext("It is decided already."))
    if quote.valid_until is not None and quote.valid_until < today():
        raise Rejected("valid_until", gettext("It has expired. Make a new version."))
    if quote.account_id is None:
        raise Rejected("account", gettext("Say whose order it is."))


def accept(quote: Quote, values: dict[str, Any]) -> Mapping[str, Any]:
    """Keep who said so, make the order with everything that was offered, and win the
    opportunity where nothing stands against it."""
    quote.decided_on = today()
    quote.decided_by = values.pop("decided_by", None) or quote.decided_by
    order = _order_of(quote)
    _win(quote)
    return {"open": order}


def decline(quote: Quote, values: dict[str, Any]) -> None:
    """Keep the day; who and why are put on the quote by the transition."""
    quote.decided_on = today()


def expire() -> int:
    """Have quotes that nobody answered in time expire; how many."""
    asked = sa.select(Quote).where(Quote.status == "sent", Quote.valid_until < today())
    found = host().session.scalars(asked.order_by(Quote.id)).all()
    for quote in found:
        host().records.transition(quote, "expire")
    return len(found)


def _order_of(quote: Quote) -> Order:
    records = host().records
    order = records.create(
        Order,
        {
            **{
                name: getattr(quote, name)
                for name in (
                    "account_id", "contact_id", "opportunity_id", "owner_id", "channel_id",
                    "region", "currency", "payment_days", "discount", "coupons",
                )
            },
            "quote_id": quote.id, "customer_reference": quote.number, "note": quote.terms,
        },
    )  # fmt: skip
    # What was offered holds, whatever the lists say by now.
    _copy(quotes.counted(quote.id), order, quotes.LINE)
    order.price_check = quote.price_check
    return order


def _copy(lines: Sequence[QuoteLine], document: Order | Quote, names: Sequence[str]) -> None:
    """Lines like others, in another document: priced as they were. What they cost goes with them,
    whether or not who copies them may know."""
    order = isinstance(document, Order)
    of = {"order_id" if order else "quote_id": document.id}
    given = [{**of, **{name: getattr(line, name) for name in names}} for line in lines]
    with pricing.holding():
        model: Any = OrderLine if order else QuoteLine
        made: Sequence[Any] = host().records.create_many(model, given)
        for line, other in zip(made, lines, strict=True):
            line.cost = other.cost
            pricing.carry(line, other)
            amounts.reckon(line, document.discount)
        host().session.flush()
        (orders if order else quotes).follow([document.id])


def _win(quote: Quote) -> None:
    deal = host().session.get(Opportunity, quote.opportunity_id) if quote.opportunity_id else None
    if deal is None or deal.outcome != "open":
        return
    try:
        with host().session.begin_nested():
            host().records.transition(deal, "win")
    except Refused:
        # It lacks what its gates ask for: its owner sees the order, and wins it by hand.
        return


def _check_lines(quote: Quote) -> None:
    if quote.account_id is None:
        raise Rejected("account", gettext("Say who it is for."))
    if not quotes.counted(quote.id):
        raise Rejected("", gettext("A quote needs a line."))


def _check_guards(quote: Quote) -> None:
    # What is optional may be chosen.
    guards.check(quotes.lines_of(quote.id))
