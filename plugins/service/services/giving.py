"""Which queue a case waits in, and who looks after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.conditions import criteria
from plugin_api.context import current_actor, today
from plugin_api.models import model_of
from plugin_api.turns import Taker, in_turns, to_the_least
from plugins.service.models import Case, Member, Queue
from plugins.service.models.words import ACTIVE


def give(cases: Sequence[Case]) -> None:
    """Put new cases into queues, and give those that nobody owns to whose turn it is.

    A statement for each queue's condition and three for each queue that gives out, however many
    cases there are.
    """
    todo = {case.id: case for case in cases if case.state in ACTIVE}
    free = {id_: case for id_, case in todo.items() if case.queue_id is None}
    queues = list(
        host().session.scalars(
            sa.select(Queue).where(Queue.active).order_by(Queue.position, Queue.id)
        )
    )
    for queue in queues:
        for id_ in fitting(queue.condition, free):
            free.pop(id_).queue_id = queue.id
    actor = current_actor().user_id
    for queue in queues:
        waiting = [
            case
            for case in todo.values()
            if case.queue_id == queue.id and case.owner_id in (None, actor)
        ]
        if waiting:
            _give(queue, sorted(waiting, key=lambda case: case.id))


def give_again(case: Case) -> None:
    """Give a case that has come into another queue to whose turn it is there."""
    queue = None
    if case.queue_id is not None:
        queue = host().session.scalar(sa.select(Queue).where(Queue.id == case.queue_id))
    if queue is not None and queue.active:
        case.owner_id = None
        _give(queue, [case])


def fitting(condition: str | None, cases: Mapping[int, Case]) -> set[int]:
    """Which of some cases fulfil a condition. One statement; none for an empty one."""
    if not condition or not cases:
        return set(cases)
    asked = sa.select(Case.id).where(Case.id.in_(cases), criteria(Case, condition))
    return set(host().session.scalars(asked))


def _give(queue: Queue, cases: Sequence[Case]) -> None:
    session = host().session
    # Who gives out by the same queue meanwhile waits, so that nobody's turn comes twice.
    session.execute(sa.select(Queue.id).where(Queue.id == queue.id).with_for_update())
    asked = sa.select(Member).where(Member.queue_id == queue.id).order_by(Member.id)
    members = list(session.scalars(asked.execution_options(populate_existing=True)))
    # What a member enters stays theirs; what others enter is for the members, if there are any.
    mine = {member.user_id for member in members}
    cases = [case for case in cases if members and case.owner_id not in mine]
    if not cases:
        return
    if queue.method == "none":
        for case in cases:
            case.owner_id = None
        return
    there = _there([member.user_id for member in members])
    load = _open([member.user_id for member in members])
    takers = {
        member.id: Taker(
            user_id=member.user_id, weight=member.weight, credit=member.credit,
            open=load.get(member.user_id, 0),
        )
        for member in members
        if member.user_id in there
    }  # fmt: skip
    able = [member for member in members if member.id in takers]
    known = {case.id: case for case in cases}
    skilled = {text: fitting(text, known) for text in {member.skills for member in able} if text}
    for case in cases:
        chosen = _choose(queue, [
            takers[member.id] for member in able
            if (not member.skills or case.id in skilled[member.skills])
            and (member.capacity is None or takers[member.id].open < member.capacity)
        ])  # fmt: skip
        if chosen is not None:
            case.owner_id = chosen.user_id
            chosen.open += 1
            if chosen.user_id != current_actor().user_id:
                host().remind(case, [chosen.user_id], case.number or "")
    for member in able:
        member.credit = takers[member.id].credit


def _choose(queue: Queue, takers: Sequence[Taker]) -> Taker | None:
    return to_the_least(takers) if queue.method == "least" else in_turns(takers)


def _there(user_ids: Sequence[int]) -> set[int]:
    """Who of some people works here and is not away today. One statement."""
    user: Any = model_of("core.User")
    absence: Any = model_of("core.Absence")
    day = today()
    away = sa.select(absence.user_id).where(absence.first_day <= day, absence.last_day >= day)
    asked = sa.select(user.id).where(user.id.in_(user_ids), user.active, user.id.not_in(away))
    return set(host().session.scalars(asked))


def _open(user_ids: Sequence[int]) -> dict[int, int]:
    """How much each has to do. One statement."""
    asked = (
        sa.select(Case.owner_id, sa.func.count(Case.id))
        .where(Case.owner_id.in_(user_ids), Case.state.in_(ACTIVE))
        .group_by(Case.owner_id)
    )
    return {row[0]: row[1] for row in host().session.execute(asked) if row[0] is not None}
