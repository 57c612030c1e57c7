"""Conditions of rules: what stands in the address of a list whose filters are set."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import SYSTEM, acting_as, current_company, gettext
from plugin_api.errors import Refused, Rejected
from plugin_api.models import CompanyModel
from plugins.activities.models import ContactRule, StepRule
from plugins.activities.services import subjects

PAGE = frozenset(
    {"view", "saved", "sort", "limit", "cursor", "count", "fields", "group", "by", "split", "rows",
     "cols", "figure", "draw", "on", "span", "parent", "fold", "columns"}
)  # fmt: skip
"""Arguments of an address that say how records are shown, not which."""


def query_of(text: str | None) -> Mapping[str, str]:
    """The filters of an address, of what follows its question mark, or of nothing."""
    address = (text or "").strip()
    query = urlsplit(address).query if "?" in address or "://" in address else address
    return {name: value for name, value in parse_qsl(query) if name not in PAGE and value}


def criteria(model: type[CompanyModel], text: str | None) -> sa.ColumnElement[bool]:
    """Which records fulfil a condition, whoever looks. Raises Invalid."""
    with acting_as(current_company(), SYSTEM):
        return host().records.matching(model, query_of(text))


def clean(rule: StepRule | ContactRule) -> None:
    """Keep of a rule's condition what says which records. Raises Rejected."""
    model = subjects.model_for(rule.about_model)
    if model is None:
        raise Rejected("about_model", gettext("Activities are not about records of this kind."))
    query = query_of(rule.condition)
    if (rule.condition or "").strip() and not query:
        raise Rejected("condition", gettext("No filter in it, such as grade=A."))
    try:
        with acting_as(current_company(), SYSTEM):
            host().records.matching(model, query)
    except Refused as refused:
        texts = [f"{name}: {text}" for name, found in refused.errors.items() for text in found]
        raise Rejected("condition", " ".join(texts) or str(refused.message)) from None
    rule.condition = urlencode(query) or None
