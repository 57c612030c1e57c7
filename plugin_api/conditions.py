"""Conditions of rules that a company writes: what stands in the address of a list whose filters
are set, such as ``grade=A&archived=false``."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit

import sqlalchemy as sa

from plugin_api.context import SYSTEM, acting_as, current_company, gettext
from plugin_api.context import lazy_gettext as _
from plugin_api.errors import Refused, Rejected
from plugin_api.host import host
from plugin_api.models.base import CompanyModel

PAGE = frozenset(
    {"view", "saved", "sort", "limit", "cursor", "count", "fields", "group", "by", "split", "rows",
     "cols", "figure", "draw", "on", "span", "parent", "fold", "columns"}
)  # fmt: skip
"""Arguments of an address that say how records are shown, not which."""

HELP = _(
    "Set the filters in their list and paste its address here: grade=A&archived=false."
    " Empty: all of them."
)
"""What beside the field of a condition says how to fill it in."""


def query_of(text: str | None) -> Mapping[str, str]:
    """The filters of an address, of what follows its question mark, or of nothing."""
    address = (text or "").strip()
    query = urlsplit(address).query if "?" in address or "://" in address else address
    return {name: value for name, value in parse_qsl(query) if name not in PAGE and value}


def criteria(model: type[CompanyModel], text: str | None) -> sa.ColumnElement[bool]:
    """Which records fulfil a condition, whoever looks. Raises Invalid."""
    with acting_as(current_company(), SYSTEM):
        return host().records.matching(model, query_of(text))


def cleaned(model: type[CompanyModel], text: str | None, field: str = "condition") -> str | None:
    """What a condition says of which records, and nothing else; None for all of them. Raises
    Rejected for ``field``."""
    query = query_of(text)
    if (text or "").strip() and not query:
        raise Rejected(field, gettext("No filter in it, such as grade=A."))
    try:
        criteria(model, text)
    except Refused as refused:
        texts = [f"{name}: {why}" for name, found in refused.errors.items() for why in found]
        raise Rejected(field, " ".join(texts) or str(refused.message)) from None
    return urlencode(query) or None
