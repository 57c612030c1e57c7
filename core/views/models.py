"""What people keep of lists: named views of theirs or for others, and their own habits."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.views.sharing import SHARES
from plugin_api.context import lazy_gettext as _
from plugin_api.models import CompanyModel, choice, longtext, reference, text


class SavedView(CompanyModel):
    """The state of a list under a name. ``query`` is what its address held.

    Like settings they are remembered in the process, so that no page asks for them.
    """

    __tablename__ = "core_saved_view"
    __label__ = _("Saved view")
    __label_plural__ = _("Saved views")
    __raises_revision__ = True
    __table_args__ = (sa.UniqueConstraint("company_id", "user_id", "model", "name"),)

    user_id: Mapped[int] = reference("core.User", _("Person"), on_delete="cascade")
    model: Mapped[str] = text(_("Kind of record"), length=120, indexed=True)
    name: Mapped[str] = text(_("Name"), length=60)
    query: Mapped[str] = longtext(_("What it shows"))
    share: Mapped[str] = choice(_("Who may use it"), SHARES, default="private")


class ListHabit(CompanyModel):
    """How one person likes one list: the view that opens first, and the columns."""

    __tablename__ = "core_list_habit"
    __label__ = _("List of a person")
    __label_plural__ = _("Lists of people")
    __title__ = "model"
    __raises_revision__ = True
    __table_args__ = (sa.UniqueConstraint("company_id", "user_id", "model"),)

    user_id: Mapped[int] = reference("core.User", _("Person"), on_delete="cascade")
    model: Mapped[str] = text(_("Kind of record"), length=120)
    columns: Mapped[str | None] = text(_("Columns"), length=2000)
    view_id: Mapped[int | None] = mapped_column(sa.BigInteger())
    """Of a saved view that may be gone meanwhile; then the list opens as it is."""


MODELS = (SavedView, ListHabit)
