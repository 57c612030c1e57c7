"""Two fields that one demo company has added to its accounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from random import Random
from typing import Any

from plugin_api import host
from plugin_api.context import current_company, now
from plugin_api.models import model_of

LEVELS = ("普通", "重点", "战略")


def add_fields() -> None:
    """A level of service and the day on which the frame contract is renewed."""
    if not _wanted():
        return
    field, option = model_of("core.CustomField"), model_of("core.CustomOption")
    records: Any = host().records
    common = {"model": "crm.Account", "section": "服务"}
    level = records.create(
        field,
        {**common, "kind": "choice", "label": "服务等级", "label_en": "Service level",
         "name": "x_service_level", "position": 10},
    )  # fmt: skip
    for place, label in enumerate(LEVELS):
        tone = ("neutral", "info", "good")[place]
        value = ("standard", "key", "strategic")[place]
        records.create(
            option,
            {"field": level.id, "label": label, "label_en": value.title(), "value": value,
             "tone": tone, "position": place},
        )  # fmt: skip
    records.create(
        field,
        {**common, "kind": "date", "label": "框架合同续签日", "label_en": "Frame contract renewal",
         "name": "x_renewal", "position": 20},
    )  # fmt: skip


def filled(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows of accounts with values of these fields."""
    chance, today = Random(7), now().date()
    made = []
    for row in rows:
        more: dict[str, Any] = {}
        if _wanted():
            more["x_service_level"] = chance.choice(("standard", "standard", "key", "strategic"))
        if more and chance.random() < 0.4:
            day = today.toordinal() + chance.randint(780, 1400)
            more["x_renewal"] = today.fromordinal(day)
        made.append({**row, **more})
    return made


def _wanted() -> bool:
    return current_company().language.startswith("zh")
