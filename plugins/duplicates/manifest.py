from plugin_api.context import lazy_gettext as _
from plugin_api.manifest import Manifest

manifest = Manifest(
    id="duplicates",
    name=_("Duplicates"),
    version="0.1.0",
    summary=_("Finds records that are there twice, where they are entered and where they lie."),
    soft_depends=("crm",),
    category=_("Sales"),
    icon="intersect",
)
