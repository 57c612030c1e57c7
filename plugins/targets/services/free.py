"""One target for the same: what is taken already, and the slot that the database guards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company, gettext
from plugin_api.errors import Rejected
from plugin_api.money import from_minor
from plugins.targets.models import Target
from plugins.targets.services.kept import kept, put

AHEAD = "taken"


class Taken(NamedTuple):
    """A target that is there."""

    id: int | None
    name: str
    amount: int | None
    quantity: Any
    period: str
    start: Any
    end: Any
    seen: bool


def slot_of(target: Target) -> str:
    """Measure, whom, of what and when, as one word."""
    who = f"{target.level}:{target.user_id or target.team_id or ''}"
    of = f"|{target.dimension}={target.member_key}" if target.dimension else ""
    return f"{target.measure}|{who}|{target.start}|{target.end}{of}"


def read_ahead(targets: Sequence[Target]) -> None:
    """Read what is taken for many new targets in one statement; for one it is not worth it."""
    if len(targets) < 2:
        put(AHEAD, None)
        return
    days = [(t.start, t.end) for t in targets if t.start and t.end]
    found: dict[Any, list[Taken]] = defaultdict(list)
    if days:
        where = (
            Target.measure.in_({t.measure for t in targets if t.measure}),
            Target.start <= max(end for _start, end in days),
            Target.end >= min(start for start, _end in days),
        )
        for row in _read(*where):
            found[tuple(row[8:])].append(Taken(*row[:8]))
    put(AHEAD, found)


def take(target: Target) -> None:
    """A new target is there, for those that are made together with it."""
    ahead = _ahead()
    if ahead is not None:
        ahead[_whom(target)].append(
            Taken(
                None, target.name, target.amount, target.quantity, target.period, target.start,
                target.end, True,
            )
        )  # fmt: skip


def check(target: Target) -> None:
    """Periods of one kind never overlap for the same measure and whom; nor are days the same.
    Raises Rejected for the field ``start``."""
    ahead = _ahead() if target.id is None else None
    rivals = _taken(target) if ahead is None else ahead[_whom(target)]
    for other in rivals:
        overlaps = (
            other.period == target.period
            and other.start <= target.end
            and other.end >= target.start
        )
        same_days = (other.start, other.end) == (target.start, target.end)
        if (overlaps or same_days) and (other.id is None or other.id != target.id):
            _refuse(other)


def _ahead() -> dict[Any, list[Taken]] | None:
    return kept(AHEAD, lambda: None)


def _refuse(other: Taken) -> None:
    if not other.seen:
        raise Rejected("start", gettext("There is a target already, which you may not see."))
    value: Any = other.quantity
    if other.amount is not None:
        value = from_minor(other.amount, current_company().currency)
    raise Rejected(
        "start",
        gettext("There is a target already: %(name)s, %(value)s.", name=other.name, value=value),
    )


def _whom(target: Target) -> tuple[Any, ...]:
    return (
        target.measure, target.level, target.team_id, target.user_id, target.dimension,
        target.member_key,
    )  # fmt: skip


_WHOM = (
    Target.measure, Target.level, Target.team_id, Target.user_id, Target.dimension,
    Target.member_key,
)  # fmt: skip


def _taken(target: Target) -> list[Taken]:
    where = [
        column.is_not_distinct_from(value)
        for column, value in zip(_WHOM, _whom(target), strict=True)
    ]
    days = Target.start <= target.end, Target.end >= target.start
    return [Taken(*row[:8]) for row in _read(*where, *days)]


def _read(*where: Any) -> list[Any]:
    seen = host().records.visible(Target)
    asked = sa.select(
        Target.id, Target.name, Target.amount, Target.quantity, Target.period, Target.start,
        Target.end, seen.label("seen"), *_WHOM,
    ).where(*where)  # fmt: skip
    with host().session.no_autoflush:
        return list(host().session.execute(asked))
