"""Last contact and next step, in the lists of the CRM where a company uses it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import lazy_gettext as _
from plugin_api.panels import Fact
from plugin_api.views import ExtraColumn, ViewExtension
from plugins.activities import display
from plugins.activities.access import READ
from plugins.activities.models import Activity, Link
from plugins.activities.services import contact


def last_contact(model: str, ids: Sequence[int]) -> Mapping[int, Fact]:
    """When somebody was last in touch. One statement."""
    found = contact.last_days(model, ids)
    return {id_: Fact(label="", value=display.day(day)) for id_, day in found.items()}


def next_step(model: str, ids: Sequence[int]) -> Mapping[int, Fact]:
    """What is planned next, of what the actor may see. One statement."""
    ranked = (
        sa.select(
            Link.record_id,
            Activity.id,
            Activity.subject,
            Activity.due,
            sa.func.row_number()
            .over(
                partition_by=Link.record_id,
                order_by=(Activity.due.is_(None), Activity.due, Activity.id),
            )
            .label("place"),
        )
        .join(Activity, Activity.id == Link.activity_id)
        .where(
            Link.model == model,
            Link.record_id.in_(ids),
            Activity.state == "open",
            host().records.visible(Activity),
        )
        .subquery()
    )
    rows: list[Any] = list(host().session.execute(sa.select(ranked).where(ranked.c.place == 1)))
    return {
        row.record_id: Fact(
            label="",
            value=f"{display.day(row.due)} {row.subject}".strip(),
            href=host().record_url(display.ACTIVITY, row.id),
        )
        for row in rows
    }


def _of(model: str, after: str) -> ViewExtension:
    return ViewExtension(
        model=model,
        after=after,
        columns=(
            ExtraColumn(
                name="next_step", label=_("Next step"), load=partial(next_step, model),
                numeric=False,
            ),
            ExtraColumn(
                name="last_contact", label=_("Last contact"), load=partial(last_contact, model),
                numeric=False,
            ),
        ),
        permission=READ,
    )  # fmt: skip


EXTENSIONS = (
    _of("crm.Account", "grade"),
    _of("crm.Opportunity", "expected_close"),
    _of("crm.Lead", "status"),
)
