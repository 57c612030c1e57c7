"""Short words for tests of analyses."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from plugin_api.context import today
from plugin_api.host import host
from plugins.swot.models import Analysis, Evidence, Item, Pair, Participant
from tests.plugins.crm.kit import acting, user

__all__ = ["acting", "analysis", "fresh", "item", "joined", "note", "pair", "user", "whole"]


def analysis(name: str = "Us this year", **values: Any) -> Analysis:
    """An analysis of the company, the boss's."""
    given = {"name": name, "owner_id": user("boss"), "on": today(), **values}
    return host().records.create(Analysis, given)


def item(of: Analysis, quadrant: str, weight: str | None = None, **values: Any) -> Item:
    """An item, called like its quadrant unless it is said."""
    given = {
        "analysis_id": of.id, "quadrant": quadrant, "name": quadrant.title(), "intensity": 4,
        "weight": None if weight is None else Decimal(weight), **values,
    }  # fmt: skip
    return host().records.create(Item, given)


def note(of: Item, **values: Any) -> Evidence:
    """A note of today with its source."""
    given = {
        "item_id": of.id, "kind": "note", "note": "Told by twelve customers.",
        "source": "Survey of May", "as_of": today(), **values,
    }  # fmt: skip
    return host().records.create(Evidence, given)


def whole(of: Analysis | None = None) -> tuple[Analysis, dict[str, Item]]:
    """An analysis that lacks nothing: S 0.4 and 0.3, W 0.3; O 0.5, T 0.5."""
    of = of or analysis()
    made = {
        "s1": item(of, "strength", "0.4", name="Service within a day", factor="service"),
        "s2": item(of, "strength", "0.3", name="Known in the region", factor="brand", intensity=3),
        "w1": item(of, "weakness", "0.3", name="Late deliveries", factor="product", intensity=2),
        "o1": item(of, "opportunity", "0.5", name="Hospitals renew", intensity=5),
        "t1": item(of, "threat", "0.5", name="A cheap rival", intensity=3),
    }
    for each in made.values():
        note(each)
    return of, made


def pair(of: Analysis, inner: Item, outer: Item, fit: int) -> Pair:
    """How well two items fit."""
    given = {"analysis_id": of.id, "inner_id": inner.id, "outer_id": outer.id, "fit": fit}
    return host().records.create(Pair, given)


def joined(of: Analysis, *names: str) -> None:
    """Have people take part."""
    rows = [{"analysis_id": of.id, "user_id": user(name)} for name in names]
    host().records.create_many(Participant, rows)


def fresh(record: Any) -> Any:
    """A record as the database has it."""
    host().session.flush()
    host().session.refresh(record)
    return record
