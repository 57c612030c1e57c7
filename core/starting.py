"""A start that makes half a million objects which stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """Do not look for garbage inside: classes, tables and routes live as long as the process, and
    looking through them again and again is a third of a start."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def settle() -> None:
    """What is there by now stays, so no collection looks at it again.

    For a process that has started and does nothing else than serve.
    """
    gc.collect()
    gc.freeze()
