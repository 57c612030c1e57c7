"""What pay is called of a person whose data is erased."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugins.incentives.models import Plan, Statement
from plugins.incentives.services import words
from plugins.incentives.services.shapes import Period


def forget(user: Any) -> None:
    """Have statements of a person go by the name that is left of them. What was paid stays."""
    asked = sa.select(Statement, Plan.name).join(Plan, Plan.id == Statement.plan_id)
    for each, plan in host().session.execute(asked.where(Statement.user_id == user.id)):
        each.name = words.heading(user.name, plan, Period(each.start, each.end))
