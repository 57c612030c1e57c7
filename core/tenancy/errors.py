"""What the walls raise."""

from __future__ import annotations


class WallError(RuntimeError):
    """Code tried to reach beyond its company. A fault of the program, never of a person."""
