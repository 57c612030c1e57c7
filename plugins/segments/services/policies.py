"""What accounts of a grade get, and whether they do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import SYSTEM, acting_as, current_company, gettext
from plugin_api.models import model_of
from plugins.segments.models import Policy

ACCOUNT = "crm.Account"


def all_of() -> Mapping[str, Policy]:
    """Policies by grade. One statement."""
    asked = sa.select(Policy).order_by(Policy.grade)
    return {policy.grade: policy for policy in host().session.scalars(asked)}


def of(grade: str | None) -> Policy | None:
    """That of one grade."""
    if not grade:
        return None
    return host().session.scalars(sa.select(Policy).where(Policy.grade == grade)).first()


def follow_up(policy: Policy) -> None:
    """Where activities are written down, have a follow-up rule say the same as the policy: it
    lists who wants contact and reminds of it."""
    if not host().is_enabled("activities"):
        return
    model: Any = model_of("activities.ContactRule")
    condition = f"grade={policy.grade}"
    with acting_as(current_company(), SYSTEM):
        asked = sa.select(model).where(model.about_model == ACCOUNT, model.condition == condition)
        rule = host().session.scalars(asked.order_by(model.id)).first()
        if policy.contact_days is None:
            if rule is not None and rule.active:
                host().records.update(rule, {"active": False})
        elif rule is None:
            values = {
                "name": gettext("Grade %(grade)s", grade=policy.grade), "about_model": ACCOUNT,
                "condition": condition, "every_days": policy.contact_days,
            }  # fmt: skip
            host().records.create(model, values)
        else:
            host().records.update(rule, {"every_days": policy.contact_days, "active": True})


def unfollow(grade: str) -> None:
    """Switch the follow-up rule of a grade off that has no policy any more."""
    follow_up(Policy(grade=grade, contact_days=None))


def is_leader(user_id: int | None) -> bool:
    """Whether somebody leads a team."""
    if user_id is None:
        return False
    team: Any = model_of("core.Team")
    asked = sa.select(team.id).where(team.manager_id == user_id).limit(1)
    return host().session.scalar(asked) is not None
