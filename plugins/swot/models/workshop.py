"""What is said silently. No list, interface, search or file knows these: until a collection ends
only who wrote an idea sees it, and until a vote ends only who gave it."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import CompanyModel, choice, date, reference, text
from plugins.swot.models.words import QUADRANTS


class Idea(CompanyModel):
    """An item that somebody wrote in a silent collection; it becomes one when that ends."""

    __tablename__ = "swot_idea"
    __label__ = lazy_pgettext("swot", "Idea")
    __title__ = "id"
    __table_args__ = (sa.Index(None, "company_id", "analysis_id", "user_id"),)

    analysis_id: Mapped[int] = reference(
        "swot.Analysis", lazy_pgettext("swot", "SWOT analysis"), on_delete="cascade"
    )
    user_id: Mapped[int] = reference("core.User", _("Person"))
    name: Mapped[str] = text(lazy_pgettext("swot", "What is so"), length=300)
    quadrant: Mapped[str] = choice(lazy_pgettext("swot", "Quadrant"), QUADRANTS)
    note: Mapped[str | None] = text(_("Note"), length=1000)
    source: Mapped[str | None] = text(_("Source"), length=500)
    as_of: Mapped[dt.date | None] = date(lazy_pgettext("swot", "As of"))


class Vote(CompanyModel):
    """That somebody gave an item one of their votes."""

    __tablename__ = "swot_vote"
    __label__ = lazy_pgettext("swot", "Vote")
    __title__ = "id"
    __table_args__ = (sa.UniqueConstraint("company_id", "item_id", "user_id"),)

    item_id: Mapped[int] = reference(
        "swot.Item", lazy_pgettext("swot", "SWOT item"), on_delete="cascade"
    )
    user_id: Mapped[int] = reference("core.User", _("Person"))
