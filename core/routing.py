"""Addresses that learn how to be written when somebody writes them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from werkzeug.routing import Rule

Write = Callable[..., tuple[str, str]]


class LateRule(Rule):
    """Werkzeug compiles two functions for each address at the start, which of five hundred is a
    sixth of the time it takes to make the application; most of them are never called."""

    def _compile_builder(self, append_unknown: bool = True) -> Write:
        compiled = cache(super()._compile_builder)

        def write(rule: LateRule, **values: Any) -> tuple[str, str]:
            return compiled(append_unknown)(rule, **values)

        return write
