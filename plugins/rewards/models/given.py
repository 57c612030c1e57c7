"""What was given: rewards and points."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import (
    Choice,
    CompanyModel,
    boolean,
    by_key,
    choice,
    date,
    integer,
    json,
    money,
    reference,
    text,
)

STATES = (
    Choice(value="asked", label=lazy_pgettext("award", "Asked for"), tone="warn"),
    Choice(value="given", label=lazy_pgettext("award", "Given"), tone="good"),
    Choice(value="refused", label=lazy_pgettext("award", "Refused"), tone="bad"),
    Choice(value="withdrawn", label=lazy_pgettext("award", "Withdrawn"), tone="bad"),
)
COUNTING = ("asked", "given")
"""States in which an award takes of stock and budget."""
SOURCES = (
    Choice(value="granted", label=lazy_pgettext("award", "Given by a manager")),
    Choice(value="redeemed", label=lazy_pgettext("award", "Had for points")),
    Choice(value="voted", label=lazy_pgettext("award", "By a vote")),
    Choice(value="won", label=lazy_pgettext("award", "Won in a contest")),
)
ENTRY_KINDS = (
    Choice(value="granted", label=lazy_pgettext("points", "Granted"), tone="good"),
    Choice(value="kudos", label=lazy_pgettext("points", "For kudos"), tone="good"),
    Choice(value="spent", label=lazy_pgettext("points", "Spent")),
    Choice(value="returned", label=lazy_pgettext("points", "Returned"), tone="info"),
    Choice(value="taken_back", label=lazy_pgettext("points", "Taken back"), tone="warn"),
)
BROUGHT = ("granted", "kudos", "taken_back")
"""Kinds that say what somebody has earned, not what was done with it."""


class Award(CompanyModel):
    """A reward that somebody gets, and for what. ``passed`` names the adjustments of pay that it
    was passed on by."""

    __tablename__ = "rewards_award"
    __collection__ = "awards"
    __label__ = lazy_pgettext("reward", "Award")
    __label_plural__ = lazy_pgettext("reward", "Awards")
    __find_by__ = ()
    __search__ = ("name", "citation")
    __owner__ = "user_id"
    __actions__ = ("read", "create", "update", "import", "export")
    __table_args__ = (
        sa.Index(None, "company_id", "user_id", "day"),
        sa.Index(None, "company_id", "public", "day"),
    )

    name: Mapped[str] = text(_("Name"), length=300, readonly=True, default="")
    reward_id: Mapped[int] = reference("rewards.Reward", lazy_pgettext("reward", "Reward"))
    user_id: Mapped[int] = reference("core.User", lazy_pgettext("reward", "Who gets it"))
    day: Mapped[dt.date | None] = date(_("Day"), help=_("Empty: today."))
    citation: Mapped[str | None] = text(
        lazy_pgettext("reward", "For what"), length=500, personal=True,
        help=_("As it stands on the wall of recognition."),
    )  # fmt: skip
    public: Mapped[bool] = boolean(lazy_pgettext("reward", "On the wall"), default=True)
    state: Mapped[str] = choice(_("State"), STATES, readonly=True, default="given")
    source: Mapped[str] = choice(
        lazy_pgettext("award", "How it came"), SOURCES, readonly=True, default="granted"
    )
    points: Mapped[int | None] = integer(lazy_pgettext("award", "Points paid"), readonly=True)
    cost: Mapped[int] = money(
        lazy_pgettext("reward", "Cost to the company"), readonly=True, default=0
    )
    valid_to: Mapped[dt.date | None] = date(lazy_pgettext("award", "Held to"), readonly=True)
    by_id: Mapped[int | None] = reference("core.User", lazy_pgettext("award", "By"), readonly=True)
    round_id: Mapped[int | None] = reference(
        "rewards.Round", lazy_pgettext("reward", "Nomination round"), readonly=True
    )
    contest_id: Mapped[int | None] = reference(
        "rewards.Contest", lazy_pgettext("reward", "Contest"), readonly=True
    )
    note: Mapped[str | None] = text(_("Reason"), length=300)
    passed: Mapped[list[Any]] = json(
        lazy_pgettext("award", "Passed on to pay"), default=list, renumber=by_key
    )


class Grant(CompanyModel):
    """Points that somebody is given, and for what."""

    __tablename__ = "rewards_grant"
    __collection__ = "grants"
    __label__ = lazy_pgettext("points", "Grant of points")
    __label_plural__ = lazy_pgettext("points", "Grants of points")
    __title__ = "reason"
    __find_by__ = ()
    __search__ = ("reason",)
    __owner__ = "user_id"
    __actions__ = ("read", "create", "delete", "import", "export")
    __table_args__ = (sa.Index(None, "company_id", "by_id", "day"),)

    user_id: Mapped[int] = reference("core.User", lazy_pgettext("reward", "Who gets it"))
    points: Mapped[int] = integer(lazy_pgettext("points", "Points"), minimum=1, maximum=1_000_000)
    reason: Mapped[str] = text(lazy_pgettext("reward", "For what"), length=300)
    day: Mapped[dt.date | None] = date(_("Day"), readonly=True)
    by_id: Mapped[int | None] = reference("core.User", lazy_pgettext("award", "By"), readonly=True)


class Entry(CompanyModel):
    """A line of somebody's account of points. Nothing is altered, and the balance is never below
    zero: the database refuses it."""

    __tablename__ = "rewards_entry"
    __collection__ = "entries"
    __label__ = lazy_pgettext("points", "Entry of points")
    __label_plural__ = lazy_pgettext("points", "Entries of points")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ("text",)
    __owner__ = "user_id"
    __actions__ = ("read", "export")
    __append_only__ = True
    __table_args__ = (
        sa.UniqueConstraint("company_id", "user_id", "number"),
        sa.CheckConstraint("balance >= 0", name="balance"),
        sa.Index(None, "company_id", "posted_on"),
    )

    user_id: Mapped[int] = reference("core.User", _("Person"), readonly=True)
    posted_on: Mapped[dt.date] = date(_("Day"), readonly=True)
    kind: Mapped[str] = choice(_("Kind"), ENTRY_KINDS, readonly=True)
    points: Mapped[int] = integer(lazy_pgettext("points", "Points"), readonly=True)
    balance: Mapped[int] = integer(lazy_pgettext("points", "Balance"), readonly=True)
    text: Mapped[str | None] = text(lazy_pgettext("reward", "For what"), length=500, readonly=True)
    award_id: Mapped[int | None] = reference(
        "rewards.Award", lazy_pgettext("reward", "Award"), readonly=True
    )
    number: Mapped[int] = mapped_column(sa.Integer())
    """The how-manieth of the person: two at once cannot both rest on one balance."""
