"""What analyses of demo companies say, in Chinese and English."""

from __future__ import annotations

from typing import Any

WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "name": "Where we stand", "rival": "Northwind Devices",
        "about_rival": "What we are up against",
        "workshop": "Region East", "territory": "East",
        "summary": "Service carries us; price and delivery are where we lose.",
        "survey": ("Customer survey", "Nine of ten customers name it."),
        "press": ("Trade journal", "Reported this quarter."),
        "items": (
            ("strength", "Service within a day", "service", "0.30", 5),
            ("strength", "Known in every large hospital", "brand", "0.20", 4),
            ("strength", "Engineers who sell", "people", "0.10", 3),
            ("weakness", "Prices above the market", "price", "0.25", 4),
            ("weakness", "Deliveries two weeks late", "product", "0.15", 3),
            ("opportunity", "Hospitals renew their equipment", "demand", "0.40", 4),
            ("opportunity", "Public money for rural clinics", "law", "0.15", 3),
            ("threat", "A cheap rival from abroad", "rivals", "0.30", 4),
            ("threat", "Budgets are cut", "economy", "0.15", 3),
        ),
        "rivals": (
            ("strength", "Half our price", "price", "0.50", 5),
            ("strength", "Large advertising budget", "brand", "0.15", 3),
            ("weakness", "No service of its own", "service", "0.25", 4),
            ("weakness", "Devices fail early", "product", "0.10", 4),
            ("opportunity", "Tenders go by price", "demand", "0.60", 4),
            ("threat", "Stricter approval of devices", "law", "0.40", 4),
        ),
        "went": ("threat", "Shortage of chips", "economy", 3),
        "options": (
            (0, 5, 3, "Service contracts with every renewal", "If we sell devices with a service"
             " contract, hospitals renew with us, because they plan a whole year's cost."),
            (3, 7, 2, "A plain model for price tenders", "If we offer a plain model, we win tenders"
             " that go by price, because half of them ask for no more."),
            (1, 7, 2, "References against the cheap rival", None),
        ),
    },
    "zh": {
        "name": "我们的处境", "rival": "北风器械", "about_rival": "主要对手分析",
        "workshop": "华东区域研讨", "territory": "华东",
        "summary": "服务是我们的支柱；价格与交付是失单原因。",
        "survey": ("客户调查", "十位客户中有九位提到。"),
        "press": ("行业期刊", "本季度报道。"),
        "items": (
            ("strength", "一天内上门服务", "service", "0.30", 5),
            ("strength", "各大医院均知晓品牌", "brand", "0.20", 4),
            ("strength", "懂技术的销售工程师", "people", "0.10", 3),
            ("weakness", "价格高于市场", "price", "0.25", 4),
            ("weakness", "交付晚两周", "product", "0.15", 3),
            ("opportunity", "医院更新设备", "demand", "0.40", 4),
            ("opportunity", "基层医疗财政资金", "law", "0.15", 3),
            ("threat", "境外低价对手进入", "rivals", "0.30", 4),
            ("threat", "预算压缩", "economy", "0.15", 3),
        ),
        "rivals": (
            ("strength", "价格只有我们的一半", "price", "0.50", 5),
            ("strength", "广告投入大", "brand", "0.15", 3),
            ("weakness", "没有自己的服务团队", "service", "0.25", 4),
            ("weakness", "设备故障早", "product", "0.10", 4),
            ("opportunity", "招标以价格为准", "demand", "0.60", 4),
            ("threat", "器械审批趋严", "law", "0.40", 4),
        ),
        "went": ("threat", "芯片短缺", "economy", 3),
        "options": (
            (0, 5, 3, "设备更新搭配服务合同",
             "如果设备与服务合同一并销售，医院会选择我们，因为他们按全年成本做预算。"),
            (3, 7, 2, "面向价格招标的基础型号",
             "如果提供基础型号，就能赢得以价格为准的招标，因为半数招标要求不高。"),
            (1, 7, 2, "以标杆客户应对低价对手", None),
        ),
    },
}  # fmt: skip
