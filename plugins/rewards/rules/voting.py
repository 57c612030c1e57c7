"""Who has won a vote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

Outcome = Literal["won", "tie", "quorum", "none"]


class Count(NamedTuple):
    """What a vote has come to: ``first`` are those with most votes, in the order of their keys."""

    outcome: Outcome
    first: tuple[int, ...]
    votes: int


def count(votes: Mapping[int, int], quorum: int) -> Count:
    """Votes by whom they are for. ``quorum``: fewer in all; ``none``: nobody has any."""
    total = sum(votes.values())
    most = max(votes.values(), default=0)
    first = tuple(sorted(key for key, number in votes.items() if number == most and most))
    if total < quorum:
        return Count("quorum" if total else "none", first, total)
    return Count("won" if len(first) == 1 else "tie", first, total)
