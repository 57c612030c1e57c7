"""Rows about records of any model, which they name by its key and the record's id.

None of them has a collection: no list, interface or import reaches them but by their record,
whose own read permission decides who sees them.
"""

from __future__ import annotations

import datetime as dt
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plugin_api.context import lazy_gettext as _
from plugin_api.models import JSON, Base, CompanyModel, UTCDateTime, longtext, reference


class Comment(CompanyModel):
    """What somebody wrote about a record. ``author_id`` is None for the system."""

    __tablename__ = "core_comment"
    __label__ = _("Comment")
    __label_plural__ = _("Comments")
    __title__ = "text"
    __about__ = ("model", "record_id")
    __table_args__ = (sa.Index(None, "company_id", "model", "record_id", "id"),)

    model: Mapped[str] = mapped_column(sa.String(100))
    record_id: Mapped[int] = mapped_column(sa.BigInteger())
    author_id: Mapped[int | None] = reference("core.User", _("Author"))
    text: Mapped[str] = longtext(_("Text"))
    mentions: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """``{"id": 7, "name": "Ada"}`` of each person named in the text, as they were called then."""
    edited_at: Mapped[datetime | None] = mapped_column(UTCDateTime())


class Follower(CompanyModel):
    """Whether somebody wants to hear of a record. Its owner does unless a row says no."""

    __tablename__ = "core_follower"
    __label__ = _("Follower")
    __label_plural__ = _("Followers")
    __title__ = "id"
    __about__ = ("model", "record_id")
    __table_args__ = (sa.UniqueConstraint("company_id", "model", "record_id", "user_id"),)

    model: Mapped[str] = mapped_column(sa.String(100))
    record_id: Mapped[int] = mapped_column(sa.BigInteger())
    user_id: Mapped[int] = reference("core.User", _("Person"), on_delete="cascade")
    wants: Mapped[bool] = mapped_column(sa.Boolean(), default=True)


class Notification(CompanyModel):
    """Something that a person should know of. Several of a kind are one while it is unread."""

    __tablename__ = "core_notification"
    __label__ = _("Notification")
    __label_plural__ = _("Notifications")
    __title__ = "kind"
    __about__ = ("model", "record_id")
    __table_args__ = (
        sa.Index(None, "company_id", "user_id", "read_at", "at"),
        sa.Index(None, "company_id", "model", "record_id"),
    )

    user_id: Mapped[int] = reference("core.User", _("Person"), on_delete="cascade")
    kind: Mapped[str] = mapped_column(sa.String(20))
    model: Mapped[str] = mapped_column(sa.String(100))
    record_id: Mapped[int] = mapped_column(sa.BigInteger())
    params: Mapped[dict[str, Any]] = mapped_column(JSON)
    """``who``, and what the kind needs besides: ``text`` of a comment, ``transition`` by name."""
    count: Mapped[int] = mapped_column(sa.Integer(), default=1)
    at: Mapped[datetime] = mapped_column(UTCDateTime())
    """When the newest of them happened."""
    read_at: Mapped[datetime | None] = mapped_column(UTCDateTime())


class Draft(CompanyModel):
    """A form that could not be saved because its sender had to log in first."""

    __tablename__ = "core_draft"
    __label__ = _("Draft")
    __label_plural__ = _("Drafts")
    __title__ = "path"

    user_id: Mapped[int] = reference("core.User", _("Person"), on_delete="cascade")
    path: Mapped[str] = mapped_column(sa.String(1000))
    values: Mapped[list[list[str]]] = mapped_column(JSON)
    """Pairs of name and value, in the order of the form."""


class OpenLink(CompanyModel):
    """A link by which somebody outside sees a page about a record; ``page`` is its key. What is in
    the link is signed with the installation's secret: who reads the database has no link."""

    __tablename__ = "core_open_link"
    __label__ = _("Link for people outside")
    __label_plural__ = _("Links for people outside")
    __title__ = "id"
    __about__ = ("model", "record_id")
    __table_args__ = (sa.Index(None, "company_id", "model", "record_id"),)

    page: Mapped[str] = mapped_column(sa.String(100))
    model: Mapped[str] = mapped_column(sa.String(100))
    record_id: Mapped[int] = mapped_column(sa.BigInteger())
    secret: Mapped[str] = mapped_column(sa.String(32))
    until: Mapped[dt.date] = mapped_column(sa.Date())
    """The last day."""
    opened_at: Mapped[datetime | None] = mapped_column(UTCDateTime())
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime())
    taken_back: Mapped[bool] = mapped_column(sa.Boolean(), default=False)


MODELS: tuple[type[Base], ...] = (Comment, Follower, Notification, Draft, OpenLink)
