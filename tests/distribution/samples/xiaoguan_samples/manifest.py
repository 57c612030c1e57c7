from plugin_api.context import lazy_gettext as _
from plugin_api.manifest import Manifest

manifest = Manifest(
    id="samples",
    name=_("Samples"),
    version="1.0.0",
    summary=_("Which samples were handed out, by whom and when."),
    category=_("Sales"),
    icon="box-seam",
)
