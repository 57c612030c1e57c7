"""Conditions of the rules about records that activities may be about."""

from __future__ import annotations

from plugin_api.conditions import cleaned, criteria, query_of
from plugin_api.context import gettext
from plugin_api.errors import Rejected
from plugins.activities.models import ContactRule, StepRule
from plugins.activities.services import subjects

__all__ = ["clean", "criteria", "query_of"]


def clean(rule: StepRule | ContactRule) -> None:
    """Keep of a rule's condition what says which records. Raises Rejected."""
    model = subjects.model_for(rule.about_model)
    if model is None:
        raise Rejected("about_model", gettext("Activities are not about records of this kind."))
    rule.condition = cleaned(model, rule.condition)
