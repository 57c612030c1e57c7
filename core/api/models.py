"""What REST remembers: answers to requests that may be sent again."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plugin_api.models import CompanyModel, reference


class IdempotencyKey(CompanyModel):
    """A POST that a user has sent under a key of the client's choice, and its answer."""

    __tablename__ = "core_idempotency_key"
    __title__ = "key"
    __table_args__ = (
        sa.UniqueConstraint("company_id", "user_id", "key"),
        sa.Index(None, "company_id", "created_at"),
    )

    user_id: Mapped[int] = reference("core.User", "User", on_delete="cascade")
    key: Mapped[str] = mapped_column(sa.String(200))
    request_hash: Mapped[str] = mapped_column(sa.String(64))
    status: Mapped[int] = mapped_column(sa.Integer(), default=0)
    location: Mapped[str | None] = mapped_column(sa.String(300))
    body: Mapped[str] = mapped_column(sa.Text(), default="")
