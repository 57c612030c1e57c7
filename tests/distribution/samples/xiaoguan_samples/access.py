"""Who may what."""

from __future__ import annotations

from plugin_api.access import Permission, RoleGrants
from plugin_api.context import lazy_gettext as _

COUNT = "samples.count"
READ = "samples.Sample.read"

PERMISSIONS = (Permission(key=COUNT, label=_("Count samples")),)
ROLES = (
    RoleGrants(role="rep", grants={"samples.Sample.*": "own", COUNT: "own"}),
    RoleGrants(role="manager", grants={"samples.Sample.*": "subtree", COUNT: "subtree"}),
    RoleGrants(role="analyst", grants={READ: "company", COUNT: "company"}),
)
