"""The index of the search, a table like any other of a company."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.data.slim import UncheckedModel
from core.search.tokens import LONGEST
from plugin_api.context import lazy_gettext as _

BY_BYTES = sa.String(LONGEST).with_variant(sa.String(LONGEST, collation="C"), "postgresql")
"""Sorted by code points on both databases, whatever language the server speaks: what begins
with a word is one range of the index, the same everywhere."""


class SearchToken(UncheckedModel):
    """A word of a record, by whose beginning it is found.

    There are dozens of them for each record, so a row is its key and nothing else, in the order
    in which a search reads them. What a record that is gone leaves behind is never shown, for
    records are joined to it.
    """

    __tablename__ = "core_search_token"
    __label__ = _("Search word")
    __label_plural__ = _("Search words")
    __title__ = "token"
    __table_args__ = (
        sa.Index(None, "company_id", "model", "record_id"),
        {"sqlite_with_rowid": False},
    )

    model: Mapped[int] = mapped_column(sa.Integer(), primary_key=True, autoincrement=False)
    """The model's number: :func:`core.search.index.number_of`."""
    kind: Mapped[int] = mapped_column(sa.SmallInteger(), primary_key=True, autoincrement=False)
    """A :class:`core.search.tokens.Kind`."""
    token: Mapped[str] = mapped_column(BY_BYTES, primary_key=True)
    record_id: Mapped[int] = mapped_column(sa.BigInteger(), primary_key=True, autoincrement=False)
