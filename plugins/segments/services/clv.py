"""What a customer is worth over the time to come, by a convention that is said.

``margin`` is that of a year, ``retention`` the share of customers that stay from year to year,
``discount`` the interest of a year, both shares of 1. Raises ZeroDivisionError where the sum has no
end: everybody stays and nothing is discounted.
"""

from __future__ import annotations

from decimal import Decimal

ONE = Decimal(1)


def end_of_period(margin: Decimal, retention: Decimal, discount: Decimal) -> Decimal:
    """The margin comes at the end of each year, from those that have stayed: m·r/(1+d−r)."""
    return margin * retention / (ONE + discount - retention)


def start_of_period(margin: Decimal, retention: Decimal, discount: Decimal) -> Decimal:
    """The margin comes at the start of each year, that of the first for certain:
    m·(1+d)/(1+d−r)."""
    return margin * (ONE + discount) / (ONE + discount - retention)


def undiscounted(margin: Decimal, retention: Decimal) -> Decimal:
    """As at the start of each year, without interest: m/(1−r)."""
    return margin / (ONE - retention)


def within(margin: Decimal, retention: Decimal, discount: Decimal, years: int) -> Decimal:
    """As at the start of each year, of so many years and no more."""
    factor = retention / (ONE + discount)
    return sum((margin * factor**year for year in range(years)), Decimal(0))
