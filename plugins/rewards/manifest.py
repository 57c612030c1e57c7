from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.manifest import Manifest

manifest = Manifest(
    id="rewards",
    name=lazy_pgettext("plugin", "Rewards"),
    version="0.1.0",
    summary=_("Honours that mean something: recognition, points, rewards, nominations, contests."),
    soft_depends=("incentives", "sales", "crm", "activities"),
    category=_("Sales"),
    icon="trophy",
)
