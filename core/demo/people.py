"""Who works in the demo companies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoTeam:
    """A team, its manager and its members, each as (name, local part of the address)."""

    name: str
    manager: tuple[str, str]
    members: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoCompany:
    """A company to look around in. ``everything``: all plugins, else those of a new company and
    those that build on no other."""

    slug: str
    name: str
    country: str
    currency: str
    timezone: str
    language: str
    everything: bool
    head_office: str
    director: tuple[str, str]
    teams: tuple[DemoTeam, ...]
    others: Mapping[str, tuple[str, str]]
    """Role → the one person who has it, outside of the teams."""

    def address(self, local: str) -> str:
        return f"{local}@{self.slug}.example"


ADMIN = ("admin@xiaoguan.example", {"zh": "周敏", "en": "Morgan Reed"})
"""Administrates both companies with one login."""

COMPANIES = (
    DemoCompany(
        slug="qinghe",
        name="清河科技",
        country="CN",
        currency="CNY",
        timezone="Asia/Shanghai",
        language="zh",
        everything=True,
        head_office="销售中心",
        director=("陈立", "chenli"),
        teams=(
            DemoTeam(
                name="华东区",
                manager=("林悦", "linyue"),
                members=(
                    ("王磊", "wanglei"), ("赵婷", "zhaoting"), ("孙浩", "sunhao"),
                    ("吴倩", "wuqian"),
                ),
            ),
            DemoTeam(
                name="华南区",
                manager=("黄志强", "huangzhiqiang"),
                members=(
                    ("李娜", "lina"), ("郑凯", "zhengkai"), ("冯雪", "fengxue"),
                    ("梁伟", "liangwei"),
                ),
            ),
        ),
        others={
            "analyst": ("徐静", "xujing"),
            "finance": ("何芳", "hefang"),
            "auditor": ("沈明", "shenming"),
            "trainer": ("韩雪", "hanxue"),
        },
    ),
    DemoCompany(
        slug="harbour",
        name="Harbour Instruments",
        country="DE",
        currency="EUR",
        timezone="Europe/Berlin",
        language="en",
        everything=False,
        head_office="Europe",
        director=("Clara Vogt", "clara"),
        teams=(
            DemoTeam(
                name="North",
                manager=("Jonas Weber", "jonas"),
                members=(("Ann Petersen", "ann"), ("Bo Lindqvist", "bo"), ("Cai Morris", "cai")),
            ),
            DemoTeam(
                name="South",
                manager=("Sofia Marino", "sofia"),
                members=(("Dario Conti", "dario"), ("Elena Ruiz", "elena")),
            ),
        ),
        others={
            "analyst": ("Felix Braun", "felix"),
            "finance": ("Greta Holm", "greta"),
            "auditor": ("Hugo Lange", "hugo"),
            "trainer": ("Ida Berg", "ida"),
        },
    ),
)  # fmt: skip
