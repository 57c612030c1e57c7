"""What the company holds dear, and who thanks whom for living it."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import CompanyModel, boolean, date, integer, longtext, reference, text


class Value(CompanyModel):
    """Something that the company wants people to stand for."""

    __tablename__ = "rewards_value"
    __collection__ = "values"
    __label__ = lazy_pgettext("culture", "Company value")
    __label_plural__ = lazy_pgettext("culture", "Company values")
    __aside__ = ("active", False)

    name: Mapped[str] = text(_("Name"), unique=True)
    description: Mapped[str | None] = longtext(_("Description"))
    position: Mapped[int] = integer(_("Position"), default=0)
    active: Mapped[bool] = boolean(_("Active"), default=True)


class Kudos(CompanyModel):
    """Thanks that everybody may say to a colleague, and everybody reads."""

    __tablename__ = "rewards_kudos"
    __collection__ = "kudos"
    __label__ = lazy_pgettext("culture", "Kudos")
    __label_plural__ = lazy_pgettext("culture", "Kudos")
    __title__ = "text"
    __find_by__ = ()
    __search__ = ("text",)
    __actions__ = ("read", "create", "delete", "export")
    __table_args__ = (
        sa.Index(None, "company_id", "giver_id", "day"),
        sa.Index(None, "company_id", "day"),
    )

    user_id: Mapped[int] = reference("core.User", lazy_pgettext("kudos", "To whom"))
    value_id: Mapped[int | None] = reference(
        "rewards.Value", lazy_pgettext("culture", "Company value")
    )
    text: Mapped[str] = text(lazy_pgettext("kudos", "What for"), length=500, personal=True)
    giver_id: Mapped[int | None] = reference(
        "core.User", lazy_pgettext("kudos", "From whom"), readonly=True
    )
    day: Mapped[dt.date | None] = date(_("Day"), readonly=True)
    points: Mapped[int] = integer(lazy_pgettext("points", "Points"), readonly=True, default=0)
