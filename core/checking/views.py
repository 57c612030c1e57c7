"""Rules of views, menus and links: what they name is there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import partial

from core.checking.rules import Found, rule
from core.checking.running import Running
from core.checking.source import walk

viewed = partial(rule, family="Views", looks="running")

LINK = re.compile(r"""url_for\(\s*["']([\w.]+)["']""")
OWN = frozenset({"id", "created_at", "updated_at", "version"})


@viewed(
    "extensions-anchored", tier="silver",
    why="Columns whose anchor is gone come last, where nobody looks for them.",
)  # fmt: skip
def anchored(this: Running) -> Iterator[Found]:
    """A view extension is put after a column that is there, in a model that is there."""
    plugin = this.plugin
    path = this.source.folder / "views.py"
    for extension in plugin.contribution.view_extensions:
        owner = extension.model.partition(".")[0]
        if owner not in this.registry.plugins:
            continue
        if extension.model not in this.registry.models:
            yield Found(f"view extension of unknown model {extension.model}", path)
            continue
        columns = this.registry.list_view(extension.model).columns
        if extension.after not in columns:
            has = ", ".join(columns)
            text = f"the list of {extension.model} has no column {extension.after!r}; it has {has}"
            yield Found(text, path)


@viewed(
    "links-there", tier="bronze",
    why="A page with a link to nowhere fails as a whole.",
)  # fmt: skip
def links(this: Running) -> Iterator[Found]:
    """Menus, code and templates name pages of the plugin that are there."""
    plugin = this.plugin
    there = set(this.stage.map.view_functions)
    names = {blueprint.name for blueprint in plugin.contribution.blueprints} | {plugin.id}
    for item in plugin.contribution.menus:
        own = (item.endpoint or "").partition(".")[0] in names
        if own and item.endpoint not in there:
            yield Found(f"menu {item.id}: there is no page {item.endpoint}")
    for path, number, line in this.source.lines(".py", ".html"):
        for endpoint in LINK.findall(line):
            if endpoint.partition(".")[0] in names and endpoint not in there:
                yield Found(f"there is no page {endpoint}", path, number)


@viewed(
    "tiles-there", tier="bronze",
    why="The tile stays empty.",
)  # fmt: skip
def tiles(this: Running) -> Iterator[Found]:
    """Tiles of dashboards name cards, models and measures that are there."""
    plugin, registry = this.plugin, this.registry
    cards = {f"{id_}.{card.id}" for id_, each in registry.cards.items() for card in each}
    for dashboard in plugin.contribution.dashboards:
        for tile in dashboard.tiles:
            known = ((tile.card, cards), (tile.model, registry.models),
                     (tile.measure, registry.measures))  # fmt: skip
            for key, things in known:
                if key and key.partition(".")[0] in registry.plugins and key not in things:
                    text = f"dashboard {dashboard.id}: there is no {key}"
                    yield Found(text, this.source.folder / "dashboards.py")


@viewed(
    "collections-labelled", tier="silver",
    why="Menus, buttons and messages would name the class.",
)  # fmt: skip
def labelled(this: Running) -> Iterator[Found]:
    """Models with pages say what one and many of them are called."""
    for model in this.plugin.contribution.models:
        if model.__collection__ and not (model.__label__ and model.__label_plural__):
            yield this.at(model, f"{model.__name__} has no __label__ and __label_plural__")


@viewed(
    "models-reachable", tier="gold",
    why="People find a collection by a menu, a panel or a card; without one, nobody does.",
)  # fmt: skip
def reachable(this: Running) -> Iterator[Found]:
    """A model with pages is named in a menu, or somewhere in code besides its own module."""
    plugin = this.plugin
    menus = {item.model for item in plugin.contribution.menus}
    named = {
        node.value
        for path, tree in this.source.trees()
        if path.name not in ("hooks.py", "views.py", "access.py") and "models" not in path.parts
        for node in walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    classes = {
        name
        for path, tree in this.source.trees()
        if path.stem not in ("hooks", "models") and "models" not in path.parts
        for node in walk(tree)
        for name in ([node.id] if isinstance(node, ast.Name) else
                     [node.attr] if isinstance(node, ast.Attribute) else [])
    }  # fmt: skip
    for model in plugin.contribution.models:
        key = model.model_key()
        if model.__collection__ and key not in menus | named and model.__name__ not in classes:
            yield this.at(model, f"nothing shows {key}")
