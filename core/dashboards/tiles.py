"""Tiles: what each shows, as it is kept and as plugins declare it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Literal, cast
from urllib.parse import parse_qsl, urlencode

from core.analysis.keeping import ANALYSES
from core.home import layout
from core.host import services
from core.hosting.enabled import enabled_set
from core.views import saved
from core.views.urls import Arguments
from plugin_api.context import current_company, gettext, has_permission
from plugin_api.errors import Forbidden, Rejected
from plugin_api.models import CompanyModel
from plugin_api.views import Tile as Declared

Kind = Literal["card", "records", "analysis"]
MOST = 24
"""Tiles of one dashboard."""
WIDTHS = (1, 2, 3)
LONGEST_TITLE = 80


@dataclass(frozen=True, kw_only=True, slots=True)
class Tile:
    """``source`` is the key of a card, a model or a measure; ``query`` what its address holds.
    ``view`` is the number of a saved view which it shows instead, as that is now, as long as
    whoever looks may use it."""

    id: int
    kind: Kind
    source: str
    title: str
    query: str = ""
    width: int = 1
    view: int = 0

    @property
    def plugin(self) -> str:
        """The plugin without which it shows nothing."""
        return self.source.partition(".")[0]

    @property
    def arguments(self) -> Arguments:
        """What its address holds."""
        view = saved.habit_of(kind_of(self)).view(str(self.view)) if self.view else None
        return Arguments(parse_qsl(view.query if view else self.query))


def read(text: str) -> list[Tile]:
    """Tiles as they are kept."""
    return [Tile(**held) for held in json.loads(text or "[]")]


def write(tiles: Sequence[Tile]) -> str:
    """What :func:`read` reads. Raises Rejected for too many."""
    if len(tiles) > MOST:
        raise Rejected("", gettext("At most %(most)s tiles on one dashboard.", most=MOST))
    return json.dumps([asdict(tile) for tile in tiles], ensure_ascii=False)


def of_declared(declared: Sequence[Declared]) -> list[Tile]:
    """Tiles of a plugin's dashboard."""
    made = []
    for place, each in enumerate(declared, 1):
        kind = "card" if each.card else "records" if each.model else "analysis"
        query = dict(each.state)
        if each.measure:
            query["measure"] = each.measure
        made.append(
            Tile(
                id=place,
                kind=cast(Kind, kind),
                source=each.card or each.model or each.measure,
                title=str(each.title),
                query=urlencode(sorted(query.items()), safe=","),
                width=each.width,
            )
        )
    return made


def usable(tiles: Sequence[Tile]) -> list[Tile]:
    """Those whose plugin the company uses; the others wait."""
    here = enabled_set(current_company())
    return [tile for tile in tiles if tile.plugin in here]


def clean(kind: str, source: str, query: str, title: str, width: str) -> Tile:
    """A tile that somebody asks for, yet without a number. Raises Rejected, Invalid, Forbidden,
    NotFound for what could not be shown."""
    name = " ".join(title.split())[:LONGEST_TITLE]
    if kind == "card":
        card = next((each for each in layout.available() if each.key == source), None)
        if card is None:
            raise Rejected("source", gettext("There is no such card."))
        return Tile(
            id=0, kind="card", source=source, title=name or str(card.card.title), width=_wide(width)
        )
    if not name:
        raise Rejected("title", gettext("A value is needed."))
    if kind == "records":
        made = Tile(id=0, kind="records", source=source, title=name, width=_wide(width))
    elif kind == "analysis":
        made = Tile(id=0, kind="analysis", source=source, title=name, width=_wide(width))
    else:
        raise Rejected("source", gettext("There is nothing to show."))
    return _of_view(replace(made, query=saved.clean(kind_of(made), query)), query)


def kind_of(tile: Tile) -> saved.Kind:
    """Where the views are kept that a tile may show."""
    return ANALYSES if tile.kind == "analysis" else model_of_source(tile.source)


def _of_view(tile: Tile, query: str) -> Tile:
    """The tile with the saved view that the address began with, unless it was changed since."""
    arguments = dict(parse_qsl(query.removeprefix("?")))
    if tile.kind == "analysis":
        tile = replace(tile, source=dict(parse_qsl(tile.query))["measure"])
    view = saved.habit_of(kind_of(tile)).view(arguments.get("saved", ""))
    same = view is not None and view.query == tile.query
    return replace(tile, view=view.id) if view is not None and same else tile


def model_of_source(source: str) -> type[CompanyModel]:
    """The model of a tile. Raises Forbidden for one that the actor may not read."""
    model = services().registry.models.get(source)
    if model is None or not model.__collection__ or not issubclass(model, CompanyModel):
        raise Rejected("source", gettext("There is nothing to show."))
    if source.partition(".")[0] not in enabled_set(current_company()) or not has_permission(
        f"{source}.read"
    ):
        raise Forbidden(gettext("You may not read %(things)s.", things=model.__label_plural__))
    return model


def _wide(text: str) -> int:
    return int(text) if text in map(str, WIDTHS) else 1
