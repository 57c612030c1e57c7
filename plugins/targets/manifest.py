from plugin_api.context import lazy_gettext as _
from plugin_api.manifest import Manifest

manifest = Manifest(
    id="targets",
    name=_("Targets"),
    version="0.1.0",
    summary=_("Targets on any measure for people, teams and the company: attainment and pace."),
    soft_depends=("crm",),
    category=_("Performance"),
    icon="bullseye",
)
