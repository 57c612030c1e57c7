"""From what was found to what runs: pre-flight, guarded import, registration.

Mapped classes are process-wide, so a package is imported once a process however many
applications are made, and one that cannot be imported must be found out elsewhere first:
see :mod:`core.hosting.preflight`.
"""

from __future__ import annotations

import importlib
import importlib.util
import logging
import sys
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pluggy
from sqlalchemy.orm import configure_mappers
from sqlalchemy.orm.exc import UnmappedClassError

from core.hosting import preflight
from core.hosting.checks import check_marks
from core.hosting.contribution import Known, UnusableError, ask_plugin
from core.hosting.inventory import BUNDLED, Candidate, Inventory, discover
from core.hosting.registry import LoadedPlugin, Registry
from core.hosting.resolve import Unavailable, needs_unavailable, resolve, unavailable
from plugin_api import API_VERSION, Manifest, Plugin, hookspecs
from plugin_api.context import lazy_gettext as _
from plugin_api.models import Base
from plugin_api.plugin import PROJECT

log = logging.getLogger(__name__)

HOST = Candidate(
    manifest=Manifest(
        id="core",
        name=_("Administration"),
        version="0.1.0",
        summary=_("Companies, people, teams, roles and what every plugin builds on."),
        icon="gear",
        default_enabled=True,
    ),
    package="core",
    path=Path(__file__).resolve().parents[1],
    origin="host",
)
"""The host registers its own models, views and roles like a plugin that is always on."""

Begin = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What the process runs. The manager is complete; nothing registers later."""

    registry: Registry
    manager: pluggy.PluginManager


def load(instance: Path, cache: Path, bundled: Path = BUNDLED) -> Loaded:
    """Find, check and load the plugins of an installation. Runs no SQL.

    ``cache`` is a folder where the result of the check is kept.

    A plugin that cannot be used is left out with its reason; the host always comes up.
    """
    found = discover(instance, bundled)
    broken = preflight.broken(found.candidates, cache)
    loaded = assemble(found.candidates, broken)
    lost = {**loaded.registry.unavailable, **_rejected(found, loaded)}
    for id_, each in lost.items():
        log.warning("plugin %s is unavailable: %s (see: xiaoguan doctor)", id_, each.reason)
    return Loaded(registry=Registry(loaded.registry.plugins, lost), manager=loaded.manager)


def assemble(
    candidates: Iterable[Candidate],
    broken: Iterable[Unavailable] = (),
    begin: Begin = lambda plugin_id: None,
    *,
    rehearsing: bool = False,
) -> Loaded:
    """Import and register the candidates that are not known to be broken.

    A rehearsal stops after a plugin that fails and leaves mapped classes behind, for those
    would make others look broken.
    """
    resolution = resolve(candidates, API_VERSION)
    unusable = {each.id: each for each in (*resolution.unavailable, *broken)}
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(hookspecs)
    known, plugins = Known(), dict[str, LoadedPlugin]()
    for candidate in (HOST, *resolution.order):
        if candidate.id in unusable:
            continue
        begin(candidate.id)
        before = _mapped()
        lost = [needed for needed in candidate.manifest.depends if needed in unusable]
        try:
            if lost:
                raise UnusableError(needs_unavailable(lost))
            plugins[candidate.id] = _register(candidate, manager, known)
        except Exception as error:
            if candidate is HOST:
                raise
            unusable[candidate.id] = unavailable(
                candidate, "load", _in_words(error, candidate.path)
            )
            if rehearsing and _mapped() != before:
                break
    return Loaded(registry=Registry(plugins, unusable), manager=manager)


def _mapped() -> tuple[int, int] | None:
    """Changes with every class and table; None when a class was left half mapped."""
    try:
        return len(Base.registry.mappers), len(Base.metadata.tables)
    except UnmappedClassError:
        return None


def _rejected(found: Inventory, loaded: Loaded) -> dict[str, Unavailable]:
    taken = {*loaded.registry.plugins, *loaded.registry.unavailable}
    return {
        f"{each.name} ({each.origin})" if each.name in taken else each.name: Unavailable(
            id=each.name, name=each.name, stage="discover", reason=each.reason
        )
        for each in found.rejected
    }


def _register(candidate: Candidate, manager: pluggy.PluginManager, known: Known) -> LoadedPlugin:
    plugin = _plugin(candidate)
    hooks = plugin.hooks
    try:
        configure_mappers()
        if plugin.hookspecs is not None:
            _publish(manager, plugin.hookspecs)
        manager.register(hooks, name=candidate.id)
        _check_hooks(manager, hooks)
        made = ask_plugin(
            candidate.manifest,
            candidate.package,
            lambda hook: _ask(manager, hooks, hook, candidate.path),
            known,
        )
        own = {model.model_key(): model for model in made.models}
        check_marks(_functions(manager, hooks), known.models | own)
    except BaseException:
        if manager.is_registered(hooks):
            manager.unregister(hooks)
        raise
    known.add(candidate.id, made)
    return LoadedPlugin(
        id=candidate.id, manifest=candidate.manifest, package=candidate.package,
        path=candidate.path, origin=candidate.origin, contribution=made,
    )  # fmt: skip


def _plugin(candidate: Candidate) -> Plugin:
    if candidate is HOST:
        return Plugin(importlib.import_module("core.own"))
    try:
        plugin = getattr(_import(candidate), "plugin", None)
    except SystemExit as error:
        raise UnusableError(f"ends the process on import: {error}") from error
    if not isinstance(plugin, Plugin):
        raise UnusableError("__init__.py has no 'plugin = Plugin(hooks)'")
    return plugin


def _publish(manager: pluggy.PluginManager, hookspecs: ModuleType) -> None:
    """Let others answer the hooks of a plugin; a name is given once."""
    for name, found in vars(hookspecs).items():
        known = getattr(manager.hook, name, None)
        if hasattr(found, f"{PROJECT}_spec") and known is not None and known.has_spec():
            raise UnusableError(f"publishes the hook {name!r}, which there is already")
    manager.add_hookspecs(hookspecs)


def _import(candidate: Candidate) -> ModuleType:
    """The package by its one name, wherever its folder lies."""
    loaded = sys.modules.get(candidate.package)
    if loaded is not None:
        here = Path(next(iter(loaded.__path__)))
        if not here.exists() or not here.samefile(candidate.path):
            raise UnusableError(f"this process has loaded {candidate.package} from {here}")
        return loaded
    if candidate.origin == "installed":
        return importlib.import_module(candidate.package)
    spec = importlib.util.spec_from_file_location(
        candidate.package, candidate.path / "__init__.py",
        submodule_search_locations=[str(candidate.path)],
    )  # fmt: skip
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[candidate.package] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[candidate.package]
        raise
    return module


def _check_hooks(manager: pluggy.PluginManager, hooks: ModuleType) -> None:
    callers = manager.get_hookcallers(hooks) or []
    for caller in callers:
        optional = all(each.optionalhook for each in caller.get_hookimpls())
        if not caller.has_spec() and not optional:
            raise UnusableError(f"implements an unknown hook {caller.name!r}")
        for implementation in caller.get_hookimpls():
            if implementation.plugin is hooks and (
                implementation.wrapper or implementation.hookwrapper
                or implementation.tryfirst or implementation.trylast
            ):  # fmt: skip
                raise UnusableError(f"{caller.name}: hooks run in dependency order; use no options")


def _functions(manager: pluggy.PluginManager, hooks: ModuleType) -> list[Callable[..., Any]]:
    return [
        implementation.function
        for caller in manager.get_hookcallers(hooks) or []
        for implementation in caller.get_hookimpls()
        if implementation.plugin is hooks
    ]


def _ask(
    manager: pluggy.PluginManager, hooks: ModuleType, hook: str, path: Path
) -> Iterable[Any] | None:
    for implementation in getattr(manager.hook, hook).get_hookimpls():
        if implementation.plugin is hooks:
            try:
                asked: Iterable[Any] | None = implementation.function()
            except Exception as error:
                raise UnusableError(f"{hook}: {_in_words(error, path)}") from error
            if asked is None:
                raise UnusableError(f"{hook} returned None; is there a return?")
            return asked
    return None


def _in_words(error: BaseException, path: Path) -> str:
    """What went wrong, and where in the plugin, whose folder is ``path``, when that is known."""
    if isinstance(error, UnusableError | pluggy.PluginValidationError):
        return str(error)
    if isinstance(error, SyntaxError):
        return (
            f"syntax error in {Path(error.filename or '?').name}, line {error.lineno}: {error.msg}"
        )
    said = f"{type(error).__name__}: {error}"
    frames = traceback.extract_tb(error.__traceback__)
    own = [each for each in frames if Path(each.filename).is_relative_to(path)]
    if not own:
        return said
    return f"{said} ({Path(own[-1].filename).relative_to(path)}, line {own[-1].lineno})"
