"""Rewards that colleagues decide on: nominations and votes."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.conditions import HELP
from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import Choice, CompanyModel, choice, date, integer, reference, text

STATES = (
    Choice(value="open", label=lazy_pgettext("vote", "Open"), tone="info"),
    Choice(value="decided", label=lazy_pgettext("vote", "Decided"), tone="good"),
    Choice(value="failed", label=lazy_pgettext("vote", "Without a result"), tone="warn"),
)


class Round(CompanyModel):
    """Nominations for a reward and a secret vote among them: one vote each, none for oneself."""

    __tablename__ = "rewards_round"
    __collection__ = "rounds"
    __label__ = lazy_pgettext("reward", "Nomination round")
    __label_plural__ = lazy_pgettext("reward", "Nomination rounds")
    __table_args__ = (sa.Index(None, "company_id", "state", "closes_on"),)

    name: Mapped[str] = text(_("Name"), unique=True)
    reward_id: Mapped[int] = reference("rewards.Reward", lazy_pgettext("reward", "Reward"))
    opens_on: Mapped[dt.date] = date(lazy_pgettext("vote", "Opens on"))
    closes_on: Mapped[dt.date] = date(
        lazy_pgettext("vote", "Closes on"), help=_("The last day on which one can vote.")
    )
    quorum: Mapped[int] = integer(
        lazy_pgettext("vote", "Votes needed"), default=3, minimum=1, maximum=100_000,
        help=_("Fewer votes in all decide nothing."),
    )  # fmt: skip
    condition: Mapped[str | None] = text(
        lazy_pgettext("vote", "Who can be nominated"), length=1000, help=HELP
    )
    state: Mapped[str] = choice(_("State"), STATES, readonly=True, default="open")
    winner_id: Mapped[int | None] = reference(
        "core.User", lazy_pgettext("vote", "Winner"), help=_("To be said only of equal votes.")
    )
    votes: Mapped[int | None] = integer(lazy_pgettext("vote", "Votes"), readonly=True)


class Nomination(CompanyModel):
    """Somebody who is proposed, and why. ``votes`` are counted when it is decided."""

    __tablename__ = "rewards_nomination"
    __collection__ = "nominations"
    __label__ = lazy_pgettext("vote", "Nomination")
    __label_plural__ = lazy_pgettext("vote", "Nominations")
    __title__ = "reason"
    __find_by__ = ()
    __search__ = ("reason",)
    __actions__ = ("read", "create", "delete", "export")
    __table_args__ = (sa.UniqueConstraint("company_id", "round_id", "user_id"),)

    round_id: Mapped[int] = reference(
        "rewards.Round", lazy_pgettext("reward", "Nomination round"), on_delete="cascade"
    )
    user_id: Mapped[int] = reference("core.User", lazy_pgettext("vote", "Who is nominated"))
    reason: Mapped[str] = text(lazy_pgettext("vote", "Why"), length=500, personal=True)
    by_id: Mapped[int | None] = reference("core.User", lazy_pgettext("vote", "By"), readonly=True)
    votes: Mapped[int | None] = integer(lazy_pgettext("vote", "Votes"), readonly=True)


class Vote(CompanyModel):
    """The one vote of somebody in a round. It stays with who gave it."""

    __tablename__ = "rewards_vote"
    __collection__ = "votes"
    __label__ = lazy_pgettext("vote", "Vote")
    __label_plural__ = lazy_pgettext("vote", "Votes")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ()
    __owner__ = "voter_id"
    __personal__ = True
    __actions__ = ("read", "create", "delete")
    __table_args__ = (sa.UniqueConstraint("company_id", "round_id", "voter_id"),)

    nomination_id: Mapped[int] = reference(
        "rewards.Nomination", lazy_pgettext("vote", "Nomination"), on_delete="cascade"
    )
    round_id: Mapped[int | None] = reference(
        "rewards.Round", lazy_pgettext("reward", "Nomination round"), on_delete="cascade",
        readonly=True,
    )  # fmt: skip
    voter_id: Mapped[int | None] = reference(
        "core.User", lazy_pgettext("vote", "Voter"), readonly=True
    )
