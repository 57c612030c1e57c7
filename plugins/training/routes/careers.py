"""How ready somebody is for the next level."""

from __future__ import annotations

import sqlalchemy as sa
from flask import render_template

from plugin_api import host
from plugin_api.context import has_permission
from plugins.training import display
from plugins.training.models import Career, Coaching, Level
from plugins.training.services import careers, criteria, people


def show(record_id: int) -> str:
    """Criteria with what there is and what is needed, goals, and the steps so far."""
    career = host().records.get(Career, record_id)
    found = criteria.ready([career])[career.id]
    goals = sa.select(Coaching).where(
        Coaching.user_id == career.user_id, host().records.visible(Coaching)
    )
    steps = careers.steps(career.id)
    ids = [career.user_id, career.mentor_id, *(each.by_id for each in steps)]
    return render_template(
        "training/career.html",
        career=career, ready=found, steps=steps, names=people.names_of(ids),
        here=host().session.get_one(Level, (career.company_id, career.level_id)),
        goals=host().session.scalars(goals.order_by(Coaching.ends_on.desc()).limit(20)).all(),
        may_plan=has_permission("training.Coaching.create"), display=display,
        new_goal=f"{host().list_url(Coaching.model_key())}/new?kind=goal&user={career.user_id}",
        url=host().record_url, said=criteria.said,
    )  # fmt: skip
