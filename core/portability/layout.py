"""The tables of a company, in an order in which their rows can be put in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from core.api.models import IdempotencyKey
from core.collab.models import Draft
from core.custom.models import CustomChosen, CustomValue
from core.host import services
from core.identity.models import ApiToken
from core.webhooks.models import MODELS as WEBHOOKS
from plugin_api.models import CompanyModel

LEFT: tuple[type[CompanyModel], ...] = (
    ApiToken, IdempotencyKey, Draft, CustomValue, CustomChosen, *WEBHOOKS,
)  # fmt: skip
"""What does not travel: secrets, what is of use for a day, what is made anew of other rows, and
whom a copy must not tell."""
STAYING = frozenset({"company_id", "login_id"})
"""Numbers that name nothing of the company itself."""


Reference = tuple[list[sa.Column[object]], str]
"""The columns of one, and the table that they name."""


class PortabilityError(RuntimeError):
    """A company cannot be taken out, brought in or removed; the message says why."""


@dataclass(frozen=True, slots=True)
class Place:
    """A table, and those of its references that point to rows which come later."""

    table: sa.Table
    later: tuple[str, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """Columns with ids of rows of the company, the own one too."""
        return tuple(column.name for column in self.table.c if is_id(column))


def is_id(column: sa.Column[object]) -> bool:
    """Whether a column names a row of the company."""
    name = column.name
    if name in STAYING or not isinstance(column.type, sa.Integer | sa.types.TypeDecorator):
        return False
    named = name == "id" or name.endswith("_id") or name in ("created_by", "updated_by")
    return named and isinstance(getattr(column.type, "impl_instance", column.type), sa.Integer)


def travelling() -> list[Place]:
    """Those that are taken along."""
    left = {model.__tablename__ for model in LEFT}
    return [place for place in places() if place.table.name not in left]


def places() -> list[Place]:
    """Every table of companies, those that others need first."""
    tables = [
        model.__table__
        for model in services().registry.models.values()
        if issubclass(model, CompanyModel) and isinstance(model.__table__, sa.Table)
    ]
    # What refers to what is found out once: there are hundreds of tables, looked at again for each.
    names = {table.name: list(_references(table)) for table in tables}
    needed = {name: _needed(found) - {name} for name, found in names.items()}
    naming: dict[str, set[str]] = {name: set() for name in names}
    for name, found in names.items():
        for _columns, target in found:
            naming.setdefault(target, set()).add(name)
    left, done, made = {table.name: table for table in tables}, set[str](), list[Place]()
    while left:
        ready = [name for name in left if not needed[name] & left.keys()]
        if not ready:
            raise PortabilityError(f"tables need each other: {', '.join(sorted(left))}")
        # Nothing has to wait for a table that most others name, such as that of people.
        first = min(
            ready, key=lambda n: (any(_later(names[n], done)), -len(naming[n] & left.keys()))
        )
        made.append(Place(left.pop(first), tuple(dict.fromkeys(_later(names[first], done)))))
        done.add(first)
    return made


def _needed(found: Iterable[Reference]) -> set[str]:
    """Tables without whose rows there can be none of the one with these references."""
    return {target for columns, target in found if not any(column.nullable for column in columns)}


def _later(found: Iterable[Reference], done: set[str]) -> Iterator[str]:
    for columns, target in found:
        if target not in done:
            yield from (column.name for column in columns if column.nullable)


def _references(table: sa.Table) -> Iterator[Reference]:
    for constraint in table.foreign_key_constraints:
        columns = [each.parent for each in constraint.elements if each.parent.name != "company_id"]
        if "company_id" in constraint.referred_table.c and columns:
            yield columns, constraint.referred_table.name
