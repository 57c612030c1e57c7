"""What targets remember while they are written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from plugin_api.keeping import Keeping

_keeping = Keeping("targets")
kept, put, forget, lasting = (
    _keeping.kept, _keeping.put, _keeping.forget, _keeping.lasting
)  # fmt: skip
_by_rule: ContextVar[bool] = ContextVar("targets_by_rule", default=False)


@contextmanager
def by_rule() -> Iterator[None]:
    """What is written inside follows from a split, an agreement or a closing, not from somebody's
    hand."""
    token = _by_rule.set(True)
    try:
        yield
    finally:
        _by_rule.reset(token)


def is_by_rule() -> bool:
    """Whether it does."""
    return _by_rule.get()
