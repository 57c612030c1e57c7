"""One's own points and rewards, and what can be had for points."""

from __future__ import annotations

import sqlalchemy as sa
from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from plugin_api import host
from plugin_api.context import current_actor, gettext, has_permission
from plugin_api.errors import Refused
from plugin_api.pages import check_company, number, require
from plugins.rewards import display
from plugins.rewards.access import MINE, REDEEM
from plugins.rewards.models import Award, Entry, Reward
from plugins.rewards.services import eligible, giving, points

MOST = 20


def show() -> str:
    """Balance, the catalogue with what stands against each, awards and the last entries."""
    require(MINE)
    me = current_actor().user_id or 0
    session = host().session
    asked = sa.select(Reward).where(
        Reward.state == "offered", Reward.points.is_not(None), host().records.visible(Reward)
    )
    rewards = list(session.scalars(asked.order_by(Reward.points, Reward.id).limit(60)))
    left = giving.left_of(rewards)
    entries = sa.select(Entry).where(Entry.user_id == me).order_by(Entry.number.desc())
    awards = sa.select(Award).where(Award.user_id == me).order_by(Award.day.desc(), Award.id.desc())
    return render_template(
        "rewards/mine.html", balance=points.balance(me), display=display,
        rewards=[
            (each, left.get(each.id), why)
            for each, why in zip(rewards, eligible.why_not_any(rewards, me), strict=True)
        ],
        entries=list(session.scalars(entries.limit(MOST))),
        awards=list(session.scalars(awards.limit(MOST))), may_redeem=has_permission(REDEEM),
        entries_href=host().list_url("rewards.Entry", {"user": me}),
        href=lambda award: host().record_url("rewards.Award", award.id),
    )  # fmt: skip


def redeem() -> Response:
    """Have a reward for points."""
    require(REDEEM)
    check_company()
    reward = host().records.get(Reward, number(request.form.get("reward", "")) or 0)
    try:
        host().records.transition(reward, "redeem")
    except Refused as refused:
        host().session.rollback()
        flash(refused.words, "warning")
    else:
        host().session.commit()
        flash(gettext("It is asked for: who leads you hands it out."), "success")
    return redirect(url_for("rewards.mine"), 303)
