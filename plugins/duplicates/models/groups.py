"""Records that lie there twice, and what was said of them."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plugin_api.models import CompanyModel, UTCDateTime


class Group(CompanyModel):
    """Records of one model that rules take for one; the search writes it, people decide. Who may
    see which of them is asked of the records, so it has no page of its own."""

    __tablename__ = "duplicates_group"
    __table_args__ = (sa.Index(None, "company_id", "about_model", "state", "likeness"),)

    about_model: Mapped[str] = mapped_column(sa.String(100))
    state: Mapped[str] = mapped_column(sa.String(20), default="open")
    """open, ignored or done: merged, or told apart."""
    likeness: Mapped[int] = mapped_column(sa.Integer())
    """That of the pair which is least alike, in percent."""
    signature: Mapped[str] = mapped_column(sa.String(64))
    """Tells whether a group was found before."""
    found_at: Mapped[dt.datetime] = mapped_column(UTCDateTime())


class Member(CompanyModel):
    """A record of a group."""

    __tablename__ = "duplicates_member"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["company_id", "group_id"], ["duplicates_group.company_id", "duplicates_group.id"],
            ondelete="CASCADE",
        ),
        sa.Index(None, "company_id", "group_id"),
        sa.Index(None, "company_id", "about_model", "about_id"),
    )  # fmt: skip

    group_id: Mapped[int] = mapped_column(sa.BigInteger())
    about_model: Mapped[str] = mapped_column(sa.String(100))
    about_id: Mapped[int] = mapped_column(sa.BigInteger())


class Different(CompanyModel):
    """Two records that are not the same, somebody said; the lower number first."""

    __tablename__ = "duplicates_different"
    __table_args__ = (sa.UniqueConstraint("company_id", "about_model", "first_id", "second_id"),)

    about_model: Mapped[str] = mapped_column(sa.String(100))
    first_id: Mapped[int] = mapped_column(sa.BigInteger())
    second_id: Mapped[int] = mapped_column(sa.BigInteger())
