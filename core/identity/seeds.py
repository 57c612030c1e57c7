"""The roles that every company starts with, by code and language."""

from __future__ import annotations

from collections.abc import Mapping

ROLES: Mapping[str, Mapping[str, str]] = {
    "admin": {"en": "Administrator", "zh": "管理员"},
    "manager": {"en": "Manager", "zh": "经理"},
    "rep": {"en": "Representative", "zh": "业务代表"},
    "analyst": {"en": "Analyst", "zh": "分析师"},
    "finance": {"en": "Finance", "zh": "财务"},
    "auditor": {"en": "Auditor (read only)", "zh": "审计（只读）"},
}
