from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.manifest import Manifest

manifest = Manifest(
    id="service",
    name=lazy_pgettext("plugin", "Service"),
    version="0.1.0",
    summary=_("Cases of customers with service levels on working time, and who looks after them."),
    depends=("catalog", "crm"),
    soft_depends=("sales", "activities"),
    category=_("Sales"),
    icon="headset",
)
