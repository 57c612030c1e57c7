"""Dimensions of a figure and their values, as people call them: by their names, or as they are
kept."""

from __future__ import annotations

from typing import Any, NamedTuple

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext
from plugin_api.errors import Rejected
from plugin_api.measures import Dimension, Measure
from plugin_api.models import model_of
from plugin_api.pages import number


class Value(NamedTuple):
    """What is kept of a value, the number of a record, and what it is called."""

    key: str
    name: str


def known(measure: Measure) -> str:
    """What a figure may be taken apart by, each by its name and as it is kept."""
    of = (f"{each.label} ({key})" for key, each in sorted(measure.dimensions.items()))
    return str(gettext("This figure knows: %(known)s.", known=", ".join(of) or "–"))


def key_of(measure: Measure, said: str | None) -> str | None:
    """The dimension that a text means, by key or name; the text itself for none."""
    if not said or said in measure.dimensions:
        return said
    wanted = said.strip().casefold()
    for key, each in measure.dimensions.items():
        if wanted in (key.casefold(), str(each.label).casefold()):
            return key
    return said


def value_of(dimension: Dimension | None, field: str, said: str) -> Value:
    """The value that a text means: a record by its number or name, one of a list by its key or
    name, else what it says. Raises Rejected for ``field``."""
    text = said.strip()
    if dimension is None or (dimension.target is None and not dimension.labels):
        return Value(text, text)
    if dimension.target is None:
        return _of_list(dimension, field, text)
    wanted = _record(dimension.target, field, text)
    return Value(str(wanted), str(host().title_of(dimension.target, wanted))[:200])


def _of_list(dimension: Dimension, field: str, text: str) -> Value:
    for key, label in dimension.labels.items():
        if text.casefold() in (str(key).casefold(), str(label).casefold()):
            return Value(str(key), str(label))
    names = ", ".join(f"{label} ({key})" for key, label in dimension.labels.items())
    raise Rejected(field, gettext("It is one of: %(names)s.", names=names))


def _record(target: str, field: str, text: str) -> int:
    model: Any = model_of(target)
    title = getattr(model, model.__title__)
    asked = sa.select(model.id).limit(2)
    wanted = number(text)
    with host().session.no_autoflush:
        if wanted is not None and host().session.scalar(asked.where(model.id == wanted)):
            return wanted
        named = asked.where(title == text, host().records.visible(model))
        may = host().records.may_read(model, model.__title__)
        found = list(host().session.scalars(named)) if may else []
    if len(found) > 1:
        said = gettext("Several records are called so: give the number of the one that is meant.")
        raise Rejected(field, said)
    if not found:
        raise Rejected(field, gettext("There is no record with this name or number."))
    return int(found[0])
