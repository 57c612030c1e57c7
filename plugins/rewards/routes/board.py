"""The leaderboard of a contest."""

from __future__ import annotations

import sqlalchemy as sa
from flask import render_template

from plugin_api import host
from plugin_api.errors import Rejected
from plugin_api.pages import nothing
from plugins.rewards import display
from plugins.rewards.models import Contest, Prize, Reward
from plugins.rewards.services import boards


def show(record_id: int) -> str:
    """How all stand now, or one's own place where the company names nobody."""
    contest = host().records.get(Contest, record_id)
    if not boards.may_look() or contest.state == "called_off":
        raise nothing()
    board, error = None, ""
    try:
        board = boards.of(contest)
    except Rejected as refused:
        error = refused.words
    asked = sa.select(Prize.place, Reward.name).join(Reward, Reward.id == Prize.reward_id)
    asked = asked.where(Prize.contest_id == contest.id).order_by(Prize.place, Prize.id)
    prizes = host().session.execute(asked).all()
    return render_template(
        "rewards/board.html", contest=contest, board=board, error=error, prizes=prizes,
        display=display, path=host().record_url("rewards.Contest", contest.id),
    )  # fmt: skip
