"""Contests of people or teams, their prizes and what came out."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.conditions import HELP
from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import (
    Choice,
    CompanyModel,
    as_it_is,
    choice,
    date,
    decimal,
    integer,
    json,
    longtext,
    measure,
    reference,
    text,
)

OF = (
    Choice(value="people", label=lazy_pgettext("contest", "People")),
    Choice(value="teams", label=lazy_pgettext("contest", "Teams")),
)
SCORES = (
    Choice(value="figure", label=lazy_pgettext("contest", "The figure itself")),
    Choice(value="head", label=lazy_pgettext("contest", "The figure a head")),
    Choice(value="history", label=lazy_pgettext("contest", "The figure in % of one's own history")),
)
CONTEST_STATES = (
    Choice(value="planned", label=lazy_pgettext("contest", "Planned")),
    Choice(value="running", label=lazy_pgettext("contest", "Running"), tone="info"),
    Choice(value="checking", label=lazy_pgettext("contest", "Being checked"), tone="warn"),
    Choice(value="awarded", label=lazy_pgettext("contest", "Awarded"), tone="good"),
    Choice(value="called_off", label=lazy_pgettext("contest", "Called off"), tone="bad"),
)
STANDING_STATES = (
    Choice(value="counts", label=lazy_pgettext("contest", "Counts"), tone="good"),
    Choice(value="excluded", label=lazy_pgettext("contest", "Excluded"), tone="bad"),
)


class Contest(CompanyModel):
    """Who brings most of a measure between two days, by a score that is fair to all."""

    __tablename__ = "rewards_contest"
    __collection__ = "contests"
    __label__ = lazy_pgettext("reward", "Contest")
    __label_plural__ = lazy_pgettext("reward", "Contests")
    __table_args__ = (sa.Index(None, "company_id", "state", "ends_on"),)

    name: Mapped[str] = text(_("Name"), unique=True)
    state: Mapped[str] = choice(_("State"), CONTEST_STATES, readonly=True, default="planned")
    description: Mapped[str | None] = longtext(lazy_pgettext("contest", "Rules in words"))
    of: Mapped[str] = choice(lazy_pgettext("contest", "Among"), OF, default="people")
    measure: Mapped[str] = measure(_("Measure"))
    starts_on: Mapped[dt.date] = date(lazy_pgettext("contest", "First day"))
    ends_on: Mapped[dt.date] = date(lazy_pgettext("contest", "Last day"))
    score: Mapped[str] = choice(lazy_pgettext("contest", "Ranked by"), SCORES, default="figure")
    history: Mapped[int] = integer(
        lazy_pgettext("contest", "Spans of history"), default=3, minimum=1, maximum=12,
        help=_("As many spans of equal length before the first day are one's own history."),
    )  # fmt: skip
    hold_days: Mapped[int] = integer(
        lazy_pgettext("contest", "Days until the prizes"), default=14, minimum=0, maximum=366,
        help=_("What is cancelled in these days no longer counts."),
    )  # fmt: skip
    condition: Mapped[str | None] = text(
        lazy_pgettext("contest", "Which people"), length=1000, help=HELP
    )


class Prize(CompanyModel):
    """What a place in a contest brings: of a team to each of its people."""

    __tablename__ = "rewards_prize"
    __collection__ = "prizes"
    __label__ = lazy_pgettext("contest", "Prize")
    __label_plural__ = lazy_pgettext("contest", "Prizes")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ()
    __parent__ = "contest_id"
    __table_args__ = (sa.UniqueConstraint("company_id", "contest_id", "place", "reward_id"),)

    contest_id: Mapped[int] = reference(
        "rewards.Contest", lazy_pgettext("reward", "Contest"), on_delete="cascade"
    )
    place: Mapped[int] = integer(lazy_pgettext("contest", "Place"), minimum=1, maximum=1000)
    reward_id: Mapped[int] = reference("rewards.Reward", lazy_pgettext("reward", "Reward"))


class Standing(CompanyModel):
    """How somebody, or a team, came out: the figure on the last day and when the prizes were given,
    and what looks odd about it."""

    __tablename__ = "rewards_standing"
    __collection__ = "standings"
    __label__ = lazy_pgettext("contest", "Standing")
    __label_plural__ = lazy_pgettext("contest", "Standings")
    __find_by__ = ()
    __owner__ = "user_id"
    __actions__ = ("read", "update", "export")
    __table_args__ = (
        sa.UniqueConstraint("company_id", "contest_id", "user_id"),
        sa.UniqueConstraint("company_id", "contest_id", "team_id"),
    )

    name: Mapped[str] = text(_("Name"), length=300, readonly=True)
    contest_id: Mapped[int] = reference(
        "rewards.Contest", lazy_pgettext("reward", "Contest"), on_delete="cascade", readonly=True
    )
    user_id: Mapped[int | None] = reference("core.User", _("Person"), readonly=True)
    team_id: Mapped[int | None] = reference("core.Team", _("Team"), readonly=True)
    place: Mapped[int | None] = integer(lazy_pgettext("contest", "Place"), readonly=True)
    figure: Mapped[Decimal] = decimal(
        lazy_pgettext("contest", "On the last day"), scale=2, readonly=True
    )
    later: Mapped[Decimal | None] = decimal(
        lazy_pgettext("contest", "At the prizes"), scale=2, readonly=True
    )
    base: Mapped[Decimal | None] = decimal(
        lazy_pgettext("contest", "Own history"), scale=2, readonly=True
    )
    score: Mapped[Decimal | None] = decimal(
        lazy_pgettext("contest", "Score"), scale=2, readonly=True
    )
    state: Mapped[str] = choice(_("State"), STANDING_STATES, readonly=True, default="counts")
    reason: Mapped[str | None] = text(_("Reason"), length=300)
    flags: Mapped[list[Any]] = json(
        lazy_pgettext("contest", "To look at"), default=list, renumber=as_it_is
    )
