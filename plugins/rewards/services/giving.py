"""Giving rewards: to whom they are for, out of stock and budget, and money on to pay."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_actor, gettext, today
from plugin_api.errors import Rejected
from plugin_api.periods import check_day
from plugins.rewards.models import Award, Budget, Reward
from plugins.rewards.models.given import COUNTING
from plugins.rewards.services import eligible, passing, people, points


def begin(award: Award) -> None:
    """Complete an award, or refuse it: the person may have it, there is one left, and the budget
    allows it. Raises Rejected."""
    reward = _locked(award.reward_id)
    actor = current_actor()
    award.by_id = actor.user_id
    award.day = award.day or today()
    check_day("day", award.day)
    if award.source == "granted" and actor.user_id is not None and award.user_id == actor.user_id:
        raise Rejected("user_id", gettext("Nobody rewards themselves."))
    if reward.state != "offered":
        raise Rejected("reward_id", gettext("This reward is no longer offered."))
    if award.source in ("granted", "redeemed"):
        said = eligible.why_not(reward, award.user_id)
        if said:
            raise Rejected("user_id", said)
    award.cost = (reward.amount if reward.kind == "money" else reward.cost) or 0
    budget = _budget_of(reward)
    _check_day(budget, award.day)
    _check_limits(reward, budget, 1, award.cost)
    award.valid_to = _term(reward, award.day)
    award.name = people.titled(reward.name, host().title_of("core.User", award.user_id))


def given(award: Award) -> None:
    """Pass money on to pay, and tell who gets it. Raises Rejected where those that were made with
    it are more than there are."""
    reward = _reward_of(award)
    _check_limits(reward, _budget_of(reward), 0, 0)
    if award.state != "given":
        return
    passing.pass_on(award)
    host().remind(award, [award.user_id], gettext("You have got a reward."))


def give(
    reward_id: int, user_id: int, source: str, citation: str | None = None, **about: int
) -> Award:
    """Give what a vote or a contest decides: ``round_id`` or ``contest_id``. Raises Rejected."""
    return _make(
        Award(reward_id=reward_id, user_id=user_id, source=source, citation=citation, **about)
    )


def redeem(reward: Reward, user_id: int) -> Award:
    """Have a reward for points: it is asked for, and the points are spent at once. Raises
    Rejected."""
    if reward.points is None:
        raise Rejected("", gettext("It cannot be had for points."))
    award = Award(
        reward_id=reward.id, user_id=user_id, source="redeemed", state="asked",
        points=reward.points, public=False,
    )  # fmt: skip
    _make(award)
    points.enter(user_id, -reward.points, "spent", reward.name, award)
    return award


def hand_out(award: Award, values: dict[str, Any]) -> None:
    """What was asked for is given; money goes on to pay."""
    award.day = today()
    award.valid_to = _term(_reward_of(award), award.day)
    passing.pass_on(award)


def refuse(award: Award, values: dict[str, Any]) -> None:
    """The points come back."""
    _points_back(award)


def withdraw(award: Award, values: dict[str, Any]) -> None:
    """The points come back, and what went on to pay is taken from it again."""
    _points_back(award)
    passing.take_back(award)


def check_other(award: Award, values: Mapping[str, Any]) -> None:
    """Somebody else decides. Raises Rejected."""
    if award.user_id == current_actor().user_id:
        raise Rejected("", gettext("Somebody else decides on it."))


def left_of(rewards: list[Reward]) -> dict[int, int]:
    """How many of each are still there, of those that are counted. One statement."""
    return {id_: max(left, 0) for id_, left in _left(rewards).items()}


def _left(rewards: list[Reward]) -> dict[int, int]:
    stocks = {each.id: each.stock for each in rewards if each.stock is not None}
    asked = sa.select(Award.reward_id, sa.func.count(Award.id)).where(
        Award.reward_id.in_(stocks), Award.state.in_(COUNTING)
    )
    with host().session.no_autoflush:
        found = host().session.execute(asked.group_by(Award.reward_id))
        taken = {row[0]: row[1] for row in found}
    return {id_: stock - taken.get(id_, 0) for id_, stock in stocks.items()}


def spent(budget_id: int) -> int:
    """What awards have taken out of a budget, in minor units. One statement."""
    asked = sa.select(sa.func.coalesce(sa.func.sum(Award.cost), 0)).join(
        Reward, Reward.id == Award.reward_id
    )
    asked = asked.where(Reward.budget_id == budget_id, Award.state.in_(COUNTING))
    with host().session.no_autoflush:
        return int(host().session.scalar(asked) or 0)


def _make(award: Award) -> Award:
    """Write an award of a source that people cannot name, after the same checks."""
    award.state = award.state or "given"
    award.citation = award.citation or None
    award.public = True if award.public is None else award.public
    award.passed = []
    with host().session.no_autoflush, people.with_rights():
        begin(award)
    host().session.add(award)
    host().session.flush()
    given(award)
    return award


def _reward_of(award: Award) -> Reward:
    return host().session.get_one(Reward, (award.company_id, award.reward_id))


def _locked(reward_id: int) -> Reward:
    """A reward; who else gives it waits."""
    asked = sa.select(Reward).where(Reward.id == reward_id)
    with host().session.no_autoflush:
        return host().session.scalars(asked.with_for_update(key_share=True)).one()


def _term(reward: Reward, day: date) -> date | None:
    """The last day of a title that is held from a day on."""
    held = reward.kind == "title" and reward.days
    return day + timedelta(days=held - 1) if held else None


def _budget_of(reward: Reward) -> Budget | None:
    """The budget that a reward is paid out of; who else spends it waits."""
    if reward.budget_id is None:
        return None
    asked = sa.select(Budget).where(Budget.id == reward.budget_id)
    with host().session.no_autoflush:
        return host().session.scalars(asked.with_for_update(key_share=True)).one()


def _check_limits(reward: Reward, budget: Budget | None, more: int, cost: int) -> None:
    """So many more, at such a cost, are within stock and budget: before one is written, and again
    of those that were written together. Raises Rejected."""
    if reward.stock is not None and _left([reward])[reward.id] < more:
        raise Rejected("reward_id", gettext("None is left of “%(name)s”.", name=reward.name))
    if budget is not None and spent(budget.id) + cost > budget.amount:
        raise Rejected(
            "reward_id", gettext("The budget “%(name)s” does not allow it.", name=budget.name)
        )


def _check_day(budget: Budget | None, day: date) -> None:
    if budget is not None and not budget.starts_on <= day <= budget.ends_on:
        text = gettext(
            "The budget “%(name)s” is for %(start)s to %(end)s.", name=budget.name,
            start=budget.starts_on.isoformat(), end=budget.ends_on.isoformat(),
        )  # fmt: skip
        raise Rejected("day", text)


def _points_back(award: Award) -> None:
    if award.points:
        points.enter(award.user_id, award.points, "returned", _reward_of(award).name, award)
