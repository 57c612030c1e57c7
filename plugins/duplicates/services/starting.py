"""The rules that a company starts with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext
from plugins.duplicates.models.rules import Condition, Rule
from plugins.duplicates.services import matched


def start() -> None:
    """Give a company that has no rules some that warn, for the records that it has."""
    if host().session.scalar(sa.select(Rule.id).limit(1)) is not None:
        return
    for name, rule, conditions in _rules():
        right = rule.get("against", rule["model"])
        if not (matched.is_matched(rule["model"]) and matched.is_matched(right)):
            continue
        made = host().records.create(Rule, {"name": name, **rule})
        for condition in conditions:
            host().records.create(Condition, {"rule_id": made.id, **condition})


def _rules() -> list[tuple[str, Mapping[str, Any], list[dict[str, Any]]]]:
    account, contact, lead = "crm.Account", "crm.Contact", "crm.Lead"
    return [
        (
            gettext("Accounts of the same name"),
            {"model": account, "combine": "any", "archived": True},
            [{"field": f"{account}.name"}, {"field": f"{account}.name", "method": "pinyin"},
             {"field": f"{account}.name", "method": "fuzzy", "threshold": 90}],
        ),
        (
            gettext("Contacts with the same e-mail or mobile"),
            {"model": contact, "combine": "any", "archived": True},
            [{"field": f"{contact}.email"}, {"field": f"{contact}.mobile"}],
        ),
        (
            gettext("Leads with the same e-mail or mobile"),
            {"model": lead, "combine": "any"},
            [{"field": f"{lead}.email"}, {"field": f"{lead}.mobile"}],
        ),
        (
            gettext("Leads who are contacts already"),
            {"model": lead, "against": contact, "combine": "any"},
            [{"field": f"{lead}.email", "other": f"{contact}.email"},
             {"field": f"{lead}.mobile", "other": f"{contact}.mobile"}],
        ),
    ]  # fmt: skip
