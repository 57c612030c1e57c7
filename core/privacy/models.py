"""Records about people that must be kept, whatever else is decided."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.context import lazy_gettext as _
from plugin_api.models import CompanyModel, integer, text


class Hold(CompanyModel):
    """A record about a person that is neither erased nor deleted until the hold is lifted."""

    __tablename__ = "core_hold"
    __label__ = _("Hold")
    __label_plural__ = _("Holds")
    __title__ = "reason"
    __about__ = ("model", "record_id")
    __table_args__ = (sa.UniqueConstraint("company_id", "model", "record_id"),)

    model: Mapped[str] = text(_("Records"), length=100)
    record_id: Mapped[int] = integer(_("Number"))
    reason: Mapped[str] = text(_("Reason"), length=500)
