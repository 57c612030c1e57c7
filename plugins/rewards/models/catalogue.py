"""What can be had, and out of which money."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.conditions import HELP
from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import (
    Choice,
    CompanyModel,
    choice,
    date,
    decimal,
    integer,
    longtext,
    measure,
    money,
    reference,
    text,
)

KINDS = (
    Choice(value="money", label=lazy_pgettext("reward", "Money"), tone="good"),
    Choice(value="gift", label=lazy_pgettext("reward", "Gift"), tone="info"),
    Choice(value="title", label=lazy_pgettext("reward", "Title")),
    Choice(value="badge", label=lazy_pgettext("reward", "Badge")),
    Choice(value="training", label=lazy_pgettext("reward", "Training place"), tone="info"),
    Choice(value="day_off", label=lazy_pgettext("reward", "Day off"), tone="info"),
)
REWARD_STATES = (
    Choice(value="offered", label=lazy_pgettext("reward", "Offered"), tone="good"),
    Choice(value="stopped", label=lazy_pgettext("reward", "No longer offered")),
)
SPANS = (
    Choice(value="month", label=lazy_pgettext("reward", "In the last full month")),
    Choice(value="quarter", label=lazy_pgettext("reward", "In the last full quarter")),
    Choice(value="year", label=lazy_pgettext("reward", "In the last full year")),
)


class Budget(CompanyModel):
    """Money that rewards of some days may cost together."""

    __tablename__ = "rewards_budget"
    __collection__ = "budgets"
    __label__ = lazy_pgettext("reward", "Budget of rewards")
    __label_plural__ = lazy_pgettext("reward", "Budgets of rewards")
    __table_args__ = (sa.Index(None, "company_id", "ends_on"),)

    name: Mapped[str] = text(_("Name"), unique=True)
    starts_on: Mapped[dt.date] = date(lazy_pgettext("reward", "From"))
    ends_on: Mapped[dt.date] = date(lazy_pgettext("reward", "To"))
    amount: Mapped[int] = money(_("Amount"))


class Reward(CompanyModel):
    """Something that people can be given, or can have for points."""

    __tablename__ = "rewards_reward"
    __collection__ = "rewards"
    __label__ = lazy_pgettext("reward", "Reward")
    __label_plural__ = lazy_pgettext("reward", "Rewards")
    __table_args__ = (sa.Index(None, "company_id", "state"),)

    name: Mapped[str] = text(_("Name"), unique=True)
    kind: Mapped[str] = choice(_("Kind"), KINDS, default="gift")
    state: Mapped[str] = choice(_("State"), REWARD_STATES, readonly=True, default="offered")
    description: Mapped[str | None] = longtext(_("Description"))
    points: Mapped[int | None] = integer(
        lazy_pgettext("reward", "Points that it costs"), minimum=1, maximum=10_000_000,
        help=_("Empty: it is given, and cannot be had for points."),
    )  # fmt: skip
    amount: Mapped[int | None] = money(
        lazy_pgettext("reward", "Amount that is paid"), help=_("Of money alone.")
    )
    cost: Mapped[int | None] = money(
        lazy_pgettext("reward", "Cost to the company"),
        help=_("What one takes out of the budget; of money the amount."),
    )
    budget_id: Mapped[int | None] = reference(
        "rewards.Budget", lazy_pgettext("reward", "Budget of rewards")
    )
    stock: Mapped[int | None] = integer(
        lazy_pgettext("reward", "How many in all"), minimum=0, help=_("Empty: any number.")
    )
    days: Mapped[int | None] = integer(
        lazy_pgettext("reward", "Held for (days)"), minimum=1, maximum=3660,
        help=_("Of a title: the term. Empty: for good."),
    )  # fmt: skip
    condition: Mapped[str | None] = text(
        lazy_pgettext("reward", "Which people"), length=1000, help=HELP
    )
    measure: Mapped[str | None] = measure(
        lazy_pgettext("reward", "Only who reaches in"), help=_("A figure of the person's own.")
    )
    threshold: Mapped[Decimal | None] = decimal(
        lazy_pgettext("reward", "At least"), scale=2, help=_("Of that figure.")
    )
    span: Mapped[str] = choice(lazy_pgettext("reward", "When"), SPANS, default="quarter")
