"""The home page of a person: cards, and what they have put there themselves, in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from core.dashboards import store, tiles
from core.dashboards.tiles import Tile
from core.extensions import db
from core.home import layout
from core.home.models import HomeLayout
from plugin_api.cards import Card
from plugin_api.context import current_actor

TILE = "tile."
"""Begins the key of a tile; a plugin of that name would have to bring a card named by a number."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """A card, or a tile of the actor's own. ``card`` keys are ``<plugin>.<card id>``, those of
    tiles ``tile.7``."""

    key: str
    title: str
    wide: bool
    card: Card | None = None
    tile: Tile | None = None


def offered() -> list[Placed]:
    """Every card that the actor may see, and the actor's own tiles."""
    cards = [
        Placed(key=each.key, title=str(each.card.title), wide=each.card.wide, card=each.card)
        for each in layout.available()
    ]
    home = store.home()
    own = tiles.usable(tiles.read(home.tiles)) if home is not None else []
    return cards + [
        Placed(key=f"{TILE}{tile.id}", title=tile.title, wide=tile.width > 1, tile=tile)
        for tile in own
    ]


def chosen() -> list[Placed]:
    """The actor's choice: as arranged, else the cards that the role starts with."""
    known = {placed.key: placed for placed in offered()}
    own = _own()
    if own is not None:
        return [known[key] for key in own.cards if key in known]
    code = layout.role_code()
    of_role = [each.card for each in known.values() if each.card and code in each.card.roles]
    ranks = {id(card): card.order for card in of_role}
    mine = [each for each in known.values() if id(each.card) in ranks]
    return sorted(mine, key=lambda placed: ranks[id(placed.card)])


def arrange(keys: Sequence[str]) -> None:
    """Keep the actor's choice and order."""
    known = {placed.key for placed in offered()}
    row = _own() or HomeLayout(user_id=current_actor().user_id)
    row.cards = [key for key in dict.fromkeys(keys) if key in known]
    db.session.add(row)
    db.session.flush()


def put(tile: Tile) -> None:
    """Add a tile at the end."""
    keys = [each.key for each in chosen()]
    arrange([*keys, f"{TILE}{store.add_to_home(tile)}"])


def take_away(key: str) -> None:
    """Leave a card out; a tile is gone."""
    keys = [each.key for each in chosen() if each.key != key]
    if key.startswith(TILE):
        store.drop_from_home(key.removeprefix(TILE))
    arrange(keys)


def reset() -> None:
    """Go back to the cards of the role."""
    row = _own()
    if row is not None:
        db.session.delete(row)
        db.session.flush()


def _own() -> HomeLayout | None:
    user_id = current_actor().user_id
    found: HomeLayout | None = db.session.scalar(
        sa.select(HomeLayout).where(HomeLayout.user_id == user_id)
    )
    return found
