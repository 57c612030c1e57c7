"""What a plugin adds to pages of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plugin_api.context import Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """A line of a panel; ``share`` (0 to 1 and beyond) draws a bar, ``trend`` a small line of
    figures from the oldest to the newest, in the unit that is read (money in major units)."""

    label: Text
    value: Text
    share: float | None = None
    href: str | None = None
    trend: Sequence[float] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Panel:
    """A small box beside a record's form."""

    title: Text
    facts: tuple[Fact, ...]
    note: Text = ""
