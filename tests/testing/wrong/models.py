"""A table in which companies meet."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.context import lazy_gettext as _
from plugin_api.models import CompanyModel, integer, reference, text


class Thing(CompanyModel):
    __tablename__ = "wrong_thing"
    __collection__ = "things"
    __label__ = _("Wrong thing")
    __table_args__ = (sa.UniqueConstraint("name", name="uq_wrong_thing_name"),)

    name: Mapped[str] = text(_("What is wrong"))
    count: Mapped[int] = integer(_("How wrong"))
    owner_id: Mapped[int | None] = reference("core.User", _("Whose fault"))
