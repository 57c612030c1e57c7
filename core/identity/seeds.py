"""The roles that every company starts with, by code and language."""

from __future__ import annotations

from collections.abc import Mapping

ROLES: Mapping[str, Mapping[str, str]] = {
    "admin": {"en": "Administrator", "zh": "管理员"},
    "manager": {"en": "Sales manager", "zh": "销售经理"},
    "rep": {"en": "Sales rep", "zh": "销售代表"},
    "analyst": {"en": "Market analyst", "zh": "市场分析师"},
    "finance": {"en": "Finance", "zh": "财务"},
    "auditor": {"en": "Auditor (read only)", "zh": "审计（只读）"},
}
