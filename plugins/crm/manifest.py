from plugin_api.context import lazy_gettext as _
from plugin_api.manifest import Manifest

manifest = Manifest(
    id="crm",
    name=_("CRM"),
    version="0.1.0",
    summary=_("Leads, accounts, contacts and opportunities, from first word to won or lost."),
    depends=("catalog",),
    category=_("Sales"),
    icon="briefcase",
    default_enabled=True,
)
