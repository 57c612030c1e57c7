"""What a company starts with."""

from __future__ import annotations

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Company
from plugins.sales.models import Channel

CHANNELS = {
    "en": ("Direct", "Partner", "Online"),
    "zh": ("直销", "渠道伙伴", "线上"),
}


def fill(company: Company) -> None:
    """Channels in the company's language, where there are none."""
    if host().session.scalar(sa.select(Channel.id).limit(1)) is None:
        language = "zh" if company.language.startswith("zh") else "en"
        host().records.create_many(Channel, [{"name": name} for name in CHANNELS[language]])
