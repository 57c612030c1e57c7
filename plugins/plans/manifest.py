from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.manifest import Manifest

manifest = Manifest(
    id="plans",
    name=lazy_pgettext("plugin", "Sales plans"),
    version="0.1.0",
    summary=_("Strategies, objectives, steps and what they bring; reports of weeks and months."),
    soft_depends=("targets",),
    category=_("Performance"),
    icon="map",
)
