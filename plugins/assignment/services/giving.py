"""Giving records to people by the company's rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.conditions import criteria
from plugin_api.context import acting_with, current_actor, now, today
from plugin_api.errors import Refused
from plugin_api.models import CompanyModel, model_of
from plugin_api.turns import Taker, in_turns, to_the_least
from plugins.assignment.models import Given, Member, Rule
from plugins.crm.api import Account, Lead

OPEN_LEADS = ("new", "working", "qualified")
MODELS: dict[str, type[CompanyModel]] = {"lead": Lead, "account": Account}
WRITTEN = ("crm.Lead.update", "crm.Account.update", "crm.Lead.read", "crm.Account.read")


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's place in a rule, and why they get nothing now: away, gone, full, no weight;
    empty for who does."""

    taker: Taker
    member_id: int
    capacity: int | None
    territory: str | None
    off: str


def give_new(records: Sequence[CompanyModel]) -> int:
    """Give new records of one model to whom the rules name; how many.

    A few statements for the rules and who is there, however many records; and those of each
    record's change of owner.
    """
    kind = "lead" if isinstance(records[0], Lead) else "account"
    waiting: dict[int, Any] = {record.id: record for record in records}
    given = 0
    for rule in rules(kind):
        if not waiting:
            break
        fitting = _matching(rule.kind, rule.condition, waiting)
        some = [waiting[id_] for id_ in sorted(fitting)]
        places = take_places(rule, lock=True)
        mine = {place.taker.user_id for place in places}
        some = [record for record in some if _is_for(rule, record, mine)]
        given += _give(rule, some, places)
        for id_ in fitting:
            waiting.pop(id_)
    return given


def give_one(record: Any) -> bool:
    """Give a record that nobody owns to whom the rules name; whether they name somebody."""
    return record.owner_id is None and give_new([record]) == 1


def rules(kind: str) -> list[Rule]:
    """Rules in force for a kind of records, in their order."""
    asked = sa.select(Rule).where(Rule.active, Rule.kind == kind)
    return list(host().session.scalars(asked.order_by(Rule.position, Rule.id)))


def take_places(rule: Rule, *, lock: bool = False) -> list[Place]:
    """Who takes part in a rule and how they stand, in the order in which they came to it. With
    ``lock`` nobody else gives out by it before this transaction ends."""
    session = host().session
    if lock:
        session.execute(sa.select(Rule.id).where(Rule.id == rule.id).with_for_update())
    user: Any = model_of("core.User")
    asked = (
        sa.select(Member, user.active)
        .join(user, user.id == Member.user_id)
        .where(Member.rule_id == rule.id)
        .order_by(Member.id)
        .execution_options(populate_existing=True)
    )
    rows = session.execute(asked).all()
    away = _away()
    open_now = _open(rule.kind, [row[0].user_id for row in rows])
    return [
        Place(
            taker=Taker(
                user_id=member.user_id, weight=member.weight, credit=member.credit,
                open=open_now.get(member.user_id, 0),
            ),
            member_id=member.id, capacity=member.capacity, territory=member.territory,
            off=_off(member, active=active, away=member.user_id in away),
        )
        for member, active in rows
    ]  # fmt: skip


def choose(rule: Rule, places: Iterable[Place]) -> tuple[Taker | None, dict[str, int]]:
    """Who of these gets the next record, and among whom it is divided."""
    able = [
        place.taker
        for place in places
        if not place.off and (place.capacity is None or place.taker.open < place.capacity)
    ]
    able = [taker for taker in able if taker.weight > 0]
    chosen = to_the_least(able) if rule.method == "least" else in_turns(able)
    return chosen, {str(taker.user_id): taker.weight for taker in able}


def _give(rule: Rule, records: Sequence[Any], places: Sequence[Place]) -> int:
    """Give records by a rule, and keep where the turns have come to."""
    inside = {
        text: _matching(rule.kind, text, {record.id: record for record in records})
        for text in {place.territory for place in places if place.territory}
    }
    given = 0
    for record in records:
        able = [p for p in places if not p.territory or record.id in inside[p.territory]]
        while able:
            chosen, shares = choose(rule, able)
            if chosen is None:
                break
            if _hand(record, chosen.user_id):
                chosen.open += 1
                given += 1
                _note(rule, record, chosen.user_id, shares)
                break
            # A limit of another plugin stands against it: the next one gets it.
            able = [place for place in able if place.taker is not chosen]
    credits = {place.member_id: place.taker.credit for place in places}
    asked = sa.select(Member).where(Member.id.in_(credits))
    for member in host().session.scalars(asked):
        member.credit = credits[member.id]
    host().session.flush()
    return given


def _hand(record: Any, user_id: int) -> bool:
    try:
        with acting_with(WRITTEN):
            host().records.update(record, {"owner_id": user_id})
    except Refused:
        return False
    return True


def _note(rule: Rule, record: Any, user_id: int, shares: dict[str, int]) -> None:
    made = Given(
        name=str(record.name or f"#{record.id}"), rule_id=rule.id, user_id=user_id, on=today(),
        at=now(), shares=shares,
    )  # fmt: skip
    setattr(made, "lead_id" if isinstance(record, Lead) else "account_id", record.id)
    host().session.add(made)


def _is_for(rule: Rule, record: Any, members: set[int]) -> bool:
    """Whether a rule gives out a record that has the owner it has."""
    if isinstance(record, Lead) and record.status not in OPEN_LEADS:
        return False
    if record.owner_id is None:
        return True
    entered = record.owner_id == current_actor().user_id
    return rule.whose == "entered" and entered and record.owner_id not in members


def fits(kind: str, condition: str | None, record: Any) -> bool:
    """Whether a record fulfils a condition."""
    return record.id in _matching(kind, condition, {record.id: record})


def _matching(kind: str, condition: str | None, records: dict[int, Any]) -> set[int]:
    """Which of some records fulfil a condition. One statement; none for an empty one."""
    if not condition:
        return set(records)
    model: Any = MODELS[kind]
    asked = sa.select(model.id).where(model.id.in_(records), criteria(model, condition))
    return set(host().session.scalars(asked))


def _away() -> set[int]:
    absence: Any = model_of("core.Absence")
    day = today()
    asked = sa.select(absence.user_id).where(absence.first_day <= day, absence.last_day >= day)
    return set(host().session.scalars(asked))


def _open(kind: str, user_ids: Sequence[int]) -> dict[int, int]:
    """How much each has to do. One statement."""
    model: Any = MODELS[kind]
    model_open = Lead.status.in_(OPEN_LEADS) & Lead.archived.is_(False)
    used = model_open if kind == "lead" else Account.archived.is_(False)
    asked = sa.select(model.owner_id, sa.func.count(model.id)).where(
        model.owner_id.in_(user_ids), used
    )
    return {row[0]: row[1] for row in host().session.execute(asked.group_by(model.owner_id))}


def _off(member: Member, *, active: bool, away: bool) -> str:
    if not active:
        return "gone"
    if away:
        return "away"
    return "weight" if member.weight == 0 else ""
