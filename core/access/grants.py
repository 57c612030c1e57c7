"""What a role grants in effect."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from core.host import services
from plugin_api.context import SCOPES, Scope

ADMIN = "admin"
"""The role that holds everything and cannot be narrowed."""


def effective_grants(
    role_code: str, rows: Mapping[str, Scope], enabled: Collection[str]
) -> dict[str, Scope]:
    """Permission → scope of a role. ``rows`` are its stored grants, ``enabled`` the plugins.

    A plugin that is off grants nothing; the admin holds every permission of the others.
    """
    known = services().registry.permissions
    if role_code == ADMIN:
        return {key: "company" for key in known if key.partition(".")[0] in enabled}
    return {
        key: scope
        for key, scope in rows.items()
        if key in known and key.partition(".")[0] in enabled and scope in SCOPES
    }
