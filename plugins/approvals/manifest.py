from plugin_api.context import lazy_gettext as _
from plugin_api.manifest import Manifest

manifest = Manifest(
    id="approvals",
    name=_("Approvals"),
    version="0.1.0",
    summary=_("Moves of records that wait until others agree: an order, a discount, a contract."),
    soft_depends=("sales",),
    category=_("Sales"),
    icon="check2-square",
    default_enabled=True,
)
