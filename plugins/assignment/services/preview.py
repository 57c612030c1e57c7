"""Who would get something: the same choice as in earnest, with nothing kept."""

from __future__ import annotations

from typing import Any

from plugins.assignment.models import Rule
from plugins.assignment.services import giving
from plugins.crm.api import Lead


def next_ones(rule: Rule, number: int) -> list[int]:
    """Who gets the next records of a rule that are in everybody's territory."""
    places = giving.take_places(rule)
    found = []
    for _step in range(number):
        chosen, _shares = giving.choose(rule, places)
        if chosen is None:
            break
        chosen.open += 1
        found.append(chosen.user_id)
    return found


def who_would_get(record: Any) -> tuple[Rule, int] | None:
    """The rule that fits a record and whom it names; None where no rule does, or it names
    nobody."""
    kind = "lead" if isinstance(record, Lead) else "account"
    for rule in giving.rules(kind):
        if giving.fits(rule.kind, rule.condition, record):
            places = [
                place
                for place in giving.take_places(rule)
                if giving.fits(kind, place.territory, record)
            ]
            chosen, _shares = giving.choose(rule, places)
            return None if chosen is None else (rule, chosen.user_id)
    return None
