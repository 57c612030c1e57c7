"""Days and amounts of contracts. Numbers in, numbers out."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from plugin_api.money import allocate

WHOLE = Decimal(100)


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day so many months later; the last of a month that is shorter.

    31 January and a month is 28 February; the last day of a month stays the last.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    was_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return dt.date(year, month + 1, last if was_last else min(day.day, last))


def amounts(value: int, parts: Sequence[tuple[Decimal | None, int | None]]) -> list[int]:
    """What instalments of (share in percent, fixed amount) come to, in minor units: shares by
    largest remainder, so that 100 % in any parts are the whole.

    Thirds of 100.00 are 33.34, 33.33 and 33.33.
    """
    shares = [share or Decimal(0) for share, _fixed in parts]
    rest = max(WHOLE - sum(shares, Decimal(0)), Decimal(0))
    divided = allocate(value, [*shares, rest]) if any(shares) else [0] * len(parts)
    return [
        part if fixed is None else fixed
        for part, (_share, fixed) in zip(divided, parts, strict=False)
    ]


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    """What differs between two versions, in the order of the second: (name, old, new)."""
    names = [*after, *(name for name in before if name not in after)]
    return [
        (name, before.get(name), after.get(name))
        for name in names
        if before.get(name) != after.get(name)
    ]
