"""Gradings, where each account stands in them, and grades that somebody has set otherwise."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api import host
from plugin_api.conditions import HELP
from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
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
    percent,
    reference,
    text,
)
from plugins.crm.api import GRADES
from plugins.segments.access import APPROVE, FIGURES

WITHOUT = (
    Choice(value="keep", label=_("Leave the grade as it is")),
    Choice(value="C", label="C"),
    Choice(value="D", label="D"),
)
KINDS = (
    Choice(value="graded", label=_("By the figures"), tone="info"),
    Choice(value="override", label=_("By an override"), tone="warn"),
    Choice(value="ended", label=_("The override ended")),
    Choice(value="hand", label=_("By hand")),
)
STATES = (
    Choice(value="asked", label=_("Asked for"), tone="warn"),
    Choice(value="approved", label=lazy_pgettext("override", "In force"), tone="good"),
    Choice(value="refused", label=_("Refused"), tone="bad"),
    Choice(value="ended", label=lazy_pgettext("override", "Ended")),
)
LEVELS = (
    Choice(value="any", label=_("Anybody")),
    Choice(value="manager", label=_("Who leads a team")),
)


def usual_measure() -> str:
    """What accounts are worth, where nothing else is said."""
    return "sales.invoiced_net" if host().is_enabled("sales") else "crm.won_amount"


class Grading(CompanyModel):
    """How accounts come to their grade: by a figure, and the share of the whole before each."""

    __tablename__ = "segments_grading"
    __collection__ = "gradings"
    __label__ = _("Grading")
    __label_plural__ = _("Gradings")
    __aside__ = ("active", False)

    name: Mapped[str] = text(lazy_pgettext("thing", "Name"), unique=True)
    position: Mapped[int] = integer(
        _("Position"), default=0, help=_("An account is graded by the first grading that fits.")
    )
    condition: Mapped[str | None] = text(_("Which accounts"), length=1000, help=HELP)
    measure: Mapped[str] = measure(
        _("Figure"), default=usual_measure, help=_("One that is known by account.")
    )
    days: Mapped[int] = integer(
        _("Of the last (days)"),
        default=365,
        minimum=1,
        maximum=3660,
        help=_("Does not matter for figures of now, such as what is open."),
    )
    a_share: Mapped[Decimal] = percent(
        _("A below (%)"),
        default=Decimal(80),
        minimum=0,
        maximum=100,
        help=_("Of the whole, the part that lies with those who have more."),
    )
    b_share: Mapped[Decimal] = percent(
        _("B below (%)"), default=Decimal(95), minimum=0, maximum=100
    )
    c_share: Mapped[Decimal | None] = percent(
        _("C below (%)"), minimum=0, maximum=100, help=_("Empty: the rest is C. Else it is D.")
    )
    slack: Mapped[Decimal] = percent(
        _("Keeps its grade within (%)"),
        default=Decimal(2),
        minimum=0,
        maximum=50,
        help=_("So many percentage points beyond a limit a grade that is held stays."),
    )
    without: Mapped[str] = choice(
        _("Without a figure"),
        WITHOUT,
        default="D",
        help=_("The grade of accounts of which there is none, or that is not above 0."),
    )
    nightly: Mapped[bool] = boolean(
        _("Every night"), default=True, help=_("Off: only when somebody writes the grades.")
    )
    active: Mapped[bool] = boolean(lazy_pgettext("rule", "Active"), default=True)
    ran_on: Mapped[dt.date | None] = date(_("Graded last on"), readonly=True)


class Standing(CompanyModel):
    """The grade of an account, and what it comes from; one row for each account that is graded.

    ``value`` is in units that people read, money in the company's currency.
    """

    __tablename__ = "segments_standing"
    __collection__ = "standings"
    __label__ = _("Graded account")
    __label_plural__ = _("Graded accounts")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ()
    __parent__ = "account_id"
    __actions__ = ("read", "export")
    __table_args__ = (
        sa.UniqueConstraint("company_id", "account_id"),
        sa.Index(None, "company_id", "grading_id", "value"),
        sa.Index(None, "company_id", "grade"),
    )

    account_id: Mapped[int] = reference("crm.Account", _("Account"), on_delete="cascade")
    grading_id: Mapped[int] = reference("segments.Grading", _("Grading"), on_delete="cascade")
    grade: Mapped[str | None] = choice(_("Grade"), GRADES)
    since: Mapped[dt.date] = date(_("Since"))
    computed: Mapped[str | None] = choice(_("Grade by the figures"), GRADES)
    value: Mapped[Decimal] = decimal(_("Figure"), read=FIGURES)
    override_id: Mapped[int | None] = reference("segments.Override", _("Override"), readonly=True)


class GradeChange(CompanyModel):
    """An account came to another grade; only added to."""

    __tablename__ = "segments_grade_change"
    __collection__ = "grade-changes"
    __label__ = _("Change of grade")
    __label_plural__ = _("Changes of grades")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ("reason",)
    __parent__ = "account_id"
    __actions__ = ("read", "export")
    __table_args__ = (sa.Index(None, "company_id", "account_id", "at"),)

    account_id: Mapped[int] = reference("crm.Account", _("Account"), on_delete="cascade")
    on: Mapped[dt.date] = date(_("Day"), indexed=True)
    at: Mapped[dt.datetime] = instant(_("At"))
    kind: Mapped[str] = choice(_("Why"), KINDS)
    from_grade: Mapped[str | None] = choice(_("Grade before"), GRADES)
    to_grade: Mapped[str | None] = choice(_("Grade after"), GRADES)
    value: Mapped[Decimal | None] = decimal(_("Figure"), read=FIGURES)
    by_id: Mapped[int | None] = reference("core.User", lazy_pgettext("grade", "By"))
    reason: Mapped[str | None] = text(_("Reason"), length=500)


class Override(CompanyModel):
    """A grade that an account gets whatever its figures say: with a reason, up to a day, and when
    somebody other than who asks has approved it."""

    __tablename__ = "segments_override"
    __collection__ = "overrides"
    __label__ = _("Override of a grade")
    __label_plural__ = _("Overrides of grades")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ("reason",)
    __parent__ = "account_id"
    __table_args__ = (
        sa.Index(None, "company_id", "account_id", "state"),
        sa.Index(None, "company_id", "state", "until"),
    )

    account_id: Mapped[int] = reference("crm.Account", _("Account"), on_delete="cascade")
    grade: Mapped[str] = choice(_("Grade"), GRADES)
    reason: Mapped[str] = text(_("Reason"), length=500)
    until: Mapped[dt.date] = date(_("Until"), help=_("The last day on which it holds."))
    state: Mapped[str] = choice(_("State"), STATES, default="asked", readonly=True)
    asked_by_id: Mapped[int | None] = reference("core.User", _("Asked for by"), readonly=True)
    decided_by_id: Mapped[int | None] = reference(
        "core.User", lazy_pgettext("override", "Decided by"), readonly=True
    )
    decided_at: Mapped[dt.datetime | None] = instant(_("Decided at"), readonly=True)
    answer: Mapped[str | None] = text(
        lazy_pgettext("override", "Answer"), length=500, write=APPROVE
    )
    before: Mapped[str | None] = choice(_("Grade before"), GRADES, readonly=True)


class Policy(CompanyModel):
    """What accounts of a grade get."""

    __tablename__ = "segments_policy"
    __collection__ = "policies"
    __label__ = _("Policy for a grade")
    __label_plural__ = _("Policies for grades")
    __title__ = "name"
    __find_by__ = ("name",)
    __table_args__ = (sa.UniqueConstraint("company_id", "grade"),)

    grade: Mapped[str] = choice(_("Grade"), GRADES)
    name: Mapped[str] = text(
        lazy_pgettext("thing", "Name"), help=_("Such as: key accounts, standard care.")
    )
    contact_days: Mapped[int | None] = integer(
        _("Contact every (days)"),
        minimum=1,
        maximum=3650,
        help=_("Where activities are written down, a follow-up rule is kept that says the same."),
    )
    owner_level: Mapped[str] = choice(_("Owner level"), LEVELS, default="any")
    price_list: Mapped[str | None] = text(_("Price list"), help=_("Which prices they are quoted."))
    answer_hours: Mapped[int | None] = integer(_("Answer within (hours)"), minimum=1, maximum=8760)
    care: Mapped[str | None] = longtext(_("What they get besides"))
