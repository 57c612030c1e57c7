"""Permissions and the role templates that grant them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from plugin_api.context import Scope, Text

ACTIONS = ("read", "create", "update", "delete", "import", "export")
"""What every collection has as ``<plugin>.<model>.<action>``, without declaring it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Permission:
    """A permission besides the six of every collection: a page, a transition, a setting."""

    key: str
    label: Text


@dataclass(frozen=True, kw_only=True, slots=True)
class RoleGrants:
    """What a plugin grants to a seeded role: manager, rep, analyst, finance or auditor; or to one
    that it brings itself, with ``names``.

    ``grants`` maps a permission, or ``"<plugin>.<model>.*"`` for all of a model, to whose
    records it reaches; that of a plugin which is not there waits for it. The admin holds
    everything of every enabled plugin and need not be named.
    ``names`` are by language, ``en`` among them: a company that has no role of the code ``role``
    gets it when it switches the plugin on first. It starts with these grants alone, permissions
    of the host included, such as ``core.User.read``.
    """

    role: str
    grants: Mapping[str, Scope] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
