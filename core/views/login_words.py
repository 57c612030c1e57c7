"""Entries of the audit trail about logins in words."""

from __future__ import annotations

from collections.abc import Mapping

from plugin_api.context import Text
from plugin_api.context import lazy_gettext as _

ACTIONS: Mapping[str, Text] = {
    "login": _("logged in"),
    "logout": _("logged out"),
    "lock": _("was locked after ten failures"),
    "password": _("changed a password"),
    "give_login": _("gave a login"),
    "end_sessions": _("ended sessions"),
}
FACTS: Mapping[str, Text] = {
    "address": _("Address"),
    "failures": _("Failed attempts before"),
    "sessions": _("Sessions"),
}
"""What more such an entry says."""
