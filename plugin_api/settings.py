"""Settings of a plugin, one value a company."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from plugin_api.context import Text
from plugin_api.models.choices import Choice


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """A typed value that the company's admin may change. ``key`` is ``<plugin>.<name>``."""

    key: str
    label: Text
    kind: Literal["text", "integer", "boolean", "choice"]
    default: Any
    help: Text = ""
    choices: tuple[Choice, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
