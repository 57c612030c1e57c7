"""Which plugins a company uses."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plugin_api.models import CompanyModel, UTCDateTime


class CompanyPlugin(CompanyModel):
    """A plugin that a company has switched on, or had. Absent: never used."""

    __tablename__ = "core_company_plugin"
    __title__ = "plugin"
    __table_args__ = (sa.UniqueConstraint("company_id", "plugin"),)

    plugin: Mapped[str] = mapped_column(sa.String(31))
    enabled: Mapped[bool] = mapped_column(sa.Boolean())
    auto: Mapped[bool] = mapped_column(sa.Boolean(), default=False)
    """Switched on because another plugin needs it."""
    enabled_at: Mapped[datetime] = mapped_column(UTCDateTime())
