"""What a company sets up must be able to work."""

from __future__ import annotations

from plugin_api.conditions import cleaned
from plugin_api.context import current_company, gettext
from plugin_api.errors import Rejected
from plugin_api.host import host
from plugin_api.models import CompanyModel
from plugins.assignment.models import Member, Rule
from plugins.assignment.services.giving import MODELS


def check(record: CompanyModel) -> None:
    """Raise Rejected for a condition that cannot be asked."""
    if isinstance(record, Rule):
        record.condition = cleaned(MODELS[record.kind], record.condition)
    elif isinstance(record, Member):
        rule = host().session.get(Rule, (current_company().id, record.rule_id))
        if rule is None:
            raise Rejected("rule", gettext("There is no such rule."))
        record.territory = cleaned(MODELS[rule.kind], record.territory, "territory")
