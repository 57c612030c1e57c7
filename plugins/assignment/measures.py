"""How many records the rules have given out."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from plugin_api.context import lazy_gettext as _
from plugin_api.measures import Dimension, Measure, Ratio
from plugins.assignment.models import Given


def _facts() -> sa.Select[Any]:
    asked: Any = sa.select(
        Given.on.label("on"),
        sa.literal_column("1", type_=sa.Integer()).label("value"),
        Given.user_id.label("user_id"),
        Given.id.label("record_id"),
        Given.rule_id.label("rule"),
    )
    return asked  # type: ignore[no-any-return]


MEASURES: tuple[Measure | Ratio, ...] = (
    Measure(
        key="assignment.given", label=_("Given out by rules"), unit="count",
        model="assignment.Given", facts=_facts,
        dimensions={"rule": Dimension(label=_("Rule"), target="assignment.Rule")},
        description=_("Leads and accounts that a rule gave to somebody, on that day."),
    ),
)  # fmt: skip
