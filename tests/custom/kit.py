"""Fields that a company adds to the jobs of the workshop."""

from __future__ import annotations

from typing import Any

from core.data import query
from tests.data.workshop import make, model

Row = dict[str, Any]


def field(kind: str, label: str, *, of: str = "workshop.Job", **more: Any) -> Any:
    """A custom field; ``options`` are labels of its values."""
    options = more.pop("options", ())
    made = make("core.CustomField", model=of, kind=kind, label=label, **more)
    for place, each in enumerate(options):
        make("core.CustomOption", field=made.id, label=each, position=place)
    return made


def rows(kind: str = "workshop.Job", **arguments: str) -> list[Row]:
    """What a list answers."""
    return query.run(query.parse_query(model(kind), arguments)).rows


def names(**arguments: str) -> list[str]:
    """The names of the jobs that a list answers."""
    return [row["name"] for row in rows(**arguments)]
