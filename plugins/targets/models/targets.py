"""What somebody is to reach, of which measure, in which period."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plugin_api.context import current_company, lazy_pgettext
from plugin_api.context import lazy_gettext as _
from plugin_api.models import (
    Choice,
    CompanyModel,
    boolean,
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
from plugin_api.money import from_minor
from plugins.targets.services.dimensions import choices as dimensions

LEVELS = (
    Choice(value="company", label=_("Company")),
    Choice(value="team", label=_("Team")),
    Choice(value="user", label=_("Person")),
)
PERIOD_KINDS = (
    Choice(value="month", label=_("Month")),
    Choice(value="quarter", label=_("Quarter")),
    Choice(value="half", label=_("Half-year")),
    Choice(value="year", label=_("Year")),
    Choice(value="custom", label=_("Custom")),
)
STATES = (
    Choice(value="draft", label=_("Draft")),
    Choice(value="proposed", label=lazy_pgettext("target", "Proposed"), tone="info"),
    Choice(value="accepted", label=lazy_pgettext("target", "Accepted"), tone="good"),
    Choice(value="countered", label=lazy_pgettext("target", "Countered"), tone="warn"),
    Choice(value="confirmed", label=lazy_pgettext("target", "Confirmed"), tone="good"),
    Choice(value="locked", label=lazy_pgettext("target", "Locked"), tone="good"),
    Choice(value="closed", label=lazy_pgettext("target", "Closed")),
)
AGREED = ("confirmed", "locked")
"""States in which a figure is in force: it changes by a revision alone."""
TALKING = ("proposed", "accepted", "countered")
"""States in which a figure is being agreed: another one is another proposal."""
FULL = Decimal(100)


class Target(CompanyModel):
    """A target of the company, a team or a person for one measure and period, of all of it or of
    one product, account, channel or whatever else the measure knows.

    ``amount`` holds it for a measure of money, ``quantity`` for any other: percent for a
    ratio, days, or a plain number. It stays readable when the measure's plugin is off.
    Other figures (``baseline``, ``original``, ``countered``, …) are in units that people read:
    major units of money, percent.
    """

    __tablename__ = "targets_target"
    __collection__ = "targets"
    __label__ = _("Target")
    __label_plural__ = _("Targets")
    __find_by__ = ("external_id", "name")
    __search__ = ("name", "measure", "external_id")
    __owner__ = "owner_id"
    __table_args__ = (
        sa.UniqueConstraint("company_id", "slot"),
        sa.Index(None, "company_id", "measure", "start"),
    )

    name: Mapped[str] = text(_("Name"), length=300, readonly=True)
    measure: Mapped[str] = measure(_("Measure"), help=_("The figure that is to be reached."))
    level: Mapped[str] = choice(_("Level"), LEVELS, default="user")
    team_id: Mapped[int | None] = reference("core.Team", _("Team"))
    user_id: Mapped[int | None] = reference("core.User", _("Person"))
    period: Mapped[str] = choice(_("Period"), PERIOD_KINDS, default="quarter")
    start: Mapped[dt.date] = date(_("Start"))
    end: Mapped[dt.date] = date(_("End"), help=_("The last day that counts."))
    amount: Mapped[int | None] = money(
        _("Amount"), help=_("For a measure of money, in the company's currency.")
    )
    quantity: Mapped[Decimal | None] = decimal(
        _("Quantity"),
        minimum=0,
        help=_("For any other measure: a count, days, or percent of a ratio."),
    )
    active_from: Mapped[dt.date | None] = date(
        _("Counts from"), help=_("For a joiner: the target is reduced to the days from here on.")
    )
    active_to: Mapped[dt.date | None] = date(
        _("Counts to"), help=_("For a leaver: the target is reduced to the days up to here.")
    )
    owner_id: Mapped[int | None] = reference(
        "core.User",
        _("Responsible"),
        readonly=True,
        help=_("The person, or the team's manager."),
    )
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)
    cycle_id: Mapped[int | None] = reference("targets.TargetCycle", _("Target cycle"))
    parent_id: Mapped[int | None] = reference(
        "targets.Target",
        lazy_pgettext("target", "Part of"),
        help=_("The target that this one contributes to."),
    )
    dimension: Mapped[str | None] = choice(
        _("Of which"), dimensions, help=_("Empty: of everything. Else of one product, account, …")
    )
    member: Mapped[str | None] = text(
        _("Namely"), length=200, help=_("The name, or the number, of the one that counts.")
    )
    member_key: Mapped[str | None] = mapped_column(sa.String(100))
    """The value of the dimension: the id of the record, or the text itself."""
    weight: Mapped[Decimal] = percent(
        lazy_pgettext("target", "Weight"), minimum=0, maximum=1000, default=FULL,
        help=_("Beside the person's other targets of the period."),
    )  # fmt: skip
    part_time: Mapped[Decimal] = percent(
        _("Share of full time"), minimum=0, maximum=100, default=FULL,
        help=_("The target is reduced to it."),
    )  # fmt: skip
    baseline: Mapped[Decimal | None] = decimal(
        _("Baseline"), help=_("What it is compared with. Empty: what the past came to.")
    )
    by_hand: Mapped[bool] = boolean(
        _("Set by hand"), help=_("A split of the target above leaves it as it is.")
    )
    state: Mapped[str] = choice(_("State"), STATES, default="draft", readonly=True, indexed=True)
    revision: Mapped[int] = integer(
        lazy_pgettext("target", "Version"), default=0, readonly=True,
        help=_("How often it was revised."),
    )  # fmt: skip
    original: Mapped[Decimal | None] = decimal(
        _("Original target"), readonly=True, help=_("The figure that was confirmed first.")
    )
    countered: Mapped[Decimal | None] = decimal(_("Counter-proposal"), minimum=0)
    counter_reason: Mapped[str | None] = longtext(_("Reason for the counter-proposal"))
    note: Mapped[str | None] = longtext(lazy_pgettext("target", "Note to the person"))
    revised: Mapped[Decimal | None] = decimal(_("Revised target"), minimum=0)
    revision_reason: Mapped[str | None] = longtext(_("Reason for the revision"))
    proposed_at: Mapped[dt.datetime | None] = instant(_("Proposed at"), readonly=True)
    read_at: Mapped[dt.datetime | None] = instant(_("Read at"), readonly=True)
    answered_at: Mapped[dt.datetime | None] = instant(_("Answered at"), readonly=True)
    confirmed_at: Mapped[dt.datetime | None] = instant(_("Confirmed at"), readonly=True)
    confirmed_by_id: Mapped[int | None] = reference("core.User", _("Confirmed by"), readonly=True)
    slot: Mapped[str] = mapped_column(sa.String(400))
    """Measure, whom, of what and when: the database itself refuses a second target for the same."""

    @property
    def value(self) -> Decimal:
        """The target in major units, percent, or a plain number."""
        if self.amount is not None:
            return from_minor(self.amount, current_company().currency)
        return self.quantity or Decimal(0)
