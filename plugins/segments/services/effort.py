"""Effort against value: where the time goes, and where the value is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import today
from plugins.crm.api import GRADES, Account
from plugins.segments.services import figures

Verdict = Literal["", "over", "under"]
TIMES = Decimal("1.5")
"""So many times as much of the time as of the value, or the other way round, is out of line."""
KINDS = ("contacts", "visits", "activities")


@dataclass(frozen=True, slots=True)
class Spent:
    """An account, what it is worth, and how much was done for it."""

    id: int
    name: str
    grade: str | None
    owner_id: int | None
    value: Decimal
    effort: int


@dataclass(frozen=True, slots=True)
class Row:
    """The accounts of a grade; shares are of 1."""

    grade: str | None
    accounts: int
    value: Decimal
    effort: int
    value_share: Decimal
    effort_share: Decimal

    @property
    def each(self) -> Decimal:
        """Effort for one account."""
        return Decimal(self.effort) / self.accounts

    @property
    def verdict(self) -> Verdict:
        """Whether the time is out of line with the value."""
        if self.effort_share > self.value_share * TIMES:
            return "over"
        return "under" if self.value_share > self.effort_share * TIMES else ""


def by_grade(spent: Iterable[Spent]) -> list[Row]:
    """A row for each grade that accounts have, those without last. What is below nothing counts
    as nothing of the value."""
    held: dict[str | None, list[Spent]] = {}
    for each in spent:
        held.setdefault(each.grade, []).append(each)
    worth = {grade: sum((max(each.value, Decimal(0)) for each in found), Decimal(0))
             for grade, found in held.items()}  # fmt: skip
    done = {grade: sum(each.effort for each in found) for grade, found in held.items()}
    value, effort = sum(worth.values(), Decimal(0)), sum(done.values())
    order = [*(choice.value for choice in GRADES), None]
    return [
        Row(
            grade, len(held[grade]), worth[grade], done[grade],
            worth[grade] / value if value else Decimal(0),
            Decimal(done[grade]) / effort if effort else Decimal(0),
        )
        for grade in order
        if grade in held
    ]  # fmt: skip


def misplaced(rows: Sequence[Row]) -> Decimal:
    """The part of the time that would have to go elsewhere for every grade to get as much of it
    as it has of the value."""
    return sum((max(row.effort_share - row.value_share, Decimal(0)) for row in rows), Decimal(0))


def most_over(spent: Sequence[Spent], most: int) -> list[Spent]:
    """Accounts that get more of the time than they have of the value, the furthest first."""
    return [each for gap, each in _gaps(spent)[:most] if gap > 0]


def most_under(spent: Sequence[Spent], most: int) -> list[Spent]:
    """Accounts that get less of the time than they have of the value, the furthest first."""
    return [each for gap, each in reversed(_gaps(spent)[-most:]) if gap < 0]


def _gaps(spent: Sequence[Spent]) -> list[tuple[Decimal, Spent]]:
    value = sum((max(each.value, Decimal(0)) for each in spent), Decimal(0)) or Decimal(1)
    effort = Decimal(sum(each.effort for each in spent)) or Decimal(1)
    found = [(each.effort / effort - max(each.value, Decimal(0)) / value, each) for each in spent]
    return sorted(found, key=lambda pair: (-pair[0], pair[1].name))


def read(key: str, days: int, kind: str) -> list[Spent]:
    """Accounts that the actor sees, with the figure and the effort of the last days. Two
    statements."""
    values = figures.by_account(key, days)
    columns: list[Any] = [Account.id, Account.name, Account.grade, Account.owner_id]
    asked = sa.select(*columns).where(host().records.visible(Account))
    if host().is_enabled("activities"):
        from plugins.activities.api import efforts

        done = efforts("crm.Account", today() - dt.timedelta(days=days - 1), today())
        asked = asked.add_columns(sa.func.coalesce(done.c[kind], 0)).outerjoin(
            done, done.c.record_id == Account.id
        )
    else:
        asked = asked.add_columns(sa.literal_column("0", type_=sa.Integer()))
    return [
        Spent(id_, name, grade, owner, values.get(id_, Decimal(0)), int(effort))
        for id_, name, grade, owner, effort in host().session.execute(asked)
    ]


def owners(spent: Iterable[Spent]) -> Mapping[int, str]:
    """Names of the owners. One statement."""
    from plugin_api.models import model_of

    known = {each.owner_id for each in spent if each.owner_id is not None}
    user: Any = model_of("core.User")
    asked = sa.select(user.id, user.name).where(user.id.in_(known))
    return {row[0]: row[1] for row in host().session.execute(asked)} if known else {}
