"""What a company's CRM starts with."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Company
from plugins.crm.models import LossReason, Pipeline, Stage, WinReason

PIPELINE = {"en": "Sales", "zh": "销售流程"}
# Name, outcome, probability, days after which an opportunity stalls.
Declared = Sequence[tuple[str, str, int, int | None]]
STAGES: dict[str, Declared] = {
    "en": (
        ("Prospecting", "open", 10, 30),
        ("Qualification", "open", 25, 30),
        ("Proposal", "open", 50, 30),
        ("Negotiation", "open", 75, 21),
        ("Won", "won", 100, None),
        ("Lost", "lost", 0, None),
    ),
    "zh": (
        ("初步接触", "open", 10, 30),
        ("需求确认", "open", 25, 30),
        ("方案报价", "open", 50, 30),
        ("商务谈判", "open", 75, 21),
        ("赢单", "won", 100, None),
        ("输单", "lost", 0, None),
    ),
}
WIN_REASONS = {
    "en": ("Product fit", "Price", "Relationship", "Service", "References"),
    "zh": ("产品匹配", "价格优势", "客户关系", "服务能力", "成功案例"),
}
LOSS_REASONS = {
    "en": (
        "Price", "Competitor", "No budget", "No decision", "Missing feature", "Timing",
        "Lost contact",
    ),
    "zh": ("价格", "竞争对手", "没有预算", "未做决定", "功能不足", "时机不合适", "失去联系"),
}  # fmt: skip


def fill(company: Company) -> None:
    """A pipeline and reasons, in the company's language, where there are none."""
    language = "zh" if company.language.startswith("zh") else "en"
    if _is_empty(Pipeline):
        _pipeline(language)
    for model, names in ((WinReason, WIN_REASONS), (LossReason, LOSS_REASONS)):
        if _is_empty(model):
            for position, name in enumerate(names[language], 1):
                host().records.create(model, {"name": name, "position": position * 10})


def _pipeline(language: str) -> None:
    records = host().records
    pipeline = records.create(Pipeline, {"name": PIPELINE[language], "is_default": True})
    for position, (name, outcome, probability, rot_days) in enumerate(STAGES[language], 1):
        records.create(
            Stage,
            {
                "name": name,
                "pipeline_id": pipeline.id,
                "position": position * 10,
                "outcome": outcome,
                "probability": Decimal(probability),
                "rot_days": rot_days,
            },
        )


def _is_empty(model: Any) -> bool:
    return host().session.scalar(sa.select(model.id).limit(1)) is None
