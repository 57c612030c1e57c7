"""What a company starts with: a queue, and service levels for each priority."""

from __future__ import annotations

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Company
from plugins.service.models import Policy, Queue

NAMES = {
    "en": ("Customer service", ("Critical", "High", "Normal", "Low")),
    "zh": ("客户服务", ("紧急", "高", "普通", "低")),
}
LEVELS = (("critical", 30, 240), ("high", 60, 480), ("normal", 240, 1440), ("low", 480, 2400))
"""Priority, minutes to the first answer, minutes to the solution."""


def fill(company: Company) -> None:
    """Make them for a company that has none of its own."""
    queue, names = NAMES["zh" if company.language.startswith("zh") else "en"]
    if host().session.scalar(sa.select(Queue.id).limit(1)) is None:
        host().records.create(Queue, {"name": queue, "position": 100, "method": "turns"})
    if host().session.scalar(sa.select(Policy.id).limit(1)) is None:
        for position, (priority, answer, solution) in enumerate(LEVELS, 1):
            host().records.create(
                Policy,
                {"name": names[position - 1], "position": position * 10, "priority": priority,
                 "answer_minutes": answer, "solution_minutes": solution},
            )  # fmt: skip
