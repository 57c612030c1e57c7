from plugin_api.context import lazy_gettext as _
from plugin_api.manifest import Manifest

manifest = Manifest(
    id="segments",
    name=_("Segments"),
    version="0.1.0",
    summary=_("Which accounts are worth what: grades by value, and what each grade gets."),
    depends=("crm",),
    soft_depends=("sales", "activities"),
    category=_("Sales"),
    icon="pie-chart",
)
