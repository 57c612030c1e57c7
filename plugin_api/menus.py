"""Entries of the side menu."""

from __future__ import annotations

from dataclasses import dataclass

from plugin_api.context import Text


@dataclass(frozen=True, kw_only=True, slots=True)
class MenuItem:
    """An entry under the plugin's heading: a model's pages, or a Flask endpoint of the plugin.

    ``view`` opens the model in that view (``list``, ``kanban``, ``calendar``, ``chart`` or
    ``pivot``). Shown to whoever holds ``permission``; by default the model's read permission.
    """

    id: str
    label: Text
    model: str | None = None
    view: str = "list"
    endpoint: str | None = None
    permission: str | None = None
    order: int = 100
    icon: str = "dot"
