"""What returns when, and by which rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.conditions import criteria
from plugin_api.context import today
from plugins.crm.api import Account, Opportunity
from plugins.pools.models import Place, Pool, Rule
from plugins.pools.services import days, kinds

FAR = dt.date(9000, 1, 1)


@dataclass(frozen=True, slots=True)
class Return:
    """A record that returns to its pool, unless something happens that counts.

    ``last`` is the last event that counts, or the claim; ``due`` that day and ``days`` more.
    """

    place_id: int
    kind: str
    record_id: int
    title: str
    owner_id: int
    pool_id: int
    pool: str
    rule_id: int
    rule: str
    event: str
    last: dt.date
    days: int
    due: dt.date
    remind: dt.date
    reminded: dt.date | None
    since: dt.date


def returns(
    until: dt.date | None = None,
    *,
    places: Collection[int] | None = None,
    rules: Collection[int] | None = None,
    where: Iterable[sa.ColumnElement[bool]] = (),
) -> list[Return]:
    """What returns on ``until`` or before, the first first; all that is held without it.

    Of some places or all, by some rules (those that are off as well) or all in force. A record
    for which several hold returns by the one that comes first. A statement a rule.
    """
    found: dict[int, Return] = {}
    for rule, pool in _rules(rules):
        for each in _by(rule, pool, until or FAR, places, tuple(where)):
            known = found.get(each.place_id)
            if known is None or each.due < known.due:
                found[each.place_id] = each
    return sorted(found.values(), key=lambda each: (each.due, each.title, each.place_id))


def _rules(only: Collection[int] | None) -> list[tuple[Rule, Pool]]:
    asked = sa.select(Rule, Pool).join(Pool, Pool.id == Rule.pool_id).where(Pool.active)
    asked = asked.where(Rule.active) if only is None else asked.where(Rule.id.in_(only))
    rows = host().session.execute(asked.order_by(Rule.days, Rule.id))
    return [(row[0], row[1]) for row in rows if _works(row[0])]


def _works(rule: Rule) -> bool:
    """Whether what the rule counts is known here."""
    return rule.event != "contact" or host().is_enabled("activities")


def _by(
    rule: Rule,
    pool: Pool,
    until: dt.date,
    places: Collection[int] | None,
    where: tuple[sa.ColumnElement[bool], ...],
) -> Iterable[Return]:
    is_work_day = host().calendar.is_work_day if rule.counts == "work" else None
    # Without an end every day is one: a calendar that far on is not worth walking through.
    latest = until if until == FAR else days.latest_event(until, rule.days, is_work_day)
    model: Any = kinds.model_of(pool.kind)
    events = _events(rule.event, pool.kind)
    last: Any = Place.since
    asked: Any = sa.select(Place, Place.since)
    if events is not None:
        last = sa.case((events.c.day > Place.since, events.c.day), else_=Place.since)
        asked = sa.select(Place, sa.type_coerce(last, sa.Date()))
    asked = asked.join(model, model.id == kinds.column_of(pool.kind))
    if events is not None:
        asked = asked.outerjoin(events, events.c.record_id == model.id)
    wanted = [
        Place.pool_id == pool.id,
        Place.state == "held",
        Place.owner_id.is_not(None),
        sa.or_(Place.locked.is_(False), Place.locked_until < today()),
        last <= latest,
        criteria(model, rule.condition),
        *_exempt(rule, pool),
        *where,
    ]
    if places is not None:
        wanted.append(Place.id.in_(places))
    for place, day in host().session.execute(asked.where(*wanted)):
        due = days.due_on(day, rule.days, is_work_day)
        yield Return(
            place_id=place.id, kind=place.kind, record_id=kinds.record_id(place),
            title=place.name, owner_id=place.owner_id, pool_id=pool.id, pool=pool.name,
            rule_id=rule.id, rule=rule.name, event=rule.event, last=day, days=rule.days, due=due,
            remind=days.remind_on(due, pool.remind_days), reminded=place.reminded,
            since=place.since,
        )  # fmt: skip


def _exempt(rule: Rule, pool: Pool) -> list[sa.ColumnElement[bool]]:
    """Won accounts where the pool keeps them; accounts with an open opportunity from the rule
    that asks for one."""
    if pool.kind != "account":
        return []
    found = [~kinds.was_won(Account.id)] if pool.exempt_won else []
    if rule.event == "opportunity":
        going = sa.select(Opportunity.id).where(
            Opportunity.account_id == Account.id,
            Opportunity.outcome == "open",
            Opportunity.archived.is_(False),
        )
        found.append(~going.exists())
    return found


def _events(event: str, kind: str) -> sa.Subquery | None:
    """Record → the last day of an event that counts. What is dated in the future does not: nobody
    keeps a record by a call that is yet to come. None where a claim alone counts: a lead is
    converted in time, and then it is none any more."""
    if event == "contact":
        from plugins.activities.api import last_of

        return last_of(kinds.model_of(kind).model_key(), until=today())
    if kind == "lead":
        return None
    day = Opportunity.created_on if event == "opportunity" else Opportunity.closed_on
    asked = sa.select(
        Opportunity.account_id.label("record_id"), sa.func.max(day).label("day")
    ).where(Opportunity.account_id.is_not(None), Opportunity.outcome != "void", day <= today())
    if event == "won":
        asked = asked.where(Opportunity.outcome == "won")
    return asked.group_by(Opportunity.account_id).subquery()
