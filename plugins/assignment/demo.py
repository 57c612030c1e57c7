"""A rule that gives out new leads, and some that came in lately."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Company, clock_at, now
from plugin_api.models import model_of
from plugins.assignment.models import Member, Rule
from plugins.crm.api import Lead

NAMES = {
    "en": ("New leads in turns", "Web form"),
    "zh": ("新线索轮流分配", "网站表单"),
}
LEADS = 24


def load(company: Company, seed: int) -> None:
    """Fill a company that has people in teams; one that has rules is left as it is."""
    if host().session.scalar(sa.select(Rule.id).limit(1)) is not None:
        return
    people = _people()
    if not people:
        return
    name, source = NAMES["zh" if company.language.startswith("zh") else "en"]
    chance = random.Random(seed)
    rule = host().records.create(Rule, {"name": name, "kind": "lead", "whose": "free"})
    for number, user_id in enumerate(people):
        weight = 2 if number == 0 else 1
        host().records.create(Member, {"rule_id": rule.id, "user_id": user_id, "weight": weight})
    known = host().session.execute(
        sa.select(Lead.company_name, Lead.name, Lead.city).order_by(Lead.id).limit(LEADS)
    )
    for row in known.all():
        with clock_at(now() - timedelta(days=chance.randint(1, 60))):
            host().records.create(
                Lead,
                {"name": row[1], "company_name": row[0], "city": row[2], "source": source,
                 "owner_id": None},
            )  # fmt: skip


def _people() -> list[int]:
    """The first team that has reps in it."""
    user: Any = model_of("core.User")
    role: Any = model_of("core.Role")
    asked = (
        sa.select(user.id, user.team_id)
        .join(role, role.id == user.role_id)
        .where(user.active, role.code == "rep", user.team_id.is_not(None))
        .order_by(user.team_id, user.id)
    )
    rows = host().session.execute(asked).all()
    return [row[0] for row in rows if row[1] == rows[0][1]]
