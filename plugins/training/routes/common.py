"""What several pages read from an address."""

from __future__ import annotations

from typing import Any

from flask import request

from plugin_api.context import gettext
from plugin_api.errors import NotFound


def number(name: str) -> int | None:
    """A number in the address; None for anything else."""
    text = request.values.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def nothing() -> NotFound:
    """That there is nothing at an address."""
    return NotFound(gettext("There is no page or record at this address, or you may not see it."))


def page_number() -> int:
    """Which page of a long table, from 1."""
    return min(max(number("page") or 1, 1), 10_000)


def options(rows: Any) -> list[tuple[int, str]]:
    """Choices of a select."""
    return [(row[0], row[1]) for row in rows]
