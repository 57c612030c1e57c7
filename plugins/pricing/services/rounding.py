"""How a reckoned price is rounded. Numbers in, numbers out."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from plugin_api.money import from_minor, precision, to_minor

STEPS = {
    "0.05": (Decimal("0.05"), Decimal(0)),
    "1": (Decimal(1), Decimal(0)),
    "10": (Decimal(10), Decimal(0)),
    ".9": (Decimal(1), Decimal("0.9")),
    ".99": (Decimal(1), Decimal("0.99")),
    "9": (Decimal(10), Decimal(9)),
}
"""How → the distance between two such prices, and the lowest of them."""


def rounded(price: Decimal, how: str, currency: str) -> Decimal:
    """The nearest price of the kind, in major units; of two the higher. Never below the lowest
    of the kind, so that nothing becomes free by being rounded down to an ending.

    ``rounded(Decimal("12.30"), ".99", "CNY") == Decimal("11.99")``. An ending that the currency
    has no places for rounds to its smallest unit.
    """
    step, end = STEPS.get(how, (Decimal(0), Decimal(0)))
    places = precision(currency)
    if step and max(-_exponent(step), -_exponent(end)) <= places:
        count = ((price - end) / step).quantize(Decimal(1), ROUND_HALF_UP)
        found = max(count, Decimal(0)) * step + end
        return found.quantize(Decimal(1).scaleb(-places))
    return from_minor(to_minor(price, currency), currency)


def _exponent(number: Decimal) -> int:
    found = number.as_tuple().exponent
    assert isinstance(found, int)
    return found
