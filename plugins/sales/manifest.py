from plugin_api.context import lazy_gettext as _
from plugin_api.manifest import Manifest

manifest = Manifest(
    id="sales",
    name=_("Orders"),
    version="0.1.0",
    summary=_("Orders, deliveries and invoices, and one ledger of what was sold."),
    depends=("catalog", "crm"),
    category=_("Sales"),
    icon="receipt",
)
