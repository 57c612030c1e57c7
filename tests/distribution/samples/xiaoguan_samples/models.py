"""What was handed out."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Mapped

from plugin_api.context import lazy_gettext as _
from plugin_api.models import CompanyModel, date, integer, reference, text


class Sample(CompanyModel):
    """So many pieces of something, given to somebody."""

    __tablename__ = "samples_sample"
    __collection__ = "samples"
    __label__ = _("Sample")
    __label_plural__ = _("Samples")
    __owner__ = "owner_id"

    name: Mapped[str] = text(_("Goods lent"))
    receiver: Mapped[str] = text(_("Given to"))
    given_on: Mapped[dt.date] = date(_("Given on"))
    pieces: Mapped[int] = integer(_("Pieces"), default=1)
    owner_id: Mapped[int | None] = reference("core.User", _("Owner"))


ALL = (Sample,)
