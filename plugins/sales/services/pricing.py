"""Having lines priced by whichever plugin does that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import SYSTEM, acting_as, current_company, gettext, today
from plugin_api.errors import Rejected
from plugins.sales.models import Channel, Order, OrderLine, Quote, QuoteLine
from plugins.sales.services import lines as amounts
from plugins.sales.services import looking

Document = Quote | Order
Line = QuoteLine | OrderLine
OF = {Quote: (QuoteLine, "quote_id"), Order: (OrderLine, "order_id")}
WORST = ("", "warn", "release", "refuse")
DEPENDS = frozenset({"account_id", "channel_id", "region", "ordered_on", "quoted_on", "coupons"})
"""Fields of a document that prices depend on, besides its lines."""

_busy: ContextVar[bool] = ContextVar("lines are priced", default=False)
_holding: ContextVar[bool] = ContextVar("lines keep what they cost", default=False)


@dataclass(slots=True)
class PricedLine:
    """A line, as it is priced. Amounts are in major units of the document's currency.

    ``price`` is of one: what it is now, and what is set. ``fixed``: it stays, because it was
    offered, or was given by hand. ``counts`` is false for an optional line that is not chosen.
    ``agreed`` is what all of it comes to where that was said, whatever the price. ``off`` is what
    promotions take off the whole line; ``check`` is empty, or ``warn``,
    ``release`` or ``refuse`` where the net price is too low; ``trace`` is what the line keeps.
    """

    id: int
    product: int
    quantity: Decimal
    price: Decimal
    fixed: bool
    counts: bool
    by_hand: bool = False
    discounts: tuple[Decimal, ...] = ()
    list_price: Decimal | None = None
    agreed: Decimal | None = None
    off: Decimal = Decimal(0)
    check: str = ""
    trace: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Gift:
    """So much of a product, for nothing. ``price`` of one is what it would cost."""

    product: int
    quantity: Decimal
    price: Decimal
    trace: list[dict[str, Any]]


@dataclass(slots=True)
class PricedDocument:
    """A quote or an order. ``model`` is its key; ``confirmed``: it counts already, under its
    ``number``. ``gifts`` become
    lines of their own."""

    model: str
    id: int
    account: int | None
    channel: str
    region: str
    currency: str
    on: dt.date
    coupons: str
    confirmed: bool
    number: str
    lines: list[PricedLine]
    gifts: list[Gift] = field(default_factory=list)


@contextmanager
def holding() -> Iterator[None]:
    """Lines that are written inside keep what they cost."""
    token = _holding.set(True)
    try:
        yield
    finally:
        _holding.reset(token)


def is_busy() -> bool:
    """Whether lines are written because they are priced anew."""
    return _busy.get()


def carry(line: Any, other: Any) -> None:
    """What a copy of a line keeps of its price."""
    for name in ("list_price", "taken_off", "gift", "by_hand", "price_check", "trace"):
        setattr(line, name, getattr(other, name))


def begin(line: Any, changes: Mapping[str, Any] | None, *, priced: bool = True) -> None:
    """Before a line is completed: was its price given by hand, and forget what was taken off it,
    which is found anew. ``priced`` is false for what was handled elsewhere."""
    if _busy.get() or _holding.get():
        return
    if line.gift and changes is not None and changes.keys() & _REPRICED:
        raise Rejected("", gettext("It is given by a promotion: change what earns it."))
    if changes is None or changes.keys() & {"price", "agreed"}:
        line.by_hand = line.price is not None or line.agreed is not None
    elif "product_id" in changes:
        line.by_hand = False
    if changes is None or changes.keys() & _REPRICED:
        line.taken_off = Decimal(0)
        line.price_check = None
        line.trace = list(ANEW) if priced and host().listeners("price_lines") else []


ANEW: Sequence[Mapping[str, Any]] = ({"what": "price", "why": "anew", "did": False},)
"""The trace of a line whose price is to be found, though those beside it stay."""
_REPRICED = frozenset({"product_id", "quantity", "price", "agreed", "optional", "chosen"})


def check_coupons(document: Document) -> None:
    """Refuse codes where nothing could redeem them."""
    if document.coupons and not host().listeners("price_lines"):
        raise Rejected("coupons", gettext("Nothing here redeems coupons."))


def price(
    model: type[Quote] | type[Order], ids: Collection[int], without: Collection[int] = ()
) -> None:
    """Have the lines of documents priced anew where something does that. ``without`` are lines
    that are about to go. A constant number of statements, but for gifts."""
    answering = host().listeners("price_lines")
    if not answering or _busy.get() or _holding.get():
        return
    found = [each for id_ in ids if (each := looking.the(model, id_)) and _is_priced(each)]
    if not found:
        return
    held = _lines_of(model, [each.id for each in found], without)
    asked = []
    for document in found:
        own = held.get(document.id, [])
        if isinstance(document, Quote) or not any(getattr(line, "invoiced", 0) for line in own):
            asked.append((document, own))
    token = _busy.set(True)
    try:
        _ask(answering, asked)
    finally:
        _busy.reset(token)


def _is_priced(document: Document) -> bool:
    """Not what was handled elsewhere, and no offer that has gone out."""
    if isinstance(document, Quote):
        return document.status == "draft"
    return not document.entered and document.status in ("draft", "confirmed", "partial")


def _lines_of(
    model: type[Quote] | type[Order], ids: Collection[int], without: Collection[int]
) -> dict[int, list[Any]]:
    part, name = OF[model]
    of: Any = getattr(part, name)
    line: Any = part
    asked = sa.select(line).where(of.in_(ids), line.id.not_in(without))
    found: dict[int, list[Any]] = {}
    with host().session.no_autoflush:
        for each in host().session.scalars(asked.order_by(line.position, line.id)):
            found.setdefault(getattr(each, name), []).append(each)
    return found


def _ask(answering: Sequence[Callable[..., Any]], asked: list[tuple[Any, list[Any]]]) -> None:
    channels = _channels({document.channel_id for document, _lines in asked})
    priced = [(_document(document, lines, channels), document, lines) for document, lines in asked]
    for call in answering:
        call(documents=[each for each, _document_, _lines in priced])
    for answer, document, lines in priced:
        _take_over(answer, document, lines)


def _document(
    document: Any, lines: list[Any], channels: Mapping[int | None, str]
) -> PricedDocument:
    of_quote = isinstance(document, Order) and document.quote_id is not None
    confirmed = document.status != "draft"
    quote = looking.the(Quote, document.quote_id) if of_quote else None
    day = document.quoted_on if isinstance(document, Quote) else document.ordered_on
    return PricedDocument(
        model=document.model_key(), id=document.id, account=document.account_id,
        channel=channels.get(document.channel_id, ""), region=document.region or "",
        currency=document.currency, coupons=document.coupons or "", confirmed=confirmed,
        number=document.number or "", on=(quote.quoted_on if quote else None) or day or today(),
        lines=[
            PricedLine(
                id=line.id, product=line.product_id, quantity=_left(line),
                price=line.price or Decimal(0),
                fixed=line.by_hand
                or ((of_quote or confirmed) and line.trace != list(ANEW)),
                counts=_counts(line), by_hand=line.by_hand,
                discounts=(line.discount, document.discount),
                list_price=line.list_price, agreed=line.agreed,
                trace=list(line.trace or ()),
            )
            for line in lines
            if line.product_id is not None and not line.gift
        ],
    )  # fmt: skip


def _left(line: Any) -> Decimal:
    left: Decimal = line.quantity - getattr(line, "cancelled", Decimal(0))
    return left


def _counts(line: Any) -> bool:
    return bool(line.chosen or not line.optional) if isinstance(line, QuoteLine) else True


def _channels(ids: set[int | None]) -> dict[int | None, str]:
    wanted = sorted(id_ for id_ in ids if id_)
    if not wanted:
        return {}
    asked = sa.select(Channel.id, Channel.name).where(Channel.id.in_(wanted))
    return {row[0]: row[1] for row in host().session.execute(asked)}


def _take_over(answer: PricedDocument, document: Any, lines: list[Any]) -> None:
    """Put what was found on the records."""
    by_id = {line.id: line for line in lines}
    for each in answer.lines:
        line = by_id[each.id]
        line.list_price, line.price, line.taken_off = each.list_price, each.price, each.off
        line.price_check, line.trace = each.check or None, each.trace
        amounts.reckon(line, document.discount)
    _give(answer, document, [line for line in lines if line.gift])
    checks = [line.price_check or "" for line in lines]
    document.price_check = max(checks, key=WORST.index, default="") or None
    host().session.flush()


def _give(answer: PricedDocument, document: Any, given: list[Any]) -> None:
    """Have exactly the gifts that are earned stand among the lines, each its own line."""
    part: Any
    part, name = OF[type(document)]
    left = list(given)
    with acting_as(current_company(), SYSTEM):
        for gift in answer.gifts:
            line = next((each for each in left if _same(each, gift)), None)
            if line is None:
                values = {name: document.id, "product_id": gift.product, "position": LAST,
                          "quantity": gift.quantity, "price": gift.price}  # fmt: skip
                line = host().records.create(part, values)
            else:
                left.remove(line)
                if line.quantity != gift.quantity or line.price != gift.price:
                    values = {"quantity": gift.quantity, "price": gift.price}
                    host().records.update(line, values)
            line.gift, line.list_price, line.trace = True, gift.price, gift.trace
            line.taken_off = gift.quantity * gift.price
            amounts.reckon(line, document.discount)
        for line in left:
            host().records.delete(line)


LAST = 9_000
"""The position of gifts: below what is paid for."""


def _same(line: Any, gift: Gift) -> bool:
    keys = {step.get("key") for step in gift.trace}
    return line.product_id == gift.product and any(step.get("key") in keys for step in line.trace)
