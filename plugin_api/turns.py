"""Whose turn it is when work is shared out: numbers in, numbers out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(slots=True)
class Taker:
    """Somebody who may get something. ``open`` is what they have to do already."""

    user_id: int
    weight: int = 1
    credit: int = 0
    open: int = 0


def in_turns(takers: Sequence[Taker]) -> Taker | None:
    """Who is next, in turns by weight; the credits move on. None where nobody has any weight.

    Everybody gains their weight, the highest is served and pays what all have gained. So turns
    mix (A B A C A B for 3, 2, 1), add up exactly, and go on wherever they were left: whoever was
    away, or is new, neither catches up nor is passed over.
    """
    able = [taker for taker in takers if taker.weight > 0]
    if not able:
        return None
    for taker in able:
        taker.credit += taker.weight
    served = max(able, key=lambda taker: taker.credit)
    served.credit -= sum(taker.weight for taker in able)
    return served


def to_the_least(takers: Sequence[Taker]) -> Taker | None:
    """Who has the least open for their weight; among equals the turns decide."""
    able = [taker for taker in takers if taker.weight > 0]
    if not able:
        return None
    least = min(Fraction(taker.open, taker.weight) for taker in able)
    return in_turns([taker for taker in able if Fraction(taker.open, taker.weight) == least])


def expected(shares: Iterable[Mapping[str, int]]) -> dict[int, Fraction]:
    """How much each should have got: of every record the weight's part, among those who were
    there to get it."""
    found: dict[int, Fraction] = {}
    for among in shares:
        total = sum(among.values())
        for user_id, weight in among.items():
            part = Fraction(weight, total) if total else Fraction(0)
            found[int(user_id)] = found.get(int(user_id), Fraction(0)) + part
    return found
