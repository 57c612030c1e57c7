"""What a measure's figures can be narrowed to besides people: a product, an account, a channel."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext
from plugin_api.errors import NotFound, Rejected
from plugin_api.measures import Dimension, Measure, Ratio
from plugin_api.models import Choice, model_of


def choices() -> tuple[Choice, ...]:
    """The dimensions of all measures that the actor may read, by label."""
    found: dict[str, Any] = {}
    for measure in host().measures.all():
        for name, dimension in of_measure(measure).items():
            found.setdefault(name, dimension.label)
    return tuple(
        Choice(value=name, label=label)
        for name, label in sorted(found.items(), key=lambda pair: (str(pair[1]), pair[0]))
    )


def of_measure(measure: Measure | Ratio) -> dict[str, Dimension]:
    """The dimensions of a measure that people plan by; of a ratio those that both its parts
    have."""
    if isinstance(measure, Measure):
        return {name: each for name, each in measure.dimensions.items() if not each.traced}
    try:
        above, below = (
            host().measures.get(key) for key in (measure.numerator, measure.denominator)
        )
    except NotFound:
        return {}
    shared = of_measure(below)
    return {name: each for name, each in of_measure(above).items() if name in shared}


def is_known(dimension: Dimension) -> bool:
    """Whether the plugin that owns the dimension's records is on."""
    return dimension.target is None or host().is_enabled(dimension.target.partition(".")[0])


def resolve(dimension: Dimension, text: str) -> tuple[str, str]:
    """Key and label of the one that a name or number means. Raises Rejected for the field
    ``member`` when there is none, or several of that name."""
    if dimension.target is None:
        for key, label in dimension.labels.items():
            if text in (key, str(label)):
                return key, str(label)
        if dimension.labels:
            raise Rejected("member", gettext("There is no “%(text)s” of this kind.", text=text))
        return text, text
    model: Any = model_of(dimension.target)
    title = getattr(model, model.__title__)
    with host().session.no_autoflush:
        named = (
            host()
            .session.execute(
                sa.select(model.id, title)
                .where(host().records.visible(model), title == text)
                .order_by(model.id)
                .limit(2)
            )
            .all()
        )
        if not named and text.removeprefix("#").isdecimal() and len(text) < 18:
            wanted = int(text.removeprefix("#"))
            named = (
                host()
                .session.execute(
                    sa.select(model.id, title).where(
                        host().records.visible(model), model.id == wanted
                    )
                )
                .all()
            )
    if not named:
        raise Rejected("member", gettext("There is no “%(text)s” of this kind.", text=text))
    if len(named) > 1:
        message = gettext("There are several called “%(text)s”: give the number.", text=text)
        raise Rejected("member", message)
    return str(named[0][0]), str(named[0][1])


def filters(dimension: str | None, key: str | None) -> dict[str, Any]:
    """What a measure is filtered by for a target of one member; nothing for one of everything."""
    return {} if dimension is None else {dimension: key}
