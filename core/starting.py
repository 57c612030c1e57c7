"""A start that makes half a million objects which stay, and work that makes many at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """Do not look for garbage inside, where very many objects are made: the classes, tables and
    routes of a start, which live as long as the process, or the rows of a batch, which go without.
    Looking through everything again and again would be a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def keep() -> None:
    """Leave alone what is there by now, garbage or not.

    For a process that ends soon: Python's end looks for garbage several times, which of half a
    million objects that are about to go anyway takes as long as to make them.
    """
    gc.freeze()


def settle() -> None:
    """What is there by now stays, so no collection looks at it again.

    For a process that has started and does nothing else than serve.
    """
    gc.collect()
    gc.freeze()
