"""Measures as values of a choice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from flask import g
from flask_babel import get_locale

from plugin_api.context import current_actor, current_company
from plugin_api.measures import Measure, Ratio
from plugin_api.models import Choice

Known = Sequence[Measure | Ratio]


def kept(ask: Callable[[], Known]) -> tuple[Choice, ...]:
    """By label; kept while a request lasts, for a list asks for every row."""
    actor, standing = current_actor(), (current_company().id, get_locale())
    held = g.get("measure_choices")
    if held is None or held[0] is not actor or held[1] != standing:
        held = g.measure_choices = (actor, standing, made_of(ask()))
    found: tuple[Choice, ...] = held[2]
    return found


def made_of(known: Known) -> tuple[Choice, ...]:
    """Where two are called alike, each with its key."""
    times = Counter(str(each.label) for each in known)
    made = [
        (f"{each.label} ({each.key})" if times[str(each.label)] > 1 else str(each.label), each.key)
        for each in known
    ]
    return tuple(Choice(value=key, label=label) for label, key in sorted(made))
