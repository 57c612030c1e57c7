"""What of the contract goes, since when it is known, and the day from which it is gone."""

from __future__ import annotations

import functools
import logging
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

log = logging.getLogger("xiaoguan.deprecation")

F = TypeVar("F", bound=Callable[..., Any])
_told: set[tuple[str, str]] = set()


class ContractWarning(DeprecationWarning):
    """Something of the contract is used that goes. An error where tests make warnings errors."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Going:
    """``since`` is the version of Xiaoguan that said so, ``gone`` the day from which a release may
    be without it, ``instead`` what to write in its place."""

    what: str
    since: str
    gone: date
    instead: str

    def __str__(self) -> str:
        return (
            f"{self.what} goes on {self.gone.isoformat()} (said in {self.since});"
            f" use {self.instead}"
        )

    def warning(self) -> ContractWarning:
        """For a hook: ``@hookspec(warn_on_impl=Going(…).warning())``. The warning names who
        implements it."""
        return ContractWarning(str(self))


def deprecated(*, since: str, gone: str, instead: str) -> Callable[[F], F]:
    """Mark a function, or a class when it is made, that goes: ``since`` is a version, ``gone`` a
    date as ``2027-12-31``. Whoever calls it is told once a process and module, in the log and as a
    :class:`ContractWarning`. Raises ValueError for another date."""
    day = date.fromisoformat(gone)

    def mark(function: F) -> F:
        name = f"{function.__module__}.{function.__qualname__}"
        going = Going(what=name, since=since, gone=day, instead=instead)

        @functools.wraps(function)
        def call(*given: Any, **named: Any) -> Any:
            _tell(going, sys._getframe(1).f_globals.get("__name__", "?"))
            return function(*given, **named)

        call.__xiaoguan_going__ = going  # type: ignore[attr-defined]
        return call  # type: ignore[return-value]

    return mark


def _tell(going: Going, caller: str) -> None:
    if (going.what, caller) not in _told:
        _told.add((going.what, caller))
        log.warning("%s: %s", caller, going)
        warnings.warn(f"{caller}: {going}", ContractWarning, stacklevel=3)
