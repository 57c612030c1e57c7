"""Nominations and votes: one each, none for oneself, and enough of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_actor, gettext, today
from plugin_api.errors import Rejected
from plugins.rewards.models import Nomination, Round, Vote
from plugins.rewards.rules import voting
from plugins.rewards.services import giving, people


def begin_nomination(nomination: Nomination) -> None:
    """Complete a nomination, or refuse it. Raises Rejected."""
    of = _open(nomination.round_id)
    nomination.by_id = current_actor().user_id
    if nomination.by_id is not None and nomination.user_id == nomination.by_id:
        raise Rejected("user_id", gettext("Nobody nominates themselves."))
    if not people.fits(nomination.user_id, of.condition):
        raise Rejected("user_id", gettext("This person cannot be nominated here."))


def begin_vote(vote: Vote) -> None:
    """Complete a vote, or refuse it. Raises Rejected."""
    with host().session.no_autoflush:
        nomination = (
            host()
            .session.scalars(sa.select(Nomination).where(Nomination.id == vote.nomination_id))
            .one()
        )
    _open(nomination.round_id)
    me = current_actor().user_id
    if me is None:
        raise Rejected("", gettext("A vote is somebody's."))
    if nomination.user_id == me:
        raise Rejected("nomination_id", gettext("Nobody votes for themselves."))
    vote.round_id, vote.voter_id = nomination.round_id, me
    people.alone(me)
    asked = sa.select(Vote.id).where(Vote.round_id == nomination.round_id, Vote.voter_id == me)
    with host().session.no_autoflush:
        if host().session.scalar(asked) is not None:
            raise Rejected("", gettext("You have voted: take your vote back to vote anew."))


def check_open(record: Nomination | Vote) -> None:
    """What was nominated or voted stays once it is decided. Raises Rejected."""
    if record.round_id is not None:
        _open(record.round_id)


def check_decide(of: Round, values: Mapping[str, Any]) -> None:
    """The last day is over, and the vote has a winner. Raises Rejected."""
    if of.closes_on >= today():
        raise Rejected("", gettext("Votes are taken until %(day)s.", day=of.closes_on.isoformat()))
    said = _count(of)
    if said.outcome in ("quorum", "none"):
        text = gettext("%(votes)d votes: %(quorum)d are needed.", votes=said.votes,
                       quorum=of.quorum)  # fmt: skip
        raise Rejected("", text)
    _winner(of, values, said)


def decide(of: Round, values: dict[str, Any]) -> None:
    """Count, and give the reward to who has won. Raises Rejected."""
    said = _count(of)
    winner = _winner(of, values, said)
    values.pop("winner", None)
    of.winner_id, of.votes = winner, said.votes
    _keep(of)
    asked = sa.select(Nomination.reason).where(
        Nomination.round_id == of.id, Nomination.user_id == winner
    )
    giving.give(of.reward_id, winner, "voted", host().session.scalar(asked), round_id=of.id)


def check_fail(of: Round, values: Mapping[str, Any]) -> None:
    """The last day is over, and the votes do not do. Raises Rejected."""
    if of.closes_on >= today():
        raise Rejected("", gettext("Votes are taken until %(day)s.", day=of.closes_on.isoformat()))
    if _count(of).outcome == "won":
        raise Rejected("", gettext("The vote has a winner: decide it."))


def fail(of: Round, values: dict[str, Any]) -> None:
    """Keep how many there were."""
    of.votes = _count(of).votes
    _keep(of)


def _votes(of: Round) -> dict[int, int]:
    """Votes by nominee."""
    asked = (
        sa.select(Nomination.user_id, sa.func.count(Vote.id))
        .join(Vote, Vote.nomination_id == Nomination.id)
        .where(Nomination.round_id == of.id)
        .group_by(Nomination.user_id)
    )
    return {row[0]: row[1] for row in host().session.execute(asked)}


def _count(of: Round) -> voting.Count:
    return voting.count(_votes(of), of.quorum)


def _keep(of: Round) -> None:
    votes = _votes(of)
    asked = sa.select(Nomination).where(Nomination.round_id == of.id)
    for each in host().session.scalars(asked):
        each.votes = votes.get(each.user_id, 0)


def _winner(of: Round, values: Mapping[str, Any], said: voting.Count) -> int:
    chosen = values.get("winner")
    if said.outcome == "won":
        return said.first[0]
    if chosen in said.first:
        if chosen == current_actor().user_id:
            raise Rejected("winner", gettext("Somebody else decides on it."))
        return int(chosen)
    known = people.names(said.first)
    who = ", ".join(known.get(id_, "") for id_ in said.first)
    raise Rejected(
        "winner", gettext("These have equally many votes: %(names)s. Choose.", names=who)
    )


def _open(round_id: int) -> Round:
    with host().session.no_autoflush:
        of = host().session.scalars(sa.select(Round).where(Round.id == round_id)).one()
    if of.state != "open" or of.closes_on < today():
        raise Rejected("", gettext("The vote is closed."))
    if of.opens_on > today():
        raise Rejected("", gettext("It opens on %(day)s.", day=of.opens_on.isoformat()))
    return of
