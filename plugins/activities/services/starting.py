"""What a company starts with: kinds of activities, in its language."""

from __future__ import annotations

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Company
from plugins.activities.models import Kind

# Code, icon, counts as contact, is a visit, names.
KINDS = (
    ("task", "check2-square", False, False, {"en": "Task", "zh": "任务"}),
    ("call", "telephone", True, False, {"en": "Call", "zh": "电话"}),
    ("meeting", "people", True, False, {"en": "Meeting", "zh": "会议"}),
    ("visit", "geo-alt", True, True, {"en": "Visit", "zh": "拜访"}),
    ("mail", "envelope", True, False, {"en": "Mail", "zh": "邮件"}),
    ("note", "sticky", False, False, {"en": "Note", "zh": "备注"}),
)


def fill(company: Company) -> None:
    """Make them where there are none."""
    if host().session.scalar(sa.select(Kind.id).limit(1)) is not None:
        return
    language = "zh" if company.language.startswith("zh") else "en"
    for position, (code, icon, contact, visit, names) in enumerate(KINDS, 1):
        host().records.create(
            Kind,
            {
                "name": names[language], "code": code, "icon": icon, "is_contact": contact,
                "is_visit": visit, "position": position * 10,
            },
        )  # fmt: skip
