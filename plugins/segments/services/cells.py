"""What accounts are called by their scores of recency, frequency and money."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.models import Choice

CELLS = (
    Choice(value="champions", label=_("Champions"), tone="good"),
    Choice(value="loyal", label=_("Loyal"), tone="good"),
    Choice(value="potential", label=_("May become loyal"), tone="info"),
    Choice(value="new", label=_("New customers"), tone="info"),
    Choice(value="promising", label=_("Promising"), tone="info"),
    Choice(value="attention", label=_("Need attention"), tone="warn"),
    Choice(value="sleepy", label=_("About to sleep"), tone="warn"),
    Choice(value="at_risk", label=_("At risk"), tone="bad"),
    Choice(value="cannot_lose", label=_("Not to be lost"), tone="bad"),
    Choice(value="hibernating", label=_("Hibernating")),
    Choice(value="lost", label=_("Lost customers")),
)


def cell_of(r: int, f: int, m: int, *, is_new: bool = False) -> str:
    """The cell of three scores. ``is_new``: the first order is recent, so that how often they
    ordered says nothing yet.

    >>> cell_of(5, 5, 5), cell_of(1, 5, 5), cell_of(5, 1, 1, is_new=True)
    ('champions', 'cannot_lose', 'new')
    """
    worth = (f + m + 1) // 2
    if is_new and r >= 3:
        return "new"
    if r >= 4:
        return ("promising", "potential", "potential", "champions", "champions")[worth - 1]
    if r == 3:
        return ("sleepy", "attention", "attention", "loyal", "loyal")[worth - 1]
    if worth >= 3:
        return "cannot_lose" if r == 1 and worth >= 4 else "at_risk"
    return "hibernating" if r == 2 else "lost"
