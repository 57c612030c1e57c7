"""What a function calls, as far as names go: to ask whether a page asks for a permission."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any

MOST = 400
"""Functions that are followed from one."""


def names_of(code: CodeType) -> Iterator[str]:
    """Names that a piece of code reads, functions inside it included."""
    yield from code.co_names
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from names_of(each)


def reached(function: Callable[..., Any], package: str) -> Iterator[str]:
    """Names that a function reads, and those that what it calls of its package reads."""
    waiting: list[Any] = [function]
    seen: set[CodeType] = set()
    while waiting and len(seen) < MOST:
        found = waiting.pop()
        found = getattr(found, "__wrapped__", found)
        if isinstance(found, type):
            waiting += [each for each in vars(found).values() if isinstance(each, FunctionType)]
            continue
        found = getattr(found, "__func__", found)
        if not isinstance(found, FunctionType) or found.__code__ in seen:
            continue
        if not f"{found.__module__}.".startswith(f"{package}."):
            continue
        seen.add(found.__code__)
        names = list(names_of(found.__code__))
        yield from names
        for name in names:
            value = found.__globals__.get(name)
            waiting.append(value)
            if isinstance(value, ModuleType):
                waiting += [getattr(value, other, None) for other in names]
        for cell in found.__closure__ or ():
            waiting.append(cell.cell_contents)
