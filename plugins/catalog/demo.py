"""Measuring instruments, software and services, with two years of prices."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Company, today
from plugin_api.money import precision
from plugins.catalog.models import Category, Price, Product, Unit

# Category, then its products as name, code, price and unit; prices in euro.
Goods = tuple[tuple[str, tuple[tuple[str, str, int, str], ...]], ...]

PRODUCTS: dict[str, Goods] = {
    "en": (
        ("Sensors", (
            ("Flow meter F200", "F200", 1_850, "pcs"),
            ("Flow meter F400", "F400", 3_400, "pcs"),
            ("Pressure sensor P10", "P10", 320, "pcs"),
            ("Pressure sensor P30", "P30", 690, "pcs"),
            ("Level radar L80", "L80", 2_750, "pcs"),
            ("Temperature probe T5", "T5", 145, "pcs"),
        )),
        ("Analysers", (
            ("Gas analyser G700", "G700", 12_900, "pcs"),
            ("Water analyser W350", "W350", 8_600, "pcs"),
            ("Vibration analyser V90", "V90", 6_200, "pcs"),
        )),
        ("Controllers", (
            ("Controller C16", "C16", 2_300, "pcs"),
            ("Controller C64", "C64", 5_900, "pcs"),
            ("Gateway E2", "E2", 980, "pcs"),
        )),
        ("Software", (
            ("Plant Monitor", "PM", 9_500, "yr"),
            ("Plant Monitor Enterprise", "PM-E", 28_000, "yr"),
            ("Energy Report", "ER", 4_200, "yr"),
        )),
        ("Services", (
            ("Commissioning", "SV-C", 140, "h"),
            ("Calibration", "SV-K", 95, "h"),
            ("Maintenance contract", "SV-M", 3_600, "yr"),
            ("Operator training", "SV-T", 1_200, "pcs"),
        )),
    ),
    "zh": (
        ("传感器", (
            ("流量计 F200", "F200", 1_850, "pcs"),
            ("流量计 F400", "F400", 3_400, "pcs"),
            ("压力传感器 P10", "P10", 320, "pcs"),
            ("压力传感器 P30", "P30", 690, "pcs"),
            ("雷达液位计 L80", "L80", 2_750, "pcs"),
            ("温度探头 T5", "T5", 145, "pcs"),
        )),
        ("分析仪", (
            ("气体分析仪 G700", "G700", 12_900, "pcs"),
            ("水质分析仪 W350", "W350", 8_600, "pcs"),
            ("振动分析仪 V90", "V90", 6_200, "pcs"),
        )),
        ("控制器", (
            ("控制器 C16", "C16", 2_300, "pcs"),
            ("控制器 C64", "C64", 5_900, "pcs"),
            ("网关 E2", "E2", 980, "pcs"),
        )),
        ("软件", (
            ("工厂监控", "PM", 9_500, "yr"),
            ("工厂监控企业版", "PM-E", 28_000, "yr"),
            ("能耗报告", "ER", 4_200, "yr"),
        )),
        ("服务", (
            ("安装调试", "SV-C", 140, "h"),
            ("校准", "SV-K", 95, "h"),
            ("维保合同", "SV-M", 3_600, "yr"),
            ("操作培训", "SV-T", 1_200, "pcs"),
        )),
    ),
}  # fmt: skip
ROOT = {"en": "Measurement", "zh": "测量产品"}
"""The category that holds all others."""
IN_EUROS = {"EUR": 1, "USD": 1, "GBP": 1, "CNY": 8, "JPY": 160}
"""What a price in euro is multiplied by, roughly, to be a price elsewhere."""
RISE = Decimal("0.96")
"""Last year's price over this year's."""


def load(company: Company, seed: int) -> None:
    """Fill an empty catalogue; one that holds products is left as it is."""
    session, records = host().session, host().records
    if session.scalar(sa.select(Product.id).limit(1)) is not None:
        return
    language = "zh" if company.language.startswith("zh") else "en"
    chance = random.Random(seed)
    units = {unit.code: unit.id for unit in session.scalars(sa.select(Unit))}
    scale = IN_EUROS.get(company.currency, 1) * 10 ** precision(company.currency)
    root = records.create(Category, {"name": ROOT[language]})
    prices: list[dict[str, Any]] = []
    for group, goods in PRODUCTS[language]:
        category = records.create(Category, {"name": group, "parent_id": root.id})
        for name, code, euros, unit in goods:
            price = euros * scale
            made = records.create(
                Product,
                {
                    "name": name, "code": code, "category_id": category.id,
                    "unit_id": units.get(unit), "list_price": price,
                    "cost": price * chance.randint(38, 62) // 100,
                },
            )  # fmt: skip
            prices += _history(made.id, price)
    records.create_many(Price, prices)


def _history(product_id: int, price: int) -> list[dict[str, Any]]:
    """This year's price and those of the two years before."""
    new_year = date(today().year, 1, 1)
    made = []
    end: date | None = None
    for years in range(3):
        start = date(new_year.year - years, 1, 1)
        made.append(
            {"product_id": product_id, "price": price, "valid_from": start, "valid_to": end}
        )
        price = int(price * RISE)
        end = start - timedelta(days=1)
    return made
