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
    """Carries the hook implementations of one plugin; compared by identity."""

    def __init__(self, hooks: ModuleType) -> None:
        self.hooks = hooks


def for_models(*model_keys: str) -> Callable[[F], F]:
    """Call a data hook only for these models (``"crm.Opportunity"``); others cost nothing."""

    def mark(function: F) -> F:
        function.__xiaoguan_models__ = frozenset(model_keys)  # type: ignore[attr-defined]
        return function

    return mark
