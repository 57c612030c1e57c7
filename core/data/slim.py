"""Models of rows that there are very many of: a key, and little besides."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plugin_api.models import CompanyModel


class SlimModel(CompanyModel):
    """A company's row without number, version, custom fields, or who made it and when.

    A subclass declares the rest of its primary key, which ``company_id`` leads. It has only the
    constraints that it declares itself.
    """

    __abstract__ = True
    __search__ = ()
    __mapper_args__ = {}  # noqa: RUF012 - the declaration of the ORM

    id = version = custom = None  # type: ignore[assignment]
    created_at = created_by = updated_at = updated_by = None  # type: ignore[assignment]

    @classmethod
    def __table_cls__(cls, name: str, metadata: sa.MetaData, *args: Any, **kw: Any) -> sa.Table:
        return sa.Table(name, metadata, *args, **kw)


class UncheckedModel(SlimModel):
    """One that follows from other rows, of which each has several: without a reference to the
    company, which the database would check for each of them."""

    __abstract__ = True

    company_id: Mapped[int] = mapped_column(
        sa.BigInteger(), primary_key=True, autoincrement=False, sort_order=-10
    )
