"""Days on which a company departs from its country's calendar."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.context import lazy_gettext as _
from plugin_api.models import CompanyModel, boolean, date, text


class Holiday(CompanyModel):
    """A day off of the company, or a day it works although it otherwise would not."""

    __tablename__ = "core_holiday"
    __collection__ = "holidays"
    __label__ = _("Holiday")
    __label_plural__ = _("Holidays")
    __find_by__ = ("day",)
    __table_args__ = (sa.UniqueConstraint("company_id", "day"),)

    day: Mapped[dt.date] = date(
        _("Day"), help=_("Overrides the public holidays of the company's country.")
    )
    name: Mapped[str] = text(_("Name"))
    is_work_day: Mapped[bool] = boolean(
        _("Working day"), help=_("Tick for a make-up day: a weekend or holiday that is worked.")
    )
