from plugin_api.context import lazy_gettext as _
from plugin_api.manifest import Manifest

manifest = Manifest(
    id="activities",
    name=_("Activities"),
    version="0.1.0",
    summary=_("Tasks, calls, meetings and visits about any record, and what is due next."),
    soft_depends=("crm", "plans"),
    category=_("Sales"),
    icon="calendar-check",
    default_enabled=True,
)
