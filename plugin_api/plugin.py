"""The object that a plugin package exports as ``plugin``."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any, TypeVar

import pluggy

PROJECT = "xiaoguan"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)

F = TypeVar("F", bound=Callable[..., Any])


class Plugin:
    """Carries the hook implementations of one plugin; compared by identity.

    ``hookspecs`` is a module with hooks that the plugin publishes for others, each marked with
    `hookspec` and described as those of the host. Whoever answers one marks its function with
    ``@hookimpl(optionalhook=True)``, so that it is loaded where the publisher is not, and names
    the publisher in its manifest.
    """

    def __init__(self, hooks: ModuleType, hookspecs: ModuleType | None = None) -> None:
        self.hooks = hooks
        self.hookspecs = hookspecs


def for_models(*model_keys: str) -> Callable[[F], F]:
    """Call a data hook only for these models (``"crm.Opportunity"``); others cost nothing."""

    def mark(function: F) -> F:
        function.__xiaoguan_models__ = frozenset(model_keys)  # type: ignore[attr-defined]
        return function

    return mark
