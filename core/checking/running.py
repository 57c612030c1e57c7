"""A plugin as the host runs it: loaded with what it needs, in a process that is for that alone."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from flask import Flask

from core.checking.rules import Found, rule
from core.checking.scripts import Outcome, rehearse
from core.checking.source import Source
from core.hosting import preflight
from core.hosting.inventory import Candidate, discover
from core.hosting.load import assemble
from core.hosting.registry import LoadedPlugin, Registry

running = partial(rule, looks="running")


class Stage:
    """What the plugins of one check run in: the registry, and what is made of it once."""

    def __init__(self, registry: Registry, checked: Iterable[str]) -> None:
        self.registry = registry
        self._checked = tuple(checked)

    @cached_property
    def outcomes(self) -> Mapping[str, Outcome]:
        """Plugin → how its scripts fared on an empty database."""
        return rehearse(self.registry, self._checked)

    @cached_property
    def map(self) -> Flask:
        """An application with the pages of every plugin and none of the host."""
        app = Flask("core.checking", static_folder=None)
        for id_, blueprints in self.registry.blueprints.items():
            for blueprint in blueprints:
                app.register_blueprint(blueprint, url_prefix=f"/{id_}")
        return app


@dataclass(frozen=True)
class Running:
    """A plugin with its files and its stage."""

    source: Source
    stage: Stage

    @property
    def registry(self) -> Registry:
        return self.stage.registry

    @property
    def id(self) -> str:
        manifest = self.source.manifest
        return manifest.id if manifest else self.source.name

    @property
    def loaded(self) -> LoadedPlugin | None:
        """The plugin; None where the host left it out, or runs another of its id."""
        found = self.registry.plugins.get(self.id)
        return found if found and found.path.samefile(self.source.folder) else None

    @property
    def plugin(self) -> LoadedPlugin:
        """The plugin, for every rule but the one that says that it is not loaded."""
        found = self.loaded
        assert found is not None, self.id
        return found

    def at(self, thing: Any, text: str) -> Found:
        """A finding where a class or a function is defined."""
        try:
            thing = inspect.unwrap(thing)
            path = Path(inspect.getsourcefile(thing) or "")
            return Found(text, path.resolve(), inspect.getsourcelines(thing)[1])
        except (TypeError, OSError):
            return Found(text, self.source.folder / "hooks.py")


def neighbours(instance: Path) -> dict[str, Candidate]:
    """Plugins that those to check may build on."""
    return {each.id: each for each in discover(instance).candidates}


def stage_of(sources: Iterable[Source], near: Mapping[str, Candidate], cache: Path) -> Stage:
    """Load the plugins, and before them what they need, as the host would."""
    known = dict(near)
    checked: list[str] = []
    for source in sources:
        if source.manifest is None:
            continue
        if source.is_distribution and str(source.root) not in sys.path:
            inner = source.package.partition(".")[0]
            folder = source.root if (source.root / inner).is_dir() else source.root / "src"
            sys.path.insert(0, str(folder))
        known[source.manifest.id] = Candidate(
            manifest=source.manifest, package=source.package, path=source.folder,
            origin="installed" if source.is_distribution else "instance",
        )  # fmt: skip
        checked.append(source.manifest.id)
    needed: dict[str, Candidate] = {}
    waiting = list(checked)
    while waiting:
        id_ = waiting.pop()
        if id_ in known and id_ not in needed:
            needed[id_] = known[id_]
            manifest = known[id_].manifest
            waiting += [*manifest.depends, *manifest.soft_depends]
    candidates = [known[id_] for id_ in known if id_ in needed]
    loaded = assemble(candidates, preflight.broken(candidates, cache))
    return Stage(loaded.registry, checked)


def named_in(reason: str, folder: Path) -> tuple[Path, int]:
    """File and line that the host's reason names, else the file where everything is registered."""
    found = re.search(r"([\w/]+\.py), line (\d+)", reason)
    if found and (folder / found[1]).is_file():
        return folder / found[1], int(found[2])
    return folder / "hooks.py", 0


@running(
    "loads", family="Manifest", tier="bronze", strict=True,
    why="The host runs without a plugin that does not load.",
)  # fmt: skip
def loads(this: Running) -> Iterator[Found]:
    """The host loads the plugin: models, views, menus, roles and measures fit together."""
    lost = this.registry.unavailable.get(this.id)
    if lost is not None:
        path, line = named_in(lost.reason, this.source.folder)
        yield Found(lost.reason, path, line)
    elif this.loaded is None and this.source.manifest is not None:
        there = this.registry.plugins.get(this.id)
        where = f": {there.path} is loaded instead" if there else ""
        yield Found(f"is not what runs as {this.id}{where}", this.source.folder / "__init__.py")
