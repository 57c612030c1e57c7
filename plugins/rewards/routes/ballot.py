"""Nominations of a round, and one's own vote."""

from __future__ import annotations

import sqlalchemy as sa
from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from plugin_api import host
from plugin_api.context import current_actor, gettext, has_permission, today
from plugin_api.errors import Refused
from plugin_api.pages import check_company, number, require
from plugins.rewards.access import VOTE
from plugins.rewards.models import Nomination, Round, Vote
from plugins.rewards.services import people


def show(record_id: int) -> str:
    """Who is nominated and why; votes are told when it is decided."""
    of = host().records.get(Round, record_id)
    me = current_actor().user_id
    asked = sa.select(Nomination).where(
        Nomination.round_id == of.id, host().records.visible(Nomination)
    )
    found = list(host().session.scalars(asked.order_by(Nomination.id)))
    mine = sa.select(Vote.nomination_id).where(Vote.round_id == of.id, Vote.voter_id == me)
    is_open = of.state == "open" and of.opens_on <= today() <= of.closes_on
    return render_template(
        "rewards/ballot.html", of=of, nominations=found, me=me, is_open=is_open,
        names=people.names([id_ for each in found for id_ in (each.user_id, each.by_id)]),
        chosen=host().session.scalar(mine), may_vote=has_permission(VOTE) and is_open,
        reward=host().title_of("rewards.Reward", of.reward_id),
        path=host().record_url("rewards.Round", of.id),
        new_href=f"{host().list_url('rewards.Nomination')}/new?round={of.id}",
    )  # fmt: skip


def vote(record_id: int) -> Response:
    """Vote, or take one's vote back."""
    require(VOTE)
    check_company()
    of = host().records.get(Round, record_id)
    session, me = host().session, current_actor().user_id
    text = request.form.get("nomination", "")
    try:
        mine = session.scalars(
            sa.select(Vote).where(Vote.round_id == of.id, Vote.voter_id == me)
        ).first()
        if mine is not None:
            host().records.delete(mine)
        if (chosen := number(text)) is not None:
            nomination = host().records.get(Nomination, chosen)
            host().records.create(Vote, {"nomination_id": nomination.id})
    except Refused as refused:
        session.rollback()
        flash(refused.words, "warning")
    else:
        session.commit()
        flash(gettext("Your vote is noted.") if text else gettext("Your vote is taken back."),
              "success")  # fmt: skip
    return redirect(url_for("rewards.ballot", record_id=record_id), 303)
