"""Permissions and settings about logins."""

from __future__ import annotations

from core.identity.single import ONLY
from plugin_api.access import Permission
from plugin_api.context import lazy_gettext as _
from plugin_api.settings import Setting

PERMISSIONS = (
    Permission(key="core.logins", label=_("Give people a login and a password")),
    Permission(key="core.impersonate", label=_("Look at everything as another person")),
    Permission(key="core.tokens", label=_("Make tokens for programs")),
)
SETTINGS = (
    Setting(
        key=ONLY,
        label=_("Only single sign-on"),
        kind="boolean",
        default=False,
        help=_(
            "Passwords are not taken for this company, as long as the installation has a provider."
        ),
    ),
)
