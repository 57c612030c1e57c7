"""Money on to pay: an adjustment in ``incentives``, where the company uses it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import acting_with, gettext, today
from plugin_api.models import model_of
from plugins.rewards.models import Award, Reward

ADJUSTMENT = "incentives.Adjustment"
ASKING = (
    *(f"{ADJUSTMENT}.{each}" for each in ("create", "delete", "read")),
    "incentives.Plan.read",
)
"""What it takes to write adjustments, for who may give awards alone."""


def pass_on(award: Award) -> None:
    """Ask for an adjustment of the amount, once, in the plan that the person takes part in; who
    approves adjustments decides. Nothing for other rewards, and where there is no such plan."""
    reward = host().session.get_one(Reward, (award.company_id, award.reward_id))
    if reward.kind != "money" or award.passed:
        return
    # What it came to when it was asked for: that is what the budget holds, and what is taken back.
    _ask(award, award.cost, gettext("Reward: %(name)s", name=reward.name))


def take_back(award: Award) -> None:
    """Ask for the opposite of what was approved of it. What nobody has decided on yet is asked for
    no more, and of what was refused nothing was paid that could be taken."""
    ids = [int(each["key"].rpartition(":")[2]) for each in award.passed]
    if not ids or not host().is_enabled("incentives"):
        return
    adjustment: Any = model_of(ADJUSTMENT)
    asked = sa.select(adjustment).where(adjustment.id.in_(ids)).order_by(adjustment.id)
    # Who decides on one meanwhile waits, or was waited for.
    found = (
        host()
        .session.scalars(asked.with_for_update(), execution_options={"populate_existing": True})
        .all()
    )
    paid = sum(each.amount for each in found if each.state == "approved")
    with acting_with(ASKING):
        for each in found:
            if each.state == "asked":
                award.passed = [
                    one for one in award.passed if one["key"] != f"{ADJUSTMENT}:{each.id}"
                ]
                host().records.delete(each)
    if paid:
        _ask(award, -paid, gettext("Reward withdrawn: %(name)s", name=award.name))


def _ask(award: Award, amount: int, reason: Any) -> None:
    plan_id = _plan_of(award)
    if not amount or plan_id is None:
        return
    adjustment: Any = model_of(ADJUSTMENT)
    with acting_with(ASKING):
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
