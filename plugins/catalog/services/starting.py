"""What a company's catalogue starts with."""

from __future__ import annotations

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Company
from plugins.catalog.models import PriceList, Unit

UNITS = {
    "en": (("Piece", "pcs"), ("Hour", "h"), ("Kilogram", "kg"), ("Year", "yr")),
    "zh": (("件", "pcs"), ("小时", "h"), ("千克", "kg"), ("年", "yr")),
}
STANDARD = {"en": "Standard prices", "zh": "标准价格"}


def fill(company: Company) -> None:
    """Units and the standard price list, in the company's language, where there are none."""
    session, records = host().session, host().records
    language = "zh" if company.language.startswith("zh") else "en"
    if session.scalar(sa.select(Unit.id).limit(1)) is None:
        for name, code in UNITS[language]:
            records.create(Unit, {"name": name, "code": code})
    if session.scalar(sa.select(PriceList.id).limit(1)) is None:
        records.create(PriceList, {"name": STANDARD[language], "is_default": True})
