"""What a strategy is to reach, and how far its steps carry."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import (
    Choice,
    CompanyModel,
    ScaledDecimal,
    choice,
    date,
    decimal,
    instant,
    integer,
    longtext,
    measure,
    money,
    percent,
    reference,
    text,
)

STATES = (
    Choice(value="draft", label=_("Draft")),
    Choice(value="running", label=lazy_pgettext("plan", "Running"), tone="info"),
    Choice(value="reached", label=lazy_pgettext("plan", "Reached"), tone="good"),
    Choice(value="missed", label=_("Missed"), tone="bad"),
    Choice(value="dropped", label=_("Dropped")),
)
WHOSE = (
    Choice(value="owner", label=_("The owner's")),
    Choice(value="team", label=_("The team's")),
    Choice(value="company", label=_("The company's")),
)
BASES = (
    Choice(value="so_far", label=_("Only what is there already")),
    Choice(value="year", label=_("As much as in the same days a year before")),
)
COVERED = (
    Choice(value="none", label=_("Not covered"), tone="bad"),
    Choice(value="under", label=_("Covered in part"), tone="warn"),
    Choice(value="covered", label=_("Covered"), tone="good"),
    Choice(value="closed", label=_("No gap"), tone="good"),
    Choice(value="unknown", label=_("No goal or no figure")),
)


class Objective(CompanyModel):
    """A figure to be reached in a period, by steps.

    ``goal_amount`` holds the goal for a measure of money, ``goal_quantity`` for any other; both
    follow the linked target while there is one. What is counted is in units that people
    read, as its owner may see it, at ``counted_at``.
    """

    __tablename__ = "plans_objective"
    __collection__ = "objectives"
    __label__ = _("Objective")
    __label_plural__ = _("Objectives")
    __find_by__ = ("external_id", "name")
    __search__ = ("name", "external_id")
    __owner__ = "owner_id"
    __table_args__ = (sa.Index(None, "company_id", "state", "end"),)

    name: Mapped[str] = text(lazy_pgettext("thing", "Name"))
    strategy_id: Mapped[int | None] = reference("plans.Strategy", _("Strategy"))
    owner_id: Mapped[int | None] = reference("core.User", _("Owner"))
    state: Mapped[str] = choice(_("State"), STATES, default="draft", readonly=True)
    measure: Mapped[str | None] = measure(_("Measure"), help=_("The figure that is to be reached."))
    whose: Mapped[str] = choice(_("Whose figure"), WHOSE, default="owner")
    team_id: Mapped[int | None] = reference("core.Team", _("Team"))
    start: Mapped[dt.date] = date(_("Start"))
    end: Mapped[dt.date] = date(_("End"), help=_("The last day that counts."))
    target_id: Mapped[int | None] = integer(
        _("Number of the target"),
        minimum=1,
        help=_("Empty: that of the same measure, person or team, and period, if there is one."),
    )
    target: Mapped[str | None] = text(_("Target"), length=300, readonly=True)
    narrowed: Mapped[bool] = mapped_column(sa.Boolean(), default=False)
    """Whether the target is on one product, account or the like, and the figure with it."""
    goal_amount: Mapped[int | None] = money(
        _("Goal (amount)"), help=_("Without a target, for a measure of money.")
    )
    goal_quantity: Mapped[Decimal | None] = decimal(
        _("Goal (quantity)"),
        minimum=0,
        help=_("Without a target: a count, days, or percent of a ratio."),
    )
    basis: Mapped[str] = choice(
        _("Comes without these steps"),
        BASES,
        default="so_far",
        help=_("The gap is what the goal lacks then."),
    )
    baseline: Mapped[Decimal | None] = mapped_column(ScaledDecimal(4))
    """What is there without the steps; on pages for who may read the measure."""
    final: Mapped[Decimal | None] = mapped_column(ScaledDecimal(4))
    """The figure with which it was closed; the same."""
    gap: Mapped[Decimal | None] = decimal(_("Gap"), readonly=True)
    expected: Mapped[Decimal | None] = decimal(_("Expected of steps"), readonly=True)
    realised: Mapped[Decimal | None] = decimal(_("Realised by steps"), readonly=True)
    coverage: Mapped[Decimal | None] = percent(_("Coverage (%)"), readonly=True)
    covered: Mapped[str] = choice(_("Coverage"), COVERED, default="unknown", readonly=True)
    counted_at: Mapped[dt.datetime | None] = instant(_("Counted at"), readonly=True)
    reason: Mapped[str | None] = text(_("Reason"), length=500)
    details: Mapped[str | None] = longtext(_("Details"))
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)
