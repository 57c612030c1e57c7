"""What somebody is to reach, of which measure, in which period."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plugin_api.context import current_company
from plugin_api.context import lazy_gettext as _
from plugin_api.models import (
    Choice,
    CompanyModel,
    choice,
    date,
    decimal,
    measure,
    money,
    reference,
    text,
)
from plugin_api.money import from_minor

LEVELS = (
    Choice(value="company", label=_("Company")),
    Choice(value="team", label=_("Team")),
    Choice(value="user", label=_("Person")),
)
PERIOD_KINDS = (
    Choice(value="month", label=_("Month")),
    Choice(value="quarter", label=_("Quarter")),
    Choice(value="year", label=_("Year")),
    Choice(value="custom", label=_("Custom")),
)


class Target(CompanyModel):
    """A target of the company, a team or a person for one measure and period.

    ``amount`` holds it for a measure of money, ``quantity`` for any other: percent for a
    ratio, days, or a plain number. It stays readable when the measure's plugin is off.
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
    slot: Mapped[str] = mapped_column(sa.String(200))
    """Measure, whom and when: the database itself refuses a second target for the same."""

    @property
    def value(self) -> Decimal:
        """The target in major units, percent, or a plain number."""
        if self.amount is not None:
            return from_minor(self.amount, current_company().currency)
        return self.quantity or Decimal(0)
