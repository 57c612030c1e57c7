"""What watches for risks: rules that propose them, indicators, incidents."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import (
    CompanyModel,
    boolean,
    choice,
    date,
    decimal,
    integer,
    longtext,
    measure,
    money,
    percent,
    reference,
    text,
)
from plugins.risk.models.choices import CATEGORIES, KINDS, SIDES, STANDINGS


class Rule(CompanyModel):
    """What proposes a risk. It looks at records and figures of other plugins while they are on;
    what it finds is proposed, and a person decides."""

    __tablename__ = "risk_rule"
    __collection__ = "rules"
    __label__ = _("Detection rule")
    __label_plural__ = _("Detection rules")
    __aside__ = ("active", False)

    name: Mapped[str] = text(lazy_pgettext("thing", "Name"), unique=True)
    kind: Mapped[str] = choice(lazy_pgettext("detection", "Looks for"), KINDS)
    category: Mapped[str] = choice(_("Category"), CATEGORIES, default="customer")
    active: Mapped[bool] = boolean(lazy_pgettext("rule", "Active"), default=True)
    days: Mapped[int | None] = integer(
        _("Days"), minimum=1, maximum=3650,
        help=_("Overdue for so long, ending within, put off by, or the days of the figure."),
    )  # fmt: skip
    amount: Mapped[int | None] = money(
        _("From the amount"), help=_("Of what is overdue, or of the open deals of a customer.")
    )
    share: Mapped[Decimal | None] = percent(
        _("From the share (%)"), minimum=0, maximum=100,
        help=_("Of one customer in the figure, or by how much the win rate has fallen."),
    )  # fmt: skip
    count: Mapped[int | None] = integer(
        _("From the number"),
        minimum=1,
        maximum=10_000,
        help=_("Times that a deal was put off, or deals in which a competitor is named."),
    )
    measure: Mapped[str | None] = measure(_("Measure"))
    side: Mapped[str | None] = choice(lazy_pgettext("threshold", "Alarm when it is"), SIDES)
    limit: Mapped[Decimal | None] = decimal(
        _("Limit"), help=_("In units that people read; a ratio in percent.")
    )
    likelihood: Mapped[int] = integer(
        _("Likelihood to begin with"), default=3, minimum=1, maximum=5
    )
    impact: Mapped[int] = integer(_("Impact to begin with"), default=3, minimum=1, maximum=5)
    owner_id: Mapped[int | None] = reference(
        "core.User", _("Owner of what is found"), help=_("Empty: who owns the record.")
    )


class Sighting(CompanyModel):
    """Something that a rule has found: the same is proposed once for as long as it lasts."""

    __tablename__ = "risk_sighting"
    __table_args__ = (sa.UniqueConstraint("company_id", "key"),)

    key: Mapped[str] = mapped_column(sa.String(300))
    rule_id: Mapped[int] = reference("risk.Rule", _("Detection rule"), on_delete="cascade")
    risk_id: Mapped[int] = reference(
        "risk.Risk", lazy_pgettext("register", "Risk"), on_delete="cascade"
    )
    seen_on: Mapped[dt.date] = mapped_column(sa.Date())
    ceased_on: Mapped[dt.date | None] = mapped_column(sa.Date())
    """The day from which the rule found it no more."""


class Indicator(CompanyModel):
    """A figure that tells early whether a risk grows. Thresholds are in units that people read,
    money in the company's currency, ratios in percent."""

    __tablename__ = "risk_indicator"
    __collection__ = "indicators"
    __label__ = _("Risk indicator")
    __label_plural__ = _("Risk indicators")
    __owner__ = "owner_id"

    name: Mapped[str] = text(lazy_pgettext("thing", "Name"), unique=True)
    risk_id: Mapped[int | None] = reference(
        "risk.Risk", lazy_pgettext("register", "Risk"), on_delete="cascade"
    )
    owner_id: Mapped[int | None] = reference("core.User", _("Owner"))
    measure: Mapped[str] = measure(_("Measure"))
    days: Mapped[int] = integer(
        _("Days"), default=30, minimum=1, maximum=3650,
        help=_("So many up to yesterday; a figure of now has none."),
    )  # fmt: skip
    side: Mapped[str] = choice(
        lazy_pgettext("threshold", "Alarm when it is"), SIDES, default="above"
    )
    warn_at: Mapped[Decimal | None] = decimal(_("Warning from"))
    alarm_at: Mapped[Decimal] = decimal(_("Alarm from"))
    value: Mapped[Decimal | None] = decimal(lazy_pgettext("indicator", "Value"), readonly=True)
    standing: Mapped[str] = choice(
        lazy_pgettext("indicator", "Standing"), STANDINGS, default="none", readonly=True
    )
    measured_on: Mapped[dt.date | None] = date(_("Measured on"), readonly=True)
    active: Mapped[bool] = boolean(lazy_pgettext("rule", "Active"), default=True)


class Reading(CompanyModel):
    """What an indicator was on a day; only added to."""

    __tablename__ = "risk_reading"
    __collection__ = "readings"
    __label__ = lazy_pgettext("indicator", "Reading")
    __label_plural__ = lazy_pgettext("indicator", "Readings")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ()
    __parent__ = "indicator_id"
    __actions__ = ("read", "export")
    __table_args__ = (sa.UniqueConstraint("company_id", "indicator_id", "on"),)

    indicator_id: Mapped[int] = reference(
        "risk.Indicator", _("Risk indicator"), on_delete="cascade"
    )
    on: Mapped[dt.date] = date(_("Day"))
    value: Mapped[Decimal | None] = decimal(lazy_pgettext("indicator", "Value"))
    standing: Mapped[str] = choice(lazy_pgettext("indicator", "Standing"), STANDINGS)


class Incident(CompanyModel):
    """A risk that has come true, or nearly, and what it cost."""

    __tablename__ = "risk_incident"
    __collection__ = "incidents"
    __label__ = _("Incident")
    __label_plural__ = _("Incidents")
    __find_by__ = ("external_id", "name")
    __search__ = ("name", "external_id")
    __owner__ = "owner_id"

    name: Mapped[str] = text(lazy_pgettext("incident", "What happened"))
    risk_id: Mapped[int | None] = reference("risk.Risk", lazy_pgettext("register", "Risk"))
    on: Mapped[dt.date] = date(_("Day"), indexed=True)
    owner_id: Mapped[int | None] = reference("core.User", _("Owner"))
    category: Mapped[str] = choice(_("Category"), CATEGORIES, default="customer")
    near_miss: Mapped[bool] = boolean(_("It went well in the end"))
    loss: Mapped[int | None] = money(lazy_pgettext("incident", "Loss"))
    cause: Mapped[str | None] = longtext(lazy_pgettext("incident", "Cause"))
    lesson: Mapped[str | None] = longtext(lazy_pgettext("incident", "What was learned"))
    external_id: Mapped[str | None] = text(_("External ID"), length=100, unique=True)
