"""Dashboards that the actor may open: declared by plugins, their own, shared with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from core.dashboards import tiles as kept
from core.dashboards.models import SavedDashboard
from core.dashboards.tiles import Tile
from core.data.numbers import whole
from core.home import layout
from core.host import services
from core.hosting.enabled import enabled_set
from core.identity.models import User
from core.views import sharing
from plugin_api.context import current_actor, current_company, gettext, has_permission
from plugin_api.errors import Forbidden, NotFound, Rejected

MOST = 30
"""Of one person."""
HOME = "home"


@dataclass(frozen=True, kw_only=True, slots=True)
class Board:
    """A dashboard. ``key`` is ``<plugin>.<id>`` for a declared one, else its number."""

    key: str
    name: str
    tiles: tuple[Tile, ...]
    mine: bool = False
    owner: str = ""
    share: str = "private"
    version: int = 0

    def tile(self, tile_id: int) -> Tile:
        """One of its tiles. Raises NotFound."""
        found = next((tile for tile in self.tiles if tile.id == tile_id), None)
        if found is None:
            raise NotFound("")
        return found


def boards() -> list[Board]:
    """All of them; those of the actor's role first, then their own."""
    return [*_declared(), *_saved()]


def board(key: str) -> Board:
    """One of them. Raises NotFound."""
    found = next((each for each in boards() if each.key == key), None)
    if found is None:
        raise NotFound(gettext("There is no such dashboard."))
    return found


def mine() -> list[Board]:
    """Those that the actor may change."""
    return [each for each in _saved() if each.mine]


def home() -> SavedDashboard | None:
    """What the actor has put on the home page."""
    found: SavedDashboard | None = services().session.scalar(
        sa.select(SavedDashboard).where(
            SavedDashboard.user_id == current_actor().user_id, SavedDashboard.is_home
        )
    )
    return found


def create(name: str, share: str, tiles: Sequence[Tile] = ()) -> SavedDashboard:
    """Make a dashboard. Raises Rejected, Forbidden."""
    user_id = _person()
    sharing.check(share)
    if len(mine()) >= MOST:
        raise Rejected("name", gettext("At most %(most)s dashboards.", most=MOST))
    values = {
        "user_id": user_id, "name": _name(name), "share": share, "tiles": kept.write(tiles),
    }  # fmt: skip
    return services().records.create(SavedDashboard, values)


def change(key: str, name: str, share: str, version: int) -> None:
    """Rename a dashboard, or share it otherwise. Raises Conflict for a stale version."""
    row = _own(key)
    if share != row.share:
        sharing.check(share)
    values = {"name": _name(name, row.id), "share": share}
    services().records.update(row, values, version=version)


def remove(key: str, version: int) -> None:
    """Delete a dashboard for good; what it showed stays."""
    services().records.delete(_own(key), version=version)


def put(key: str, tile: Tile) -> None:
    """Add a tile at the end of a dashboard."""
    _add(_own(key), tile)


def add_to_home(tile: Tile) -> int:
    """Keep a tile for the actor's home page; its number."""
    row = home()
    if row is None:
        values = {"user_id": _person(), "name": HOME, "is_home": True, "tiles": "[]"}
        row = services().records.create(SavedDashboard, values)
    return _add(row, tile)


def drop_from_home(number: str) -> None:
    """Forget a tile of the actor's home page."""
    row = home()
    if row is not None:
        left = [tile for tile in kept.read(row.tiles) if str(tile.id) != number]
        services().records.update(row, {"tiles": kept.write(left)})


def rearrange(key: str, version: int, change: Callable[[list[Tile]], list[Tile]]) -> None:
    """Have a dashboard hold its tiles otherwise. Raises Conflict for a stale version."""
    row = _own(key)
    tiles = kept.write(change(kept.read(row.tiles)))
    services().records.update(row, {"tiles": tiles}, version=version)


def _add(row: SavedDashboard, tile: Tile) -> int:
    tiles = kept.read(row.tiles)
    tile_id = max((each.id for each in tiles), default=0) + 1
    tiles.append(replace(tile, id=tile_id))
    services().records.update(row, {"tiles": kept.write(tiles)})
    return tile_id


def _declared() -> list[Board]:
    here, role = enabled_set(current_company()), layout.role_code()
    found = [
        (role not in each.roles, each.order, f"{plugin}.{each.id}", each)
        for plugin, declared in services().registry.dashboards.items()
        if plugin in here
        for each in declared
        if has_permission(each.permission)
    ]
    return [
        Board(key=key, name=str(each.title), tiles=tuple(kept.of_declared(each.tiles)))
        for _other, _order, key, each in sorted(found, key=lambda entry: entry[:3])
    ]


def _saved() -> list[Board]:
    user_id = current_actor().user_id
    seen = sa.or_(SavedDashboard.user_id == user_id, SavedDashboard.share != "private")
    rows = (
        services()
        .session.execute(
            sa.select(SavedDashboard, User.name, User.team_id)
            .join(User, User.id == SavedDashboard.user_id)
            .where(seen, SavedDashboard.is_home.is_(False))
            .order_by(SavedDashboard.name, SavedDashboard.id)
        )
        .all()
    )
    led = sharing.teams_led_by(row.user_id for row, _name, _team in rows if row.share == "team")
    made = [
        Board(
            key=str(row.id),
            name=row.name,
            tiles=tuple(kept.read(row.tiles)),
            mine=row.user_id == user_id,
            owner=owner,
            share=row.share,
            version=row.version,
        )
        for row, owner, team_id in rows
        if row.user_id == user_id
        or sharing.reaches_actor(row.share, team_id, led.get(row.user_id, frozenset()))
    ]
    return sorted(made, key=lambda each: not each.mine)


def _own(key: str) -> SavedDashboard:
    """A dashboard that the actor may change: their own; of shared ones all, who administers."""
    row = None
    if (number := whole(key)) is not None:
        row = services().session.scalar(
            sa.select(SavedDashboard).where(SavedDashboard.id == number)
        )
    others = has_permission("core.settings") and row is not None and row.share != "private"
    if row is None or row.is_home or not (row.user_id == current_actor().user_id or others):
        raise NotFound(gettext("There is no such dashboard."))
    return row


def _person() -> int:
    user_id = current_actor().user_id
    if user_id is None:
        raise Forbidden(gettext("Dashboards belong to people."))
    return user_id


def _name(text: str, own_id: int = 0) -> str:
    name = " ".join(text.split())
    if not name:
        raise Rejected("name", gettext("A value is needed."))
    taken = services().session.scalar(
        sa.select(SavedDashboard.id).where(
            SavedDashboard.user_id == _person(), SavedDashboard.name == name,
            SavedDashboard.is_home.is_(False), SavedDashboard.id != own_id,
        )
    )  # fmt: skip
    if taken is not None:
        raise Rejected("name", gettext("You have a dashboard of this name already."))
    return name
