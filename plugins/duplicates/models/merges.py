"""What was merged into what, and all that undoes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import (
    Choice,
    CompanyModel,
    Numbers,
    choice,
    instant,
    integer,
    json,
    reference,
    text,
)
from plugins.duplicates.services import matched

STATES = (
    Choice(value="done", label=lazy_pgettext("merge", "Merged"), tone="good"),
    Choice(value="undone", label=lazy_pgettext("merge", "Undone")),
    Choice(value="closed", label=lazy_pgettext("merge", "No longer to be undone")),
)


def _renumbered(kept: dict[str, Any], row: Mapping[str, Any], numbers: Numbers) -> dict[str, Any]:
    """Rows and what they named, and values of the merged records, by the numbers of elsewhere."""

    def changes(held: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
        key = row["about_model"]
        return {
            name: [numbers.value(key, name, value) for value in pair] for name, pair in held.items()
        }

    if not kept:
        return kept
    return {
        **kept,
        "moved": {
            place: [[numbers(number) for number in pair] for pair in rows]
            for place, rows in kept["moved"].items()
        },
        "survivor": changes(kept["survivor"]),
        "losers": {
            str(numbers(int(number))): changes(held) for number, held in kept["losers"].items()
        },
    }


class Merge(CompanyModel):
    """Records that became one. Code alone writes it."""

    __tablename__ = "duplicates_merge"
    __collection__ = "merges"
    __label__ = lazy_pgettext("thing", "Merge")
    __label_plural__ = _("Merges")
    __find_by__ = ()
    __owner__ = "owner_id"
    __actions__ = ("read", "export")
    __table_args__ = (sa.Index(None, "company_id", "about_model", "survivor_id"),)

    name: Mapped[str] = text(lazy_pgettext("merge", "What into what"), length=300, readonly=True)
    about_model: Mapped[str] = choice(_("Records"), matched.models, length=100, readonly=True)
    survivor_id: Mapped[int] = integer(_("Number of what remains"), readonly=True)
    owner_id: Mapped[int | None] = reference("core.User", _("Merged by"), readonly=True)
    at: Mapped[dt.datetime] = instant(_("Merged at"), readonly=True)
    state: Mapped[str] = choice(_("State"), STATES, default="done", readonly=True)
    undone_at: Mapped[dt.datetime | None] = instant(_("Undone at"), readonly=True)
    undoer_id: Mapped[int | None] = reference("core.User", _("Undone by"), readonly=True)
    kept: Mapped[dict[str, Any]] = json(_("What undoes it"), default=dict, renumber=_renumbered)
    """``moved`` as the host gives it; ``survivor`` and ``losers`` by number: field → [old, new]."""


class Merged(CompanyModel):
    """A record that another has the place of, as long as the merge is not undone."""

    __tablename__ = "duplicates_merged"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["company_id", "merge_id"], ["duplicates_merge.company_id", "duplicates_merge.id"],
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("company_id", "about_model", "about_id"),
        sa.Index(None, "company_id", "about_model", "survivor_id"),
        sa.Index(None, "company_id", "merge_id"),
    )  # fmt: skip

    merge_id: Mapped[int] = mapped_column(sa.BigInteger())
    about_model: Mapped[str] = mapped_column(sa.String(100))
    about_id: Mapped[int] = mapped_column(sa.BigInteger())
    survivor_id: Mapped[int] = mapped_column(sa.BigInteger())
