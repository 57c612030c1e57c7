"""Fields that a company adds to the jobs of the workshop."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from core.custom.models import CustomChosen
from core.data import query
from core.extensions import db
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


def chosen_beside(made: Any) -> dict[int, set[str]]:
    """What stands beside the records of a field of several choices, by record."""
    found: dict[int, set[str]] = {}
    asked = sa.select(CustomChosen.record_id, CustomChosen.value)
    for row in db.session.execute(asked.where(CustomChosen.field_id == made.id)):
        found.setdefault(row[0], set()).add(row[1])
    return found


def chosen_in(made: Any) -> dict[int, set[str]]:
    """What the records themselves hold of it, those that hold something."""
    db.session.flush()
    table = model(made.model).__table__
    held = db.session.execute(sa.select(table.c.id, table.c.custom)).all()
    return {id_: set(custom[made.name].split(";")) for id_, custom in held if custom.get(made.name)}
