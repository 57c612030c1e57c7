"""Hooks of plans that other plugins answer. What such a function raises goes through."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from plugin_api import hookspec

if TYPE_CHECKING:
    from plugins.plans.services.agenda import Entry


@hookspec
def day_entries(user_id: int, start: date, end: date) -> Sequence[Entry]:
    """Say what somebody's days hold besides steps of plans.

    Called when: the page of a person's day, week or month is shown.
    Arguments: user_id – whose days; start, end – the first and the last of them.
    Return: entries of what the actor may see, each on its day; what is over on the day by which
        it was wanted, if that is in the period or before it.
    On error: abort.
    Since: 1.
    """
    raise AssertionError("a specification is never called")
