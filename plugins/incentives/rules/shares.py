"""One sum for several people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeVar

Who = TypeVar("Who")


def by_credit(
    bases: Mapping[Who, Decimal], pay: Callable[[Decimal], Decimal]
) -> dict[Who, Decimal]:
    """Credit first: everybody's own base is rated by itself."""
    return {who: pay(base) for who, base in bases.items()}


def by_commission(
    bases: Mapping[Who, Decimal], pay: Callable[[Decimal], Decimal]
) -> dict[Who, Decimal]:
    """Commission first: the whole is rated, and shared as it was credited.

    Nobody gets anything of a whole that is nothing.
    """
    whole = sum(bases.values(), Decimal(0))
    if not whole:
        return dict.fromkeys(bases, Decimal(0))
    paid = pay(whole)
    return {who: paid * base / whole for who, base in bases.items()}
