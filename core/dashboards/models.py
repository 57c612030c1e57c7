"""Dashboards that people make."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from core.views.sharing import SHARES
from plugin_api.context import lazy_gettext as _
from plugin_api.models import CompanyModel, boolean, choice, longtext, reference, text


class SavedDashboard(CompanyModel):
    """Tiles under a name. That of a person's home page has none, and is never shared."""

    __tablename__ = "core_saved_dashboard"
    __label__ = _("Dashboard")
    __label_plural__ = _("Dashboards")

    user_id: Mapped[int] = reference("core.User", _("Person"), on_delete="cascade")
    name: Mapped[str] = text(_("Name"), length=60)
    share: Mapped[str] = choice(_("Who may use it"), SHARES, default="private")
    is_home: Mapped[bool] = boolean(_("Home page"))
    tiles: Mapped[str] = longtext(_("What it shows"))
    """A list of tiles as JSON, in their order: what :mod:`core.dashboards.tiles` reads."""
