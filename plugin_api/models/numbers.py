"""What becomes of the numbers of records inside of structures when a company moves."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Protocol

_KEY = re.compile(r"(.*:)(\d+)")


class Numbers(Protocol):
    """The numbers that records have where the company goes to."""

    def __call__(self, number: int) -> int:
        """That of the record, of any kind, which has this one."""

    def value(self, model_key: str, name: str, value: Any) -> Any:
        """What a field of a model holds, or a company's own: another number if it names a
        record, else the same."""


Renumber = Callable[[Any, Mapping[str, Any], Numbers], Any]
"""``renumber(held, row, numbers)`` gives a structure with every number of a record exchanged;
``row`` are the columns of the record that holds it, as they were."""


def as_it_is(held: Any, row: Mapping[str, Any], numbers: Numbers) -> Any:
    """For structures that name no record."""
    return held


def by_key(held: Any, row: Mapping[str, Any], numbers: Numbers) -> Any:
    """For lists of objects whose ``key`` may name a record, as ``crm.Account:7``."""
    return [
        {**each, "key": f"{found[1]}{numbers(int(found[2]))}"}
        if (found := _KEY.fullmatch(each.get("key", "")))
        else each
        for each in held or []
    ]
