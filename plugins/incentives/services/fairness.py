"""Is it fair? What each was given to work with, and what it was paid for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Any, NamedTuple

import sqlalchemy as sa

from plugin_api import host
from plugin_api.errors import NotFound
from plugin_api.models import model_of
from plugins.incentives.models import Entry
from plugins.incentives.services.reading import major

LEAST = 5
"""People of a group of whom pay is said: of fewer it would tell what one of them has."""
LEADS, POTENTIAL = ("assignment.given", "crm.leads_created"), ("crm.open_amount", "crm.pipeline")
MOST_GROUPS = 30
ZERO = Decimal(0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One person. Amounts are in major units; None where a figure is not available."""

    user_id: int
    name: str
    leads: Decimal | None
    lead_share: float | None
    potential: Decimal | None
    pay: Decimal
    attainment: Decimal | None
    """Of 1: the figures of all targets of the time over these."""
    per_point: Decimal | None
    """Pay for one percent of attainment."""


class Group(NamedTuple):
    """People who have something in common: how many, and their middle pay against that of all (of
    1). Below :data:`LEAST` people nothing is said of their pay."""

    name: str
    n: int
    middle: Decimal | None
    to_all: float | None


def rows(start: date, end: date) -> list[Row]:
    """Who was paid in a time, as far as the actor may see the figures. Few statements, however
    many they are."""
    pay = _pay(start, end)
    user: Any = model_of("core.User")
    asked = sa.select(user.id, user.name).where(user.id.in_(pay))
    names = {row[0]: row[1] for row in host().session.execute(asked)}
    leads = _figures(LEADS, start, end)
    potential = _figures(POTENTIAL, None, None)
    reached = _attainments(start, end)
    all_leads = sum((leads or {}).get(each, ZERO) for each in pay) if leads is not None else ZERO
    found = []
    for user_id, amount in pay.items():
        own = None if leads is None else leads.get(user_id, ZERO)
        attained = reached.get(user_id)
        found.append(
            Row(
                user_id=user_id, name=names.get(user_id, "–"), leads=own,
                lead_share=float(own / all_leads) if own is not None and all_leads else None,
                potential=None if potential is None else potential.get(user_id, ZERO), pay=amount,
                attainment=attained, per_point=amount / (attained * 100) if attained else None,
            )
        )  # fmt: skip
    return sorted(found, key=lambda row: (-row.pay, row.user_id))


def gaps(found: Sequence[Row], by: str) -> list[Group]:
    """Pay by team, role, or a field of the company's own about people."""
    groups = _groups([row.user_id for row in found], by)
    pays: dict[str, list[Decimal]] = defaultdict(list)
    for row in found:
        pays[groups.get(row.user_id, "–")].append(row.pay)
    middle = median([row.pay for row in found]) if len(found) >= LEAST else None
    return [
        Group(
            name, len(each),
            median(each) if len(each) >= LEAST else None,
            float(median(each) / middle) if len(each) >= LEAST and middle else None,
        )
        for name, each in sorted(pays.items())[:MOST_GROUPS]
    ]  # fmt: skip


def own_fields() -> list[str]:
    """Fields of the company's own about people that hold few different texts and that the actor may
    read."""
    user: Any = model_of("core.User")
    values: dict[str, set[str]] = defaultdict(set)
    for custom in host().session.scalars(sa.select(user.custom).where(user.active.is_(True))):
        for key, value in (custom or {}).items():
            if isinstance(value, str):
                values[key].add(value)
    may_read = host().records.may_read
    return sorted(
        key for key, each in values.items() if 1 < len(each) <= MOST_GROUPS and may_read(user, key)
    )


def _pay(start: date, end: date) -> dict[int, Decimal]:
    asked = sa.select(Entry.user_id, sa.func.sum(Entry.amount)).where(
        Entry.start >= start, Entry.end <= end, host().records.visible(Entry)
    )
    found = host().session.execute(asked.group_by(Entry.user_id))
    return {row[0]: major(int(row[1])) for row in found}


def _figures(
    keys: Sequence[str], start: date | None, end: date | None
) -> Mapping[int, Decimal] | None:
    """People's figures of the first measure that is there; money in major units."""
    for key in keys:
        try:
            unit = host().measures.get(key).unit
        except NotFound:
            continue
        scale = major(1) if unit == "money" else Decimal(1)
        return {
            point.keys[0]: point.value * scale
            for point in host().measures.table(key, start, end, ("user",))
            if point.keys[0] is not None and point.value is not None
        }
    return None


def _attainments(start: date, end: date) -> dict[int, Decimal]:
    """What each has reached of their targets: those of the measure on which most have one, which
    lie within the time."""
    if not host().is_enabled("targets"):
        return {}
    target: Any = model_of("targets.Target")
    asked = sa.select(
        target.measure, target.user_id, target.start, target.end, target.amount, target.quantity
    ).where(
        target.level == "user", target.start >= start, target.end <= end,
        host().records.visible(target),
    )  # fmt: skip
    wanted: dict[str, dict[int, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    for measure, user_id, _first, _last, amount, quantity in host().session.execute(asked):
        value = major(amount) if amount is not None else (quantity or ZERO)
        wanted[measure][user_id] += value
    if not wanted:
        return {}
    measure = max(wanted, key=lambda key: (len(wanted[key]), key))
    done = _figures((measure,), start, end) or {}
    return {
        user_id: done.get(user_id, ZERO) / value for user_id, value in wanted[measure].items()
        if value
    }  # fmt: skip


def _groups(ids: Sequence[int], by: str) -> dict[int, str]:
    user: Any = model_of("core.User")
    if by in ("team", "role"):
        other: Any = model_of("core.Team" if by == "team" else "core.Role")
        key = user.team_id if by == "team" else user.role_id
        asked = sa.select(user.id, other.name).join(other, other.id == key)
        rows_ = host().session.execute(asked.where(user.id.in_(ids)))
        return {row[0]: row[1] for row in rows_}
    asked = sa.select(user.id, user.custom).where(user.id.in_(ids))
    return {row[0]: str((row[1] or {}).get(by) or "–") for row in host().session.execute(asked)}
