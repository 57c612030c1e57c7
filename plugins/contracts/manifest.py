from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.manifest import Manifest

manifest = Manifest(
    id="contracts",
    name=lazy_pgettext("plugin", "Contracts"),
    version="0.1.0",
    summary=_("Contracts with terms, obligations, payment plans, versions and renewals."),
    depends=("crm",),
    soft_depends=("sales", "approvals"),
    category=_("Sales"),
    icon="file-earmark-text",
)
