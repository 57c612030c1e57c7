"""What a company sets up must be able to work."""

from __future__ import annotations

import sqlalchemy as sa

from plugin_api.context import current_company, gettext
from plugin_api.errors import Rejected
from plugin_api.host import host
from plugin_api.models import CompanyModel
from plugins.duplicates.models.rules import Condition, Rule
from plugins.duplicates.services import matched

KINDS = {
    "domain": ("email", "url"),
    "pinyin": ("text",),
    "fuzzy": ("text",),
}
"""Kinds of fields that a way to compare is for; the others are for all."""


def check(record: CompanyModel) -> None:
    """Raise Rejected for a rule whose conditions are of other records, or for such a condition."""
    if isinstance(record, Rule):
        for condition in _conditions(record):
            _check(record, condition, "model")
    elif isinstance(record, Condition) and record.field is not None:
        rule = host().session.get(Rule, (current_company().id, record.rule_id))
        if rule is None:
            raise Rejected("rule", gettext("There is no such rule."))
        _check(rule, record, "field")


def _conditions(rule: Rule) -> list[Condition]:
    with host().session.no_autoflush:
        asked = sa.select(Condition).where(Condition.rule_id == rule.id)
        return list(host().session.scalars(asked))


def _check(rule: Rule, condition: Condition, blamed: str) -> None:
    right = rule.against or rule.model
    if not condition.field.startswith(f"{rule.model}."):
        raise Rejected(blamed, gettext("The rule is about other records than the field."))
    name = condition.field.rpartition(".")[2]
    other = condition.other or f"{right}.{name}"
    if not other.startswith(f"{right}."):
        raise Rejected(
            blamed if blamed == "model" else "other",
            gettext("The field is not one of the records that the rule compares with."),
        )
    if name not in matched.find(rule.model).__matched__ or (
        other.rpartition(".")[2] not in matched.find(right).__matched__
    ):
        raise Rejected(blamed, gettext("Name the field of the other records, too."))
    for field in (condition.field, other):
        model, _dot, name = field.rpartition(".")
        kinds = KINDS.get(condition.method)
        if kinds and matched.info_of(matched.find(model), name).kind not in kinds:
            raise Rejected("method", gettext("This field cannot be compared like that."))
