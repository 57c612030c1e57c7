from plugin_api.context import lazy_gettext as _
from plugin_api.manifest import Manifest

manifest = Manifest(
    id="assignment",
    name=_("Assignment"),
    version="0.1.0",
    summary=_("Who gets which lead or account: in turns, by weight, territory, capacity."),
    depends=("crm",),
    soft_depends=("pools",),
    category=_("Sales"),
    icon="signpost-2",
)
