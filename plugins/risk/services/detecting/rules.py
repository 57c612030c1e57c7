"""What each kind of rule needs, and whether it can work in this company."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from plugin_api import host
from plugin_api.context import Text, gettext
from plugin_api.context import lazy_gettext as _
from plugin_api.errors import Rejected
from plugin_api.figures import measure_of
from plugin_api.measures import Measure, Ratio
from plugins.risk.models import Rule

PLUGINS: Mapping[str, tuple[str, ...]] = {
    "overdue": ("sales", "crm"), "concentration": ("crm",), "slipping": ("crm",),
    "contact": ("crm",), "expiring": ("contracts",), "win_rate": ("crm",),
    "competitor": ("crm",), "measure": (),
}  # fmt: skip
"""Without which a kind of rule finds nothing."""
NEEDED: Mapping[str, tuple[str, ...]] = {
    "overdue": ("days", "amount"), "concentration": ("days", "share"), "slipping": ("days",),
    "contact": ("amount",), "expiring": ("days",), "win_rate": ("days", "share"),
    "competitor": ("days", "count"), "measure": ("measure", "days", "side", "limit"),
}  # fmt: skip
ANY = 1
"""From which an amount counts at first, minor units."""
USUAL: Mapping[str, Mapping[str, Any]] = {
    "overdue": {"days": 30, "amount": ANY, "category": "customer", "likelihood": 4, "impact": 3},
    "concentration": {"days": 365, "share": Decimal(25), "category": "customer", "likelihood": 2,
                      "impact": 5},
    "slipping": {"days": 14, "count": 3, "category": "own", "likelihood": 4, "impact": 2},
    "contact": {"amount": ANY, "category": "customer", "likelihood": 3, "impact": 3},
    "expiring": {"days": 60, "category": "customer", "likelihood": 3, "impact": 4},
    "win_rate": {"days": 90, "share": Decimal(20), "category": "market", "likelihood": 3,
                 "impact": 4},
    "competitor": {"days": 90, "count": 3, "category": "competition", "likelihood": 3,
                   "impact": 3},
}  # fmt: skip
"""The rules that a company begins with."""
WORDS: Mapping[str, Text] = {
    "days": _("This rule needs a number of days."),
    "amount": _("This rule needs an amount from which it counts."),
    "share": _("This rule needs a share from which it counts."),
    "count": _("This rule needs a number from which it counts."),
    "measure": _("This rule needs a measure."),
    "side": _("Say on which side of the limit it is a risk."),
    "limit": _("This rule needs a limit."),
}


def check(rule: Rule) -> None:
    """Raise Rejected for a rule that lacks what its kind needs."""
    for name in NEEDED[rule.kind]:
        if getattr(rule, name) is None:
            raise Rejected(name, str(WORDS[name]))
    if (rule.amount or 0) < 0:
        raise Rejected("amount", gettext("It cannot be below zero."))
    if rule.kind == "concentration" and rule.measure:
        found = measure_of(rule.measure)
        if found is not None and not by_account(found):
            raise Rejected("measure", gettext("This figure is not known by customer."))


def by_account(measure: Measure | Ratio) -> bool:
    """Whether a figure can be told by customer, and added up."""
    if not isinstance(measure, Measure):
        return False
    dimension = measure.dimensions.get("account")
    return dimension is not None and dimension.target == "crm.Account"


def missing(rule: Rule) -> list[str]:
    """Plugins without which a rule rests."""
    return [each for each in PLUGINS[rule.kind] if not host().is_enabled(each)]
