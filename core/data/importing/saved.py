"""Maps that are kept under a name, for everybody in the company who imports the collection."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from core.data.importing.mapping import ImportMap, as_data, make_map
from core.data.importing.models import SavedMap
from core.extensions import db
from plugin_api.context import current_actor, gettext
from plugin_api.errors import Forbidden, NotFound, Rejected

LONGEST_NAME = 60


def maps_of(collection: str) -> Sequence[SavedMap]:
    """Those of a collection, by name."""
    asked = sa.select(SavedMap).where(SavedMap.collection == collection)
    return db.session.scalars(asked.order_by(SavedMap.name, SavedMap.id)).all()


def keep(collection: str, name: str, used: ImportMap, columns: Sequence[str]) -> SavedMap:
    """Keep a map under a name, in place of an earlier one of that name. ``columns`` are those of
    the file that it was made for. Nothing is committed. Raises Rejected, Forbidden."""
    name = " ".join(name.split())
    if not name:
        raise Rejected("name", gettext("Give the map a name."))
    if len(name) > LONGEST_NAME:
        raise Rejected("name", gettext("A name may have %(most)s characters.", most=LONGEST_NAME))
    kept = named(collection, name)
    if kept is None:
        kept = SavedMap(collection=collection, name=name, user_id=current_actor().user_id)
        db.session.add(kept)
    else:
        _check_mine(kept)
    kept.map, kept.columns = as_data(used), list(columns)
    db.session.flush()
    return kept


def forget(collection: str, map_id: int) -> SavedMap:
    """Delete a map. Nothing is committed. Raises NotFound, Forbidden."""
    kept = by_id(collection, map_id)
    _check_mine(kept)
    db.session.delete(kept)
    return kept


def by_id(collection: str, map_id: int) -> SavedMap:
    """A map of a collection. Raises NotFound."""
    asked = sa.select(SavedMap).where(SavedMap.collection == collection, SavedMap.id == map_id)
    kept = db.session.scalar(asked)
    if kept is None:
        raise NotFound(gettext("There is no such map any more."))
    return kept


def named(collection: str, name: str) -> SavedMap | None:
    """The map of that name."""
    asked = sa.select(SavedMap).where(SavedMap.collection == collection, SavedMap.name == name)
    return db.session.scalar(asked)


def fitting(collection: str, columns: Sequence[str]) -> SavedMap | None:
    """The newest one that was made for a file with just these columns."""
    wanted = list(columns)
    fit = [kept for kept in maps_of(collection) if kept.columns == wanted]
    return max(fit, key=lambda kept: kept.updated_at, default=None)


def map_of(kept: SavedMap) -> ImportMap:
    """The map that is kept. Raises UnusableMap for one that an older version has made."""
    return make_map(kept.map)


def is_mine(kept: SavedMap) -> bool:
    """Whether the actor may replace or delete it: who made it may, and who sets up the company."""
    actor = current_actor()
    return actor.is_system or kept.user_id == actor.user_id or "core.settings" in actor.grants


def _check_mine(kept: SavedMap) -> None:
    if not is_mine(kept):
        raise Forbidden(gettext("The map “%(name)s” is somebody else's.", name=kept.name))
