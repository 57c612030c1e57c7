"""Calling hooks for a company: gated by its enabled plugins, attributed, contained."""

from __future__ import annotations

import inspect
import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any

import pluggy

from core.hosting.blame import blame
from plugin_api import hookspecs
from plugin_api.hookspecs import POLICIES

log = logging.getLogger(__name__)

FAILED = object()
"""In place of the answer of a function that failed."""

MOST_CHOICES = 20_000
"""Choices kept for (hook, enabled set, model); admins rarely make more sets than a few."""


@dataclass(frozen=True, slots=True)
class Implementation:
    """One plugin's function for a hook, with the arguments it asks for."""

    plugin: str
    hook: str
    function: Callable[..., Any]
    arguments: tuple[str, ...]
    models: frozenset[str] | None

    def __call__(self, given: Mapping[str, Any] | None = None, /, **named: Any) -> Any:
        values = named if given is None else given
        try:
            return self.function(**{name: values[name] for name in self.arguments})
        except Exception as error:
            blame(error, self.plugin, self.hook)
            raise


class Dispatcher:
    """Calls hooks in dependency order. Keeps nothing of a company.

    ``around`` makes a context for each call that is isolated: a savepoint, so that a failed
    statement of one plugin does not end the transaction of the page. ``kind`` is what calls a
    function: another class where calls are traced.
    """

    def __init__(
        self,
        manager: pluggy.PluginManager,
        order: Sequence[str],
        around: Callable[[], AbstractContextManager[Any]] = nullcontext,
        kind: type[Implementation] = Implementation,
    ) -> None:
        self.failures: Counter[tuple[str, str]] = Counter()
        """(plugin, hook) → how often it failed on a page since the process started."""
        self.watch: Callable[[str], AbstractContextManager[Any]] = lambda what: nullcontext()
        """Within it the calls of a piece of work are noted, where that is switched on."""
        self._around = around
        self._published = _published(manager)
        hooks = (*POLICIES, *self._published)
        self._all = {hook: _implementations(manager, hook, order, kind) for hook in hooks}
        self._defaults = {hook: _defaults(hook) for hook in POLICIES}
        self._chosen: dict[tuple[str, frozenset[str], str | None], tuple[Implementation, ...]] = {}

    def collect(
        self, hook: str, enabled: frozenset[str], *, model: str | None = None, **given: Any
    ) -> list[tuple[str, Any]]:
        """Every enabled plugin's result, with its id, dependencies first.

        ``model`` leaves out what is marked for other models; a hook may also take it as an
        argument. What the policy of the hook says of an exception is done.
        """
        chosen = self._choose(hook, enabled, model)
        if not chosen:
            return []
        arguments = {**self._defaults[hook], **given}
        if model is not None:
            arguments["model"] = model
        if POLICIES[hook] != "isolate":
            return [(each.plugin, each(arguments)) for each in chosen]
        results = [
            (each.plugin, self.isolated(each.plugin, hook, partial(each, arguments)))
            for each in chosen
        ]
        return [(plugin, result) for plugin, result in results if result is not FAILED]

    def caller(
        self, hook: str, enabled: frozenset[str], model: str, argument: str
    ) -> Callable[[Any], None] | None:
        """What calls a hook that aborts with one value of ``argument`` after the other; None when
        nobody answers."""
        chosen = self._choose(hook, enabled, model)
        if not chosen:
            return None
        given = {**self._defaults[hook], "model": model}

        def call(value: Any) -> None:
            arguments = {**given, argument: value}
            for each in chosen:
                each(arguments)

        return call

    def listeners(self, hook: str, enabled: frozenset[str]) -> tuple[Implementation, ...]:
        """What answers a hook that a plugin publishes. Raises KeyError for any other."""
        if hook not in self._published:
            raise KeyError(hook)
        return self._choose(hook, enabled, None)

    def isolated(self, plugin: str, what: str, call: Callable[[], Any]) -> Any:
        """What a function of a plugin answers; when it fails that is logged with the plugin's
        id and counted, and the answer is :data:`FAILED`."""
        try:
            with self._around():
                return call()
        except Exception:
            self.failures[plugin, what] += 1
            log.exception("plugin %s failed in %s and is left out", plugin, what)
            return FAILED

    def answering(self, hook: str, enabled: frozenset[str], model: str | None = None) -> list[str]:
        """Ids of the enabled plugins that a call would ask."""
        return list(dict.fromkeys(each.plugin for each in self._choose(hook, enabled, model)))

    def hooks_of(self, plugin_id: str) -> list[tuple[str, frozenset[str] | None]]:
        """The hooks that a plugin implements, each with the models that it is restricted to."""
        return [
            (hook, each.models)
            for hook, found in self._all.items()
            for each in found
            if each.plugin == plugin_id
        ]

    def call_one(self, plugin_id: str, hook: str, **given: Any) -> Any:
        """One plugin's result, enabled or not; None when it does not implement the hook."""
        for each in self._all[hook]:
            if each.plugin == plugin_id:
                return each({**self._defaults[hook], **given})
        return None

    def _choose(
        self, hook: str, enabled: frozenset[str], model: str | None
    ) -> tuple[Implementation, ...]:
        key = (hook, enabled, model)
        chosen = self._chosen.get(key)
        if chosen is None:
            if len(self._chosen) >= MOST_CHOICES:
                self._chosen.clear()
            chosen = self._chosen[key] = tuple(
                each
                for each in self._all[hook]
                if each.plugin in enabled and (each.models is None or model in each.models)
            )
        return chosen


def _implementations(
    manager: pluggy.PluginManager, hook: str, order: Sequence[str], kind: type[Implementation]
) -> tuple[Implementation, ...]:
    caller: pluggy.HookCaller = getattr(manager.hook, hook)
    found = {
        implementation.plugin_name: kind(
            plugin=implementation.plugin_name,
            hook=hook,
            function=implementation.function,
            arguments=(*implementation.argnames, *implementation.kwargnames),
            models=getattr(implementation.function, "__xiaoguan_models__", None),
        )
        for implementation in caller.get_hookimpls()
    }
    return tuple(found[id_] for id_ in order if id_ in found)


def _published(manager: pluggy.PluginManager) -> frozenset[str]:
    """Hooks that plugins have published, besides those of the host."""
    callers = vars(manager.hook).items()
    return frozenset(
        name
        for name, caller in callers
        if isinstance(caller, pluggy.HookCaller) and caller.has_spec() and name not in POLICIES
    )


def _defaults(hook: str) -> dict[str, Any]:
    parameters = inspect.signature(getattr(hookspecs, hook)).parameters.values()
    return {p.name: p.default for p in parameters if p.default is not p.empty}
