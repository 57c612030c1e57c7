"""Where somebody worked before."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.context import lazy_gettext as _
from plugin_api.models import CompanyModel, date, reference


class TeamStay(CompanyModel):
    """The days up to ``until`` on which a person worked in a team that they have left since: of
    their target and their figures that part counts for that team. Kept by itself when a person is
    given another team; a day that was told late is corrected by hand."""

    __tablename__ = "targets_team_stay"
    __collection__ = "stays"
    __label__ = _("Former team")
    __label_plural__ = _("Former teams")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ()
    __owner__ = "user_id"
    __table_args__ = (sa.Index(None, "company_id", "until"),)

    user_id: Mapped[int] = reference("core.User", _("Person"))
    team_id: Mapped[int] = reference("core.Team", _("Team"))
    start: Mapped[dt.date | None] = date(
        _("From"), help=_("Empty: from the end of the stay before.")
    )
    until: Mapped[dt.date] = date(_("Until"), help=_("The last day in this team."))
