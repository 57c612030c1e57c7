from plugin_api.context import lazy_gettext as _
from plugin_api.manifest import Manifest

manifest = Manifest(
    id="pricing",
    name=_("Pricing"),
    version="0.1.0",
    summary=_("Who pays what: price rules, promotions, floors, and why a price is what it is."),
    depends=("catalog",),
    soft_depends=("crm", "sales"),
    category=_("Sales"),
    icon="tags",
)
