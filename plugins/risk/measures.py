"""Figures of risks: how many, what they may cost, what has happened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from plugin_api.context import lazy_gettext as _
from plugin_api.context import today
from plugin_api.measures import Dimension, Measure, Ratio
from plugins.risk.models import Incident, Risk
from plugins.risk.models.choices import BANDS, CATEGORIES

ONE = sa.literal_column("1", type_=sa.Integer())
CATEGORY = Dimension(label=_("Category"), labels={each.value: each.label for each in CATEGORIES})
OF_RISKS = {
    "category": CATEGORY,
    "band": Dimension(label=_("Rating"), labels={each.value: each.label for each in BANDS}),
}
LOSSES = ("expected_loss",)


def _risks(value: Any, *where: Any) -> Callable[[], sa.Select[Any]]:
    def facts() -> sa.Select[Any]:
        given = (each() if callable(each) else each for each in where)
        return sa.select(
            sa.func.coalesce(Risk.identified_on, today()).label("on"),
            value.label("value"),
            Risk.owner_id.label("user_id"),
            Risk.id.label("record_id"),
            Risk.category.label("category"),
            Risk.band.label("band"),
        ).where(Risk.state == "open", *given)

    return facts


def _incidents(value: Any, *where: Any) -> Callable[[], sa.Select[Any]]:
    def facts() -> sa.Select[Any]:
        return sa.select(
            Incident.on.label("on"),
            value.label("value"),
            Incident.owner_id.label("user_id"),
            Incident.id.label("record_id"),
            Incident.category.label("category"),
        ).where(*where)

    return facts


def _of_risks(key: str, label: Any, description: Any, facts: Any, **given: Any) -> Measure:
    return Measure(
        key=f"risk.{key}", label=label, description=description, facts=facts,
        model="risk.Risk", dimensions=OF_RISKS, direction="down", snapshot=True,
        **{"unit": "count", **given},
    )  # fmt: skip


MEASURES: tuple[Measure | Ratio, ...] = (
    _of_risks(
        "open", _("Risks in the register"), _("Taken into it and not closed."), _risks(ONE)
    ),
    _of_risks(
        "expected_loss", _("Expected loss of risks"),
        _("Probability times loss of a year, at the current level, else the inherent one; risks"
          " that are assessed in money."),
        _risks(Risk.expected_loss, Risk.expected_loss.is_not(None)), unit="money", fields=LOSSES,
    ),
    _of_risks(
        "over_appetite", _("Risks over the appetite"),
        _("Whose score or expected loss is higher than what the company takes on."),
        _risks(ONE, Risk.over_appetite),
    ),
    _of_risks(
        "reviews_overdue", _("Overdue reviews of risks"), _("Whose review was due before today."),
        _risks(ONE, lambda: Risk.review_on < today()),
    ),
    Ratio(
        key="risk.over_share", label=_("Share of risks over the appetite"), unit="ratio",
        numerator="risk.over_appetite", denominator="risk.open", direction="down",
    ),
    Measure(
        key="risk.incidents", label=_("Incidents"), unit="count", model="risk.Incident",
        facts=_incidents(ONE, Incident.near_miss.is_(False)), direction="down",
        dimensions={"category": CATEGORY},
        description=_("Risks that came true, on that day; not what went well in the end."),
    ),
    Measure(
        key="risk.incident_losses", label=_("Losses from incidents"), unit="money",
        model="risk.Incident", facts=_incidents(Incident.loss, Incident.loss.is_not(None)),
        direction="down", dimensions={"category": CATEGORY}, fields=("loss",),
        description=_("What incidents have cost, on the day on which they happened."),
    ),
)  # fmt: skip
