"""What a person wants to be told, and how."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plugin_api.context import lazy_gettext as _
from plugin_api.models import CompanyModel, boolean, reference


class Preference(CompanyModel):
    """A person's choice; who has none gets notifications, but no mail."""

    __tablename__ = "activities_preference"
    __label__ = _("Choice of reminders")
    __label_plural__ = _("Choices of reminders")
    __title__ = "id"
    __table_args__ = (sa.UniqueConstraint("company_id", "user_id"),)

    user_id: Mapped[int] = reference("core.User", _("Person"), on_delete="cascade")
    digest: Mapped[bool] = boolean(_("A mail each morning with what is due"))
    mail: Mapped[bool] = boolean(_("Reminders by mail too"))
    digested_on: Mapped[dt.date | None] = mapped_column(sa.Date())
    """The day of the last digest: a job that is repeated sends it once."""
