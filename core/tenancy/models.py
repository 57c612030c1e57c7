"""The company itself, and the record of work that crosses companies."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plugin_api.context import Company as CompanyValue
from plugin_api.context import lazy_gettext as _
from plugin_api.context import now
from plugin_api.models import Base, UTCDateTime


class Company(Base):
    """A tenant. ``revision`` grows with every change that requests must notice at once."""

    __tablename__ = "core_company"
    __label__ = _("Company")
    __label_plural__ = _("Companies")

    id: Mapped[int] = mapped_column(sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
                                    primary_key=True)  # fmt: skip
    slug: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    currency: Mapped[str] = mapped_column(sa.String(3))
    timezone: Mapped[str] = mapped_column(sa.String(60))
    language: Mapped[str] = mapped_column(sa.String(10))
    country: Mapped[str] = mapped_column(sa.String(2))
    fiscal_year_start: Mapped[int] = mapped_column(sa.Integer(), default=1)
    work_days: Mapped[str] = mapped_column(sa.String(7), default="12345")
    """ISO week days that are worked, as digits."""
    revision: Mapped[int] = mapped_column(sa.BigInteger(), default=0)
    fields_revision: Mapped[int] = mapped_column(sa.BigInteger(), default=0)
    """The revision that last changed custom fields; 0: there never were any."""
    webhooks_revision: Mapped[int] = mapped_column(sa.BigInteger(), default=0)
    """The revision that last changed webhooks; 0: there never were any."""
    created_at: Mapped[datetime] = mapped_column(UTCDateTime(), default=now)

    def value(self) -> CompanyValue:
        """What the rest of the program works with."""
        return CompanyValue(
            id=self.id,
            slug=self.slug,
            name=self.name,
            currency=self.currency,
            timezone=self.timezone,
            language=self.language,
            country=self.country,
            fiscal_year_start=self.fiscal_year_start,
            work_days=frozenset(map(int, self.work_days)),
            revision=self.revision,
            fields_revision=self.fields_revision,
            webhooks_revision=self.webhooks_revision,
        )


class PlatformEntry(Base):
    """Something that was changed outside of any company's walls: what for, by whom."""

    __tablename__ = "core_platform_entry"

    id: Mapped[int] = mapped_column(sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
                                    primary_key=True)  # fmt: skip
    at: Mapped[datetime] = mapped_column(UTCDateTime(), default=now)
    purpose: Mapped[str] = mapped_column(sa.String(60))
    who: Mapped[str] = mapped_column(sa.String(200))
    detail: Mapped[str] = mapped_column(sa.String(500), default="")
