"""Money on to pay: an adjustment in ``incentives``, where the company uses it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import acting_as, current_actor, current_company, gettext, today
from plugin_api.models import model_of
from plugins.rewards.models import Award, Reward

ADJUSTMENT = "incentives.Adjustment"


def pass_on(award: Award) -> None:
    """Ask for an adjustment of the amount, once, in the plan that the person takes part in; who
    approves adjustments decides. Nothing for other rewards, and where there is no such plan."""
    reward = host().session.get_one(Reward, (award.company_id, award.reward_id))
    if reward.kind != "money" or award.passed:
        return
    # What it came to when it was asked for: that is what the budget holds, and what is taken back.
    _ask(award, award.cost, gettext("Reward: %(name)s", name=reward.name))


def take_back(award: Award) -> None:
    """Ask for the opposite, where it was passed on."""
    if award.passed and award.cost:
        _ask(award, -award.cost, gettext("Reward withdrawn: %(name)s", name=award.name))


def _ask(award: Award, amount: int, reason: Any) -> None:
    plan_id = _plan_of(award)
    if not amount or plan_id is None:
        return
    adjustment: Any = model_of(ADJUSTMENT)
    actor = current_actor()
    grants = {**actor.grants, f"{ADJUSTMENT}.create": "company", "incentives.Plan.read": "company"}
    with acting_as(current_company(), replace(actor, grants=grants, fields={})):
        made = host().records.create(
            adjustment,
            {"user_id": award.user_id, "plan_id": plan_id, "day": award.day or today(),
             "amount": amount, "reason": str(reason)[:300]},
        )  # fmt: skip
    award.passed = [*award.passed, {"key": f"{ADJUSTMENT}:{made.id}"}]


def _plan_of(award: Award) -> int | None:
    """The plan that somebody is paid by on the day of an award; None where there is none."""
    if not host().is_enabled("incentives"):
        return None
    part: Any = model_of("incentives.Participant")
    plan: Any = model_of("incentives.Plan")
    day = award.day or today()
    asked = (
        sa.select(part.plan_id)
        .join(plan, plan.id == part.plan_id)
        .where(
            part.user_id == award.user_id, plan.active.is_(True), part.starts_on <= day,
            sa.or_(part.ends_on.is_(None), part.ends_on >= day),
        )
        .order_by(part.starts_on, part.plan_id)
    )  # fmt: skip
    return host().session.scalar(asked.limit(1))
