"""What is known of each file; its content is kept beside the database."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plugin_api.context import lazy_gettext as _
from plugin_api.models import Base, CompanyModel, reference


class Attachment(CompanyModel):
    """A file of a record. Equal contents of a company are kept once, under their digest."""

    __tablename__ = "core_attachment"
    __label__ = _("File")
    __label_plural__ = _("Files")
    __about__ = ("model", "record_id")
    __table_args__ = (
        sa.Index(None, "company_id", "model", "record_id", "id"),
        sa.Index(None, "company_id", "digest"),
    )

    model: Mapped[str] = mapped_column(sa.String(100))
    record_id: Mapped[int] = mapped_column(sa.BigInteger())
    author_id: Mapped[int | None] = reference("core.User", _("Person"))
    name: Mapped[str] = mapped_column(sa.String(255))
    kind: Mapped[str] = mapped_column(sa.String(10))
    """As found in the content: ``pdf``, ``png``, ``docx`` …"""
    charset: Mapped[str] = mapped_column(sa.String(10), default="")
    """Of a text."""
    size: Mapped[int] = mapped_column(sa.BigInteger())
    digest: Mapped[str] = mapped_column(sa.String(64))
    """SHA-256 of the content in hex digits."""


MODELS: tuple[type[Base], ...] = (Attachment,)
