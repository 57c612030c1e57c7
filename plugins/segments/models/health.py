"""How well accounts are, month by month, and what a company goes by."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import (
    Choice,
    CompanyModel,
    as_it_is,
    boolean,
    choice,
    date,
    integer,
    json,
    reference,
)
from plugins.crm.api import GRADES

FACTORS = (
    Choice(value="contact", label=_("Days since the last contact")),
    Choice(value="overdue", label=_("Days that money is overdue")),
    Choice(value="trend", label=_("Orders against the half-year before (%)")),
    Choice(value="cases", label=_("Open critical cases")),
    Choice(value="breadth", label=_("Contacts known")),
)
STARTING = {
    "contact": (30, 120, 14), "overdue": (20, 60, 0), "trend": (30, -50, 20), "cases": (10, 3, 0),
    "breadth": (10, 0, 3),
}  # fmt: skip
"""Factor → its weight, the value without any points, and the one with all."""


class Factor(CompanyModel):
    """Something by which accounts are well or not: what gives all points, what none, its weight."""

    __tablename__ = "segments_factor"
    __collection__ = "factors"
    __label__ = _("Factor of health")
    __label_plural__ = _("Factors of health")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ()
    __aside__ = ("active", False)
    __table_args__ = (sa.UniqueConstraint("company_id", "kind"),)

    kind: Mapped[str] = choice(_("Factor"), FACTORS)
    weight: Mapped[int] = integer(lazy_pgettext("health", "Weight"), minimum=0, maximum=100)
    none_at: Mapped[int] = integer(_("No points at"))
    full_at: Mapped[int] = integer(_("All points at"))
    active: Mapped[bool] = boolean(lazy_pgettext("rule", "Active"), default=True)


class Health(CompanyModel):
    """The health of an account in a month, from 0 to 100, as it was last found in it.

    ``parts`` are its factors: ``{"contact": [45, 71, 30]}`` is value, points and weight.
    """

    __tablename__ = "segments_health"
    __collection__ = "health"
    __label__ = _("Health of an account")
    __label_plural__ = _("Health of accounts")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ()
    __parent__ = "account_id"
    __actions__ = ("read", "export")
    __table_args__ = (
        sa.UniqueConstraint("company_id", "account_id", "month"),
        sa.Index(None, "company_id", "month", "change"),
    )

    account_id: Mapped[int] = reference("crm.Account", _("Account"), on_delete="cascade")
    month: Mapped[dt.date] = date(_("Month"))
    score: Mapped[int] = integer(lazy_pgettext("account", "Health"), minimum=0, maximum=100)
    change: Mapped[int] = integer(_("Against the month before"), default=0)
    parts: Mapped[dict[str, Any]] = json(_("Factors"), default=dict, renumber=as_it_is)


class Retention(CompanyModel):
    """How many customers of a grade, or of all, have stayed: of those that bought in the year
    before the last, who bought again in it."""

    __tablename__ = "segments_retention"
    __collection__ = "retention"
    __label__ = _("Customers that stay")
    __label_plural__ = lazy_pgettext("records", "Customers that stay")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ()
    __actions__ = ("read", "export")

    grade: Mapped[str | None] = choice(_("Grade"), GRADES, help=_("Empty: all of them."))
    customers: Mapped[int] = integer(_("Bought in the year before"))
    stayed: Mapped[int] = integer(_("Bought again"))
    counted_on: Mapped[dt.date] = date(_("Counted on"))
