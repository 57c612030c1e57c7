from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.manifest import Manifest

manifest = Manifest(
    id="swot",
    name=lazy_pgettext("plugin", "SWOT"),
    version="0.1.0",
    summary=_("Strengths, weaknesses, opportunities and threats with evidence; what follows."),
    soft_depends=("plans",),
    category=_("Performance"),
    icon="grid",
)
