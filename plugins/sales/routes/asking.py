"""What the address of a page asks for."""

from __future__ import annotations

from datetime import date

from flask import request


def day(name: str, usual: date) -> date:
    """A day in the address; ``usual`` for none, and for what is no day."""
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return usual
