from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.manifest import Manifest

manifest = Manifest(
    id="incentives",
    name=lazy_pgettext("plugin", "Incentives"),
    version="0.1.0",
    summary=_("Pay by plans that everybody can recompute: rates, tiers, caps, draws, statements."),
    soft_depends=("targets", "sales", "crm", "approvals"),
    category=_("Sales"),
    icon="cash-coin",
)
