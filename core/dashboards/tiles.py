"""Tiles: what each shows, as it is kept and as plugins declare it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal, cast
from urllib.parse import parse_qsl, urlencode

from core.analysis.asking import asked
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
    """``source`` is the key of a card, a model or a measure; ``query`` what its address holds."""

    id: int
    kind: Kind
    source: str
    title: str
    query: str = ""
    width: int = 1

    @property
    def plugin(self) -> str:
        """The plugin without which it shows nothing."""
        return self.source.partition(".")[0]

    @property
    def arguments(self) -> Arguments:
        """What its address holds."""
        return Arguments(parse_qsl(self.query))


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
        kept = saved.clean(model_of_source(source), query)
        return Tile(id=0, kind="records", source=source, title=name, query=kept, width=_wide(width))
    question = asked(dict(parse_qsl(query.removeprefix("?"))))
    if kind != "analysis" or question is None:
        raise Rejected("source", gettext("There is nothing to show."))
    return Tile(
        id=0, kind="analysis", source=question.measure.key, title=name,
        query=query.removeprefix("?"), width=_wide(width),
    )  # fmt: skip


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
