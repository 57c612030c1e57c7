"""What the pages of plans share: reading what was asked, and whose plans one may choose."""

from __future__ import annotations

import datetime as dt

from plugin_api.context import current_actor, gettext, today
from plugin_api.errors import Rejected
from plugin_api.periods import YEARS
from plugins.plans.access import READ
from plugins.plans.services import people


def day(text: str, field: str) -> dt.date | None:
    """A day as a form sends it; None for nothing. Raises Rejected."""
    if not text.strip():
        return None
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise Rejected(field, gettext("Expected a day such as 2026-01-31.")) from None


def day_or_today(text: str) -> dt.date:
    """A day of an address: today for any other text, or for one that nobody plans."""
    try:
        found = day(text, "day") or today()
    except Rejected:
        return today()
    return found if found.year in YEARS else today()


def choosable(permission: str = READ) -> list[people.Person]:
    """Whose plans the actor may look at, besides their own: those that they lead, or all."""
    actor = current_actor()
    reach = "company" if actor.is_system else actor.grants.get(permission, "own")
    if reach == "own":
        return []
    teams = set(actor.team_ids) | ({actor.team_id} if reach == "team" else set())
    return [
        each
        for each in people.everybody().values()
        if reach == "company" or each.team_id in teams or each.id == actor.user_id
    ]
