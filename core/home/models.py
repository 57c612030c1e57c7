"""How a person has arranged their home page."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from plugin_api.context import lazy_gettext as _
from plugin_api.models import CompanyModel, json, reference


class HomeLayout(CompanyModel):
    """The cards of one person, in their order. Without a row: those of the role."""

    __tablename__ = "core_home_layout"
    __title__ = "id"

    user_id: Mapped[int] = reference("core.User", _("Person"), on_delete="cascade")
    cards: Mapped[list[str]] = json(_("Cards"), default=list)
    """Each ``<plugin>.<card id>``."""
