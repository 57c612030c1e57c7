"""What records that filters name by number are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from core.access.rules import scope_criteria
from core.data.fields import KNOWN_TO_ALL, FieldMeta, knows
from core.data.query import Ref
from core.data.query.labels import title_text
from core.host import services
from plugin_api.context import current_actor
from plugin_api.models import model_of

MOST = 60
"""Names that one page asks for."""

Key = tuple[str, int]
"""Model key and id."""


class Names:
    """Names of records by model and id; ``#7`` for one that the actor may not see."""

    def __init__(self) -> None:
        self._known: dict[Key, str] = {}

    def take_from(self, metas: Mapping[str, FieldMeta], rows: Iterable[Mapping[str, Any]]) -> None:
        """Learn the names that rows of a query hold anyway."""
        refs = [(name, meta.target) for name, meta in metas.items() if meta.target]
        for row in rows:
            for name, target in refs:
                value = row.get(name)
                if isinstance(value, Ref):
                    self._known.setdefault((target or "", value.id), value.label)

    def learn(self, keys: Iterable[Key]) -> None:
        """Ask for those that are not known yet, in one statement."""
        wanted: dict[str, set[int]] = {}
        for target, id_ in list(dict.fromkeys(keys))[:MOST]:
            if (target, id_) not in self._known and knows(target):
                wanted.setdefault(target, set()).add(id_)
        parts = [part for key, ids in wanted.items() if (part := _titles(key, ids)) is not None]
        if not parts:
            return
        statement = sa.union_all(*parts) if len(parts) > 1 else parts[0]
        for target, id_, title in services().session.execute(statement):
            self._known[target, id_] = title_text(model_of(target), title, id_)

    def of(self, target: str | None, id_: int) -> str:
        """A name."""
        return self._known.get((target or "", id_), f"#{id_}")


def _titles(key: str, ids: Iterable[int]) -> sa.Select[Any] | None:
    try:
        model: Any = model_of(key)
    except LookupError:
        return None
    title = getattr(model, model.__title__, None)
    if title is None or model.__title__ not in model.__mapper__.column_attrs:
        return None
    rules = sa.true() if key in KNOWN_TO_ALL else scope_criteria(model, "read", current_actor())
    return sa.select(
        sa.literal(key).label("model"), model.id.label("id"), sa.cast(title, sa.Text).label("title")
    ).where(model.id.in_(sorted(ids)), rules)
