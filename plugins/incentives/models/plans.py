"""What is paid for what: plans, their versions, components and steps, and who takes part."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import (
    CompanyModel,
    boolean,
    choice,
    date,
    decimal,
    instant,
    integer,
    longtext,
    money,
    percent,
    reference,
    text,
)
from plugin_api.models import measure as counted
from plugins.incentives.models.common import (
    BASES,
    CREDITS,
    GATES,
    PERIODS,
    RATE_DAYS,
    RULES,
    VERSION_STATES,
)


class Plan(CompanyModel):
    """What somebody is paid by, period by period. Its rules are those of its versions."""

    __tablename__ = "incentives_plan"
    __collection__ = "plans"
    __label__ = lazy_pgettext("pay", "Incentive plan")
    __label_plural__ = lazy_pgettext("pay", "Incentive plans")
    __find_by__ = ("name",)

    name: Mapped[str] = text(_("Name"), unique=True)
    period: Mapped[str] = choice(lazy_pgettext("pay", "Paid by"), PERIODS, default="month")
    active: Mapped[bool] = boolean(_("Active"), default=True)
    rate_of: Mapped[str] = choice(
        _("Exchange rate"), RATE_DAYS, default="period",
        help=_("For who is paid in another currency than the company's."),
    )  # fmt: skip
    description: Mapped[str | None] = longtext(_("Description"))


class Version(CompanyModel):
    """The rules of a plan from a day on. A published one stays as it is; a change is another."""

    __tablename__ = "incentives_version"
    __collection__ = "versions"
    __label__ = lazy_pgettext("pay", "Version of a plan")
    __label_plural__ = lazy_pgettext("pay", "Versions of plans")
    __find_by__ = ("name",)
    __table_args__ = (
        sa.UniqueConstraint("company_id", "plan_id", "number"),
        sa.Index(None, "company_id", "state", "valid_from"),
    )

    name: Mapped[str] = text(_("Name"), readonly=True)
    plan_id: Mapped[int] = reference("incentives.Plan", lazy_pgettext("pay", "Incentive plan"))
    number: Mapped[int] = integer(_("Version"), readonly=True, default=1)
    state: Mapped[str] = choice(_("State"), VERSION_STATES, readonly=True, default="draft")
    valid_from: Mapped[dt.date] = date(
        _("Valid from"), help=_("The first day of a period of the plan.")
    )
    valid_to: Mapped[dt.date | None] = date(
        _("Valid to"), help=_("The last day of a period. Empty: until another version follows."),
    )  # fmt: skip
    cap: Mapped[int | None] = money(
        lazy_pgettext("pay", "Cap a period"), help=_("At most so much is paid to one person.")
    )
    carried: Mapped[bool] = boolean(
        _("What is above the cap counts in the next period"),
        help=_("Otherwise it is forfeited."),
    )
    by_calendar: Mapped[bool] = boolean(
        _("Part of a period by calendar days"),
        help=_("Quotas, tiers and caps of who joins or leaves. Otherwise by working days."),
    )
    terms: Mapped[str | None] = longtext(
        lazy_pgettext("pay", "Rules in words"), help=_("What participants acknowledge.")
    )
    reason: Mapped[str | None] = text(lazy_pgettext("pay", "Why it changes"), length=500)


class Component(CompanyModel):
    """One thing that a version pays for: a measure, of whom, by which rule."""

    __tablename__ = "incentives_component"
    __collection__ = "components"
    __label__ = lazy_pgettext("pay", "Component")
    __label_plural__ = lazy_pgettext("pay", "Components")
    __find_by__ = ()
    __parent__ = "plan_version_id"
    __table_args__ = (sa.Index(None, "company_id", "plan_version_id", "position"),)

    name: Mapped[str] = text(_("Name"))
    plan_version_id: Mapped[int] = reference(
        "incentives.Version", lazy_pgettext("pay", "Version of a plan"), on_delete="cascade"
    )
    position: Mapped[int] = integer(_("Position"), default=0)
    measure: Mapped[str] = counted(
        _("Measure"), help=_("What is counted: booked, invoiced, collected, margin, visits …")
    )
    credit: Mapped[str] = choice(lazy_pgettext("pay", "Of whom"), CREDITS, default="own")
    only_by: Mapped[str | None] = text(
        _("Only by"), length=60, help=_("A dimension of the measure: product, account, channel …")
    )
    only: Mapped[str | None] = text(
        lazy_pgettext("pay", "Only"), length=60,
        help=_("The value; of a record its name or number."),
    )  # fmt: skip
    basis: Mapped[str] = choice(
        lazy_pgettext("pay", "Rated on"), BASES, default="period",
        help=_("Which amount a rate or a tier is of."),
    )  # fmt: skip
    each_by: Mapped[str | None] = text(
        _("Each"), length=60,
        help=_("A dimension whose values are rated each by itself. Empty: each record."),
    )  # fmt: skip
    most_each: Mapped[int | None] = money(
        _("At most for each"), help=_("A cap for each record, or each value of the dimension.")
    )
    earned_over: Mapped[int | None] = integer(
        _("Earned over (months)"),
        help=_("What is cancelled later is taken back for the months that are left. Empty: as the"
               " measure counts it."),
    )  # fmt: skip
    rule: Mapped[str] = choice(lazy_pgettext("pay", "Rule"), RULES, default="flat")
    rate: Mapped[Decimal | None] = percent(
        lazy_pgettext("pay", "Rate"), scale=4, help=_("For one rate of a measure of money.")
    )
    each: Mapped[int | None] = money(
        _("Pay for each"),
        help=_("For one rate or a bonus of any other measure: a visit, a new customer."),
    )
    budget: Mapped[int | None] = money(
        lazy_pgettext("pay", "Budget"),
        help=_("For a bonus: all that the version pays, to whoever comes first."),
    )
    rated_by: Mapped[str | None] = text(
        _("Rates by"), length=60,
        help=_("For a table of rates: the dimension of the measure whose values have rates of"
               " their own. The rate above is for all others; empty: nothing."),
    )  # fmt: skip
    variable: Mapped[int | None] = money(
        _("Pay at 100 %"), help=_("For rules by a quota: what reaching it brings.")
    )
    quota: Mapped[Decimal | None] = decimal(
        lazy_pgettext("pay", "Quota a period"),
        minimum=0,
        help=_("Empty: the person's target on this measure."),
    )
    formula: Mapped[str | None] = text(
        lazy_pgettext("pay", "Formula"), length=300,
        help=_("Of base, quota, attainment, second, share; with min, max, abs, if and else."),
    )  # fmt: skip
    second_measure: Mapped[str | None] = counted(
        _("Second measure"), help=_("Of oneself: for a table, a formula or a condition.")
    )
    second_quota: Mapped[Decimal | None] = decimal(
        _("Its quota a period"), minimum=0,
        help=_("Empty: the person's target on this measure."),
    )  # fmt: skip
    least: Mapped[Decimal | None] = decimal(
        _("Paid only from"), minimum=0,
        help=_("Nothing is paid in a period in which the second measure is below it."),
    )  # fmt: skip
    least_by: Mapped[str] = choice(_("Which is"), GATES, default="figure")


class Step(CompanyModel):
    """From where on a component pays another rate."""

    __tablename__ = "incentives_step"
    __collection__ = "steps"
    __label__ = lazy_pgettext("pay", "Step")
    __label_plural__ = lazy_pgettext("pay", "Steps")
    __title__ = "id"
    __find_by__ = ()
    __parent__ = "component_id"
    __table_args__ = (sa.UniqueConstraint("company_id", "component_id", "start", "second_start"),)

    component_id: Mapped[int] = reference(
        "incentives.Component", lazy_pgettext("pay", "Component"), on_delete="cascade"
    )
    start: Mapped[Decimal] = decimal(
        lazy_pgettext("pay", "From"), minimum=0,
        help=_("Of the figure; for rules by a quota percent of it."),
    )  # fmt: skip
    second_start: Mapped[Decimal] = decimal(
        _("From, of the second measure"), minimum=0, default=Decimal(0),
        help=_("In a table of two attainments: percent of the quota of the second measure."),
    )  # fmt: skip
    rate: Mapped[Decimal] = percent(
        lazy_pgettext("pay", "Rate"), scale=4,
        help=_("A rate, a multiplier (150 for one and a half), or a share of the pay at 100 %."),
    )  # fmt: skip


class Rate(CompanyModel):
    """A row of a table of rates: what a component pays for one product, segment or channel."""

    __tablename__ = "incentives_rate"
    __collection__ = "rates"
    __label__ = lazy_pgettext("pay", "Row of a table of rates")
    __label_plural__ = lazy_pgettext("pay", "Table of rates")
    __find_by__ = ()
    __parent__ = "component_id"
    __table_args__ = (sa.UniqueConstraint("company_id", "component_id", "value"),)

    component_id: Mapped[int] = reference(
        "incentives.Component", lazy_pgettext("pay", "Component"), on_delete="cascade"
    )
    value: Mapped[str] = text(
        lazy_pgettext("pay", "Value"), length=60,
        help=_("The value; of a record its name or number."),
    )  # fmt: skip
    name: Mapped[str] = text(lazy_pgettext("pay", "Of what"), readonly=True, default="")
    rate: Mapped[Decimal] = percent(lazy_pgettext("pay", "Rate"), scale=4)


class Participant(CompanyModel):
    """Somebody who is paid by a plan, and from when to when."""

    __tablename__ = "incentives_participant"
    __collection__ = "participants"
    __label__ = lazy_pgettext("pay", "Participant")
    __label_plural__ = lazy_pgettext("pay", "Participants")
    __title__ = "id"
    __find_by__ = ()
    __owner__ = "user_id"
    __table_args__ = (sa.UniqueConstraint("company_id", "plan_id", "user_id", "starts_on"),)

    plan_id: Mapped[int] = reference("incentives.Plan", lazy_pgettext("pay", "Incentive plan"))
    user_id: Mapped[int] = reference("core.User", _("Person"))
    starts_on: Mapped[dt.date] = date(lazy_pgettext("pay", "Takes part from"))
    ends_on: Mapped[dt.date | None] = date(lazy_pgettext("pay", "Takes part to"))
    draw: Mapped[int | None] = money(
        lazy_pgettext("pay", "Draw a period"), help=_("At least so much is paid.")
    )
    recovered: Mapped[bool] = boolean(
        _("The draw is taken from later earnings"), default=True,
        help=_("Otherwise it is a guarantee."),
    )  # fmt: skip
    paid_in: Mapped[str | None] = text(
        lazy_pgettext("pay", "Paid in"), length=3,
        help=_("A currency such as EUR. Empty: the company's."),
    )  # fmt: skip
    ramp: Mapped[str | None] = text(
        lazy_pgettext("pay", "Ramp"), length=100,
        help=_("Percent of quotas and tiers in the first periods: 25, 50, 75."),
    )  # fmt: skip
    acknowledged_id: Mapped[int | None] = reference(
        "incentives.Version", _("Acknowledged"), readonly=True
    )
    acknowledged_at: Mapped[dt.datetime | None] = instant(_("Acknowledged at"), readonly=True)
