"""Short words for tests of rewards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest

from plugin_api.errors import Refused
from plugin_api.host import host
from plugins.rewards.models import Award, Contest, Grant, Prize, Reward
from plugins.rewards.services import points
from tests.plugins.crm.kit import user
from tests.plugins.incentives.kit import acting, on, won

__all__ = ["acting", "award", "balance", "contest", "grant", "on", "refused", "reward", "user",
           "won"]  # fmt: skip
WON = "crm.won_amount"


@contextmanager
def refused(words: str) -> Iterator[None]:
    """What is done inside is refused with these words."""
    with pytest.raises(Refused) as told:
        yield
    assert words in told.value.words, told.value.words


def reward(name: str = "Headphones", **given: Any) -> Reward:
    return host().records.create(Reward, {"name": name, **given})


def grant(name: str, number: int, reason: str = "Well done") -> Grant:
    values = {"user_id": user(name), "points": number, "reason": reason}
    return host().records.create(Grant, values)


def award(of: Reward, name: str = "ann", **given: Any) -> Award:
    return host().records.create(Award, {"reward_id": of.id, "user_id": user(name), **given})


def balance(name: str) -> int:
    return points.balance(user(name))


def contest(start: str, end: str, *prizes: Reward, **given: Any) -> Contest:
    """A contest on what is won that has begun, with a prize for each of the first places."""
    values = {"name": f"Race of {start}", "measure": WON, "starts_on": date.fromisoformat(start),
              "ends_on": date.fromisoformat(end), **given}  # fmt: skip
    made = host().records.create(Contest, values)
    for place, each in enumerate(prizes, 1):
        host().records.create(Prize, {"contest_id": made.id, "place": place, "reward_id": each.id})
    with on(start):
        host().records.transition(made, "begin")
    return made
