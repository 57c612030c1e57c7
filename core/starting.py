"""A start that makes half a million objects which stay, and work that makes many at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


@cache
def the_app() -> Flask:
    """The application of the installation that the environment names, made once."""
    with without_collecting():
        from core.app import create_app

        app = create_app()
    keep()
    return app


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
    """Leave alone what is there by now, garbage or not, of which a start leaves little.

    A process that ends soon would look for garbage several times, which of half a million objects
    that are about to go anyway takes as long as to make them; one that serves would look through
    them again and again, and so write to memory that processes share.
    """
    gc.freeze()
