"""Permissions of the host, and what roles start with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from core.access.sharing import SHARE as SHARE_RECORDS
from core.collab import comments
from core.data import trail
from core.identity import registered as logins
from core.privacy import subjects as privacy
from core.views.records import REVEAL
from core.views.sharing import SHARE
from core.web import jobs
from plugin_api.access import Permission, RoleGrants
from plugin_api.context import Scope
from plugin_api.context import lazy_gettext as _

AUDITED = (
    "core.CustomField.read", "core.CustomOption.read", "core.Role.read", "core.Webhook.read",
    "core.WebhookDelivery.read",
)  # fmt: skip
ENTERED = ("create", "update", "delete")
EVERYBODY = ("manager", "rep", "analyst", "finance", "auditor")

PERMISSIONS: Sequence[Permission] = (
    Permission(key="core.plugins", label=_("Switch plugins on and off")),
    Permission(key="core.settings", label=_("Change settings")),
    Permission(key=jobs.PERMISSION, label=_("See and start all jobs")),
    Permission(key=trail.PERMISSION, label=_("Search the audit trail")),
    Permission(key=SHARE, label=_("Share views and dashboards")),
    Permission(key=SHARE_RECORDS, label=_("Share single records")),
    Permission(key=REVEAL, label=_("See masked values whole, one by one")),
    *logins.PERMISSIONS,
    Permission(key=privacy.PERMISSION, label=_("Hand out and erase personal data")),
    Permission(key=comments.WRITE, label=_("Comment on records")),
    Permission(key=comments.MODERATE, label=_("Delete comments of others")),
)


def grants_of_roles() -> Iterator[RoleGrants]:
    """What each role but the administrator's starts with."""
    for role in EVERYBODY:
        yield RoleGrants(
            role=role,
            grants={
                "core.User.read": "company",
                "core.Team.read": "company",
                "core.Absence.read": "company",
                **(dict.fromkeys(AUDITED, "company") if role == "auditor" else {}),
                **_of_absences(role),
                "core.Holiday.read": "company",
                "core.ExchangeRate.read": "company",
                "core.tokens": "own",
                **({SHARE: "company"} if role in ("manager", "analyst") else {}),
                **({trail.PERMISSION: "company"} if role == "auditor" else {}),
                **({REVEAL: "company"} if role in ("manager", "rep", "finance") else {}),
                # Who only looks leaves no trace.
                **({} if role == "auditor" else {comments.WRITE: "company"}),
            },
        )


def _of_absences(role: str) -> Mapping[str, Scope]:
    """Whose absences a role enters, and whether its people share records of theirs."""
    if role == "auditor":
        return {}
    scope: Scope = "subtree" if role == "manager" else "own"
    made: dict[str, Scope] = {f"core.Absence.{each}": scope for each in ENTERED}
    return made | ({SHARE_RECORDS: "company"} if role in ("manager", "rep") else {})
