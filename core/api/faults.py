"""What is wrong with the parts of a request about many records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm.exc import StaleDataError

from core.api.problems import Problem, told_of
from plugin_api.context import gettext
from plugin_api.duplicates import Duplicate
from plugin_api.errors import Conflict, Refused


@dataclass
class Faults:
    """What is wrong, by place: ``update.3.name`` is the name of the fourth change."""

    errors: dict[str, list[Any]] = field(default_factory=dict)
    statuses: set[int] = field(default_factory=set)
    duplicates: dict[str, Duplicate] = field(default_factory=dict)

    def add(self, place: str, errors: Mapping[str, Sequence[Any]], status: int = 422) -> None:
        for name, messages in errors.items():
            self.errors.setdefault(f"{place}.{name}" if name else place, []).extend(messages)
            self.statuses.add(status)

    def check(self) -> None:
        """Raise Problem when there is any; its status is theirs if they share one, else 422."""
        if self.errors:
            status = next(iter(self.statuses)) if len(self.statuses) == 1 else 422
            told = told_of(self.duplicates) if self.duplicates else {}
            raise Problem(status, gettext("Nothing was changed."), errors=self.errors, **told)

    @contextmanager
    def at(self, place: str) -> Iterator[None]:
        """Note what is refused inside."""
        try:
            yield
        except StaleDataError:
            message = gettext("The record has changed since you read it.")
            self.add(place, {"version": [message]}, 409)
        except Refused as refused:
            where = "version" if isinstance(refused, Conflict) else ""
            if isinstance(refused, Duplicate):
                self.duplicates[place] = refused
            self.add(place, refused.errors or {where: [refused.message]}, refused.status)
