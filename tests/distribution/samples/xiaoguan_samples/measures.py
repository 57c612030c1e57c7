"""What can be counted and targeted."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from plugin_api.context import lazy_gettext as _
from plugin_api.measures import Measure
from xiaoguan_samples.models import Sample


def _given() -> sa.Select[Any]:
    return sa.select(
        Sample.given_on.label("on"),
        Sample.pieces.label("value"),
        Sample.owner_id.label("user_id"),
        Sample.id.label("record_id"),
    )


MEASURES = (
    Measure(
        key="samples.given",
        label=_("Samples handed out"),
        unit="count",
        model="samples.Sample",
        facts=_given,
        dimensions={},
        description=_("Pieces that were handed out, on their day, for their owner."),
    ),
)
