"""Records that may be there already: what is told of them, and whether somebody is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from plugin_api.context import Text
from plugin_api.errors import Refused

_asks: ContextVar[bool] = ContextVar("asks about duplicates", default=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """A record that another one is like. What the person may not see has no title, no owner, no
    address and no number: only that there is one, and why."""

    why: Text
    """The fields that are alike, in words."""
    title: Text = ""
    owner: Text = ""
    href: str = ""
    model: str = ""
    record_id: int | None = None
    place: int | None = None
    """In place of a number, the position among records that are made at once."""


class Duplicate(Refused):
    """A record seems to be there already, as ``matches`` say. With ``may_save`` the person may
    save it all the same; the message holds all of it for who reads nothing else."""

    status = 409

    def __init__(self, message: Text, matches: Sequence[Match], *, may_save: bool) -> None:
        super().__init__(message)
        self.matches = tuple(matches)
        self.may_save = may_save


@contextmanager
def asking(on: bool = True) -> Iterator[None]:
    """Somebody is there inside who can be asked whether a record that seems to be a duplicate is
    to be saved all the same. Elsewhere only what nobody may save is refused."""
    token = _asks.set(on)
    try:
        yield
    finally:
        _asks.reset(token)


def asks() -> bool:
    """Whether somebody can be asked, who has not answered yet."""
    return _asks.get()
