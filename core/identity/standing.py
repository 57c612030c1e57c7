"""Who stands behind the actor: an administrator who looks as another person, or nobody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Behind:
    """The administrator."""

    user_id: int
    name: str


_behind: ContextVar[Behind | None] = ContextVar("behind", default=None)


def behind() -> Behind | None:
    """Who really acts, when it is not the actor."""
    return _behind.get()


@contextmanager
def standing(who: Behind) -> Iterator[None]:
    """Have what is done inside noted as done by somebody as the actor."""
    token = _behind.set(who)
    try:
        yield
    finally:
        _behind.reset(token)
