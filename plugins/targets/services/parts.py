"""What is handed down, and who gets which part of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from plugins.targets.models.targets import AGREED
from plugins.targets.services.attainment import Who
from plugins.targets.services.periods import Period
from plugins.targets.services.reading import Yardstick

Over = Literal["people", "teams", "months", "quarters", "cycle"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Child:
    """Somebody or some period that gets a part; ``current`` and ``history`` in smallest steps.

    ``season`` is the mean share of earlier years, ``heads`` how many people, ``days`` the working
    days that count. ``kept`` parts are left as they are: set by hand, agreed or closed, as
    ``state`` and ``by_hand`` say.
    """

    key: str
    label: str
    who: Who
    period: Period
    current: int | None = None
    version: int | None = None
    history: Decimal = Decimal(0)
    season: Decimal = Decimal(0)
    heads: int = 1
    days: Decimal = Decimal(0)
    by_hand: bool = False
    state: str = "draft"
    released: bool = False

    @property
    def fixed(self) -> bool:
        """Whether nobody changes it here: it was agreed or closed."""
        return self.current is not None and self.state in (*AGREED, "closed")

    @property
    def kept(self) -> bool:
        """Whether a split leaves it as it is."""
        return self.fixed or (self.current is not None and self.by_hand and not self.released)


@dataclass(frozen=True, slots=True)
class Whole:
    """What is handed down: a measure's target of somebody in a period."""

    stick: Yardstick
    who: Who
    period: Period
