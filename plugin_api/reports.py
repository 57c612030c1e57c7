"""What programs ask of a plugin with a few values, and get as JSON: ``GET /api/v1/reports/…``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from plugin_api.context import Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """An answer that is made when it is asked for. Its key is ``<plugin>.<id>``.

    ``make(given)`` runs as the caller, who holds ``permission``, changes nothing and gives what
    JSON holds, exact numbers as text; ``given`` are the values of ``arguments`` that were sent,
    unchecked: it raises `plugin_api.errors.Refused` for those that do not fit.
    """

    id: str
    label: Text
    permission: str
    make: Callable[[Mapping[str, str]], Mapping[str, Any]]
    arguments: Mapping[str, Text] = field(default_factory=dict)
    """What may be sent → what it means."""
    answer: Mapping[str, Any] = field(default_factory=lambda: {"type": "object"})
    """JSON Schema of what ``make`` gives, with ``examples``, for the OpenAPI document."""
