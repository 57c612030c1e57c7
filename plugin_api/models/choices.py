"""What a choice field offers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from plugin_api.context import Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One value of a choice field. ``tone`` colours its badge."""

    value: str
    label: Text
    tone: Literal["neutral", "info", "good", "warn", "bad"] = "neutral"
    retired: bool = False
    """Records that have it keep it; it is not offered any more."""


Choices = tuple[Choice, ...] | Callable[[], tuple[Choice, ...]]
"""The values, or what tells them for the company at hand each time it is asked."""
