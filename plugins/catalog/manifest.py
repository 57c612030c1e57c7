from plugin_api.context import lazy_gettext as _
from plugin_api.manifest import Manifest

manifest = Manifest(
    id="catalog",
    name=_("Catalogue"),
    version="0.1.0",
    summary=_("What the company sells: products by category and unit, and prices by day."),
    category=_("Sales"),
    icon="box-seam",
    default_enabled=True,
)
