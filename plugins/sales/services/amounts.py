"""What a line comes to. Numbers in, numbers out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from plugin_api.money import from_minor, round_half_up, to_minor

STEP = Decimal("0.000001")
"""The finest part of a unit of money that is kept."""
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Totals:
    """``net`` in major units, as the ledger has it; ``amount`` and ``tax`` in minor units."""

    net: Decimal
    amount: int
    tax: int

    @property
    def total(self) -> int:
        """What is to be paid."""
        return self.amount + self.tax


def line_totals(
    quantity: Decimal,
    price: Decimal,
    discounts: tuple[Decimal, ...] = (),
    tax_rate: Decimal = Decimal(0),
    *,
    currency: str,
    agreed: Decimal | None = None,
    off: Decimal = Decimal(0),
    exact: bool = False,
) -> Totals:
    """The amounts of a line: ``quantity * price``, less what promotions take ``off`` it and each
    discount in turn (percent), or what was agreed in their place; and the tax on it (percent).

    Each is rounded half up once, to the currency's smallest unit; ``exact`` keeps the net amount
    as it is, to six places. ``line_totals(Decimal(3), Decimal("33.35"), currency="CNY").amount
    == 10005``.
    """
    net = quantity * price - off if agreed is None else agreed
    for discount in discounts if agreed is None else ():
        net = net * (HUNDRED - discount) / HUNDRED
    amount = to_minor(net, currency)
    net = net.quantize(STEP, ROUND_HALF_UP) if exact else from_minor(amount, currency)
    return Totals(net, amount, round_half_up(Decimal(amount) * tax_rate / HUNDRED))


def discount_of(quantity: Decimal, price: Decimal, net: Decimal) -> Decimal:
    """The discount in percent that makes ``net`` of the list; 0 where there is no list amount."""
    whole = quantity * price
    if not whole:
        return Decimal(0)
    return ((whole - net) * HUNDRED / whole).quantize(Decimal("0.0001"), ROUND_HALF_UP)


def margin_of(net: Decimal, cost: Decimal | None) -> Decimal | None:
    """What is left of ``net`` in percent once ``cost`` is paid; None when that cannot be told."""
    if cost is None or not net:
        return None
    return ((net - cost) * HUNDRED / net).quantize(Decimal("0.01"), ROUND_HALF_UP)


def up_to(whole: Decimal, part: Decimal, quantity: Decimal, step: Decimal) -> Decimal:
    """What ``part`` of ``quantity`` comes to of ``whole``, in multiples of ``step``.

    Parts are the differences of two such amounts, so that all of them add up to the whole.
    """
    if part == quantity:
        return whole
    return (whole * part / quantity / step).quantize(Decimal(1), ROUND_HALF_UP) * step
