"""What follows from a rule is written in the actor's name, whatever their role allows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from plugin_api.context import acting_with

_by_rule: ContextVar[bool] = ContextVar("risk_by_rule", default=False)


@contextmanager
def by_rule(*permissions: str) -> Iterator[None]:
    """What is written inside follows from a rule, and may use these permissions."""
    token = _by_rule.set(True)
    try:
        with acting_with(permissions):
            yield
    finally:
        _by_rule.reset(token)


def is_by_rule() -> bool:
    """Whether it does."""
    return _by_rule.get()
