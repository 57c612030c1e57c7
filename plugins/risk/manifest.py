from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.manifest import Manifest

manifest = Manifest(
    id="risk",
    name=lazy_pgettext("plugin", "Risks"),
    version="0.1.0",
    summary=_("What may go wrong, how bad it would be, and what is done about it."),
    soft_depends=("crm", "sales", "contracts", "plans"),
    category=_("Performance"),
    icon="shield-exclamation",
)
