"""How much is analysed, what is out of date, and what was chosen."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext, today
from plugin_api.measures import Dimension, Measure, Ratio
from plugins.swot.models import Analysis, Item, Option
from plugins.swot.models.words import POSTURES, QUADRANTS
from plugins.swot.services.ageing import is_latest

ONE: Any = sa.literal_column("1", type_=sa.Integer())


def _analyses() -> sa.Select[Any]:
    return sa.select(
        Analysis.finished_on.label("on"), ONE.label("value"), Analysis.owner_id.label("user_id"),
        Analysis.id.label("record_id"),
    ).where(Analysis.state == "finished")  # fmt: skip


def _expired() -> sa.Select[Any]:
    return (
        sa.select(
            Item.expires_on.label("on"), ONE.label("value"), Analysis.owner_id.label("user_id"),
            Item.id.label("record_id"), Item.quadrant.label("quadrant"),
        )
        .join(Analysis, Analysis.id == Item.analysis_id)
        .where(~Item.put_aside, Item.expires_on < today(), is_latest())
    )  # fmt: skip


def _chosen() -> sa.Select[Any]:
    return (
        sa.select(
            Option.chosen_on.label("on"), ONE.label("value"), Analysis.owner_id.label("user_id"),
            Option.id.label("record_id"), Option.posture.label("posture"),
        )
        .join(Analysis, Analysis.id == Option.analysis_id)
        .where(Option.state == "chosen")
    )  # fmt: skip


MEASURES: tuple[Measure | Ratio, ...] = (
    Measure(
        key="swot.analyses", label=lazy_pgettext("swot", "SWOT analyses finished"), unit="count",
        model="swot.Analysis", facts=_analyses,
        description=_("Analyses on the day on which they were finished, for who owns them."),
    ),
    Measure(
        key="swot.expired", label=lazy_pgettext("swot", "SWOT items out of date"), unit="count",
        model="swot.Item", facts=_expired, direction="down", snapshot=True,
        dimensions={
            "quadrant": Dimension(
                label=lazy_pgettext("swot", "Quadrant"),
                labels={each.value: each.label for each in QUADRANTS},
            )
        },
        description=_("Items in use that are valid no more, for who owns the analysis."),
    ),
    Measure(
        key="swot.options_chosen", label=lazy_pgettext("swot", "Strategic options chosen"),
        unit="count", model="swot.Option", facts=_chosen,
        dimensions={
            "posture": Dimension(
                label=lazy_pgettext("swot", "Posture"),
                labels={each.value: each.label for each in POSTURES},
            )
        },
        description=_("Options on the day on which they were chosen, for who owns the analysis."),
    ),
)  # fmt: skip
