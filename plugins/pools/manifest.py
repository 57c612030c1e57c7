from plugin_api.context import lazy_gettext as _
from plugin_api.manifest import Manifest

manifest = Manifest(
    id="pools",
    name=_("Public pools"),
    version="0.1.0",
    summary=_("Leads and accounts that nobody works on, claimed and returned by rules."),
    depends=("crm",),
    soft_depends=("activities", "plans"),
    category=_("Sales"),
    icon="water",
)
