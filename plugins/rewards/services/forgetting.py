"""What is left of a person whose data is erased: figures, and no words about them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugins.rewards.models import Award, Contest, Kudos, Nomination, Reward, Standing
from plugins.rewards.services import people

GONE = "—"
"""What stands in place of a text."""


def forget(user: Any) -> None:
    """Have awards and standings of a person go by the name that is left of them, and take away
    what others wrote about them. Entries of points, which nothing alters, hold no such text."""
    session, person = host().session, user.id
    awards = sa.select(Award, Reward.name).join(Reward, Reward.id == Award.reward_id)
    for award, reward in session.execute(awards.where(Award.user_id == person)):
        award.name, award.citation = people.titled(reward, user.name), None
    standings = sa.select(Standing, Contest.name).join(Contest, Contest.id == Standing.contest_id)
    for standing, contest in session.execute(standings.where(Standing.user_id == person)):
        standing.name = people.titled(contest, user.name)
    for kudos in session.scalars(sa.select(Kudos).where(Kudos.user_id == person)):
        kudos.text = GONE
    for each in session.scalars(sa.select(Nomination).where(Nomination.user_id == person)):
        each.reason = GONE
