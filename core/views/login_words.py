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
    "invite": _("sent a link for a password"),
    "uninvite": _("took a link back"),
    "by_invitation": _("set the first password by a link"),
    "by_reset": _("set a new password by a link"),
    "address": _("logs in with another address"),
    "address_back": _("took back the address they log in with"),
    "factor_on": _("switched a second factor on"),
    "factor_off": _("switched the second factor off"),
    "factor_reset": _("took a second factor away"),
    "recovery_codes": _("made new recovery codes"),
    "token_made": _("made a token"),
    "token_revoked": _("revoked a token"),
    "look_as": _("looked as this person"),
    "look_stop": _("stopped looking as this person"),
    "passkey_made": _("made a passkey"),
    "passkey_removed": _("removed a passkey"),
    "end_sessions": _("ended sessions"),
}
FACTS: Mapping[str, Text] = {
    "address": _("Address"),
    "failures": _("Failed attempts before"),
    "factor": _("With"),
    "token": _("Token"),
    "reason": _("Reason"),
    "to": _("To"),
    "before": _("Before"),
    "sessions": _("Sessions"),
}
"""What more such an entry says."""
