"""What the demo says."""

from __future__ import annotations

from typing import Any

WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "grading": "By revenue",
        "policies": (
            ("A", "Key accounts", 30, "manager", "Partner prices", 4,
             "A review each quarter, and a second contact who stands in."),
            ("B", "Accounts to grow", 60, "any", "List less 5 %", 8, None),
            ("C", "Standard care", 120, "any", "List prices", 24, None),
            ("D", "By telephone", 240, "any", "List prices", 48, None),
        ),
        "segments": ("Large organisations", "Customers that buy", "Guests of the autumn fair"),
        "personas": (
            {"name": "Head of plant in a large group", "condition": "size__in=large,enterprise",
             "contact_condition": "title__isnull=false",
             "description": "Answers for the output of several sites and for what stands still.",
             "needs": "Reliable dates and one partner for all sites.",
             "pains": "Downtime, and suppliers who blame each other.",
             "triggers": "A new line, an audit, a failure.",
             "objections": "A change of supplier is a risk.",
             "buying_role": "Head of plant, with purchasing and finance",
             "channels": "Visit, fair, reference", "budget": 50_000_000,
             "playbook": "Begin with a pilot on one line and bring a reference of the trade."},
            {"name": "Owner of a small firm", "condition": "size__in=micro,small",
             "description": "Decides alone and fast, and does it beside everything else.",
             "needs": "A price that is clear, and somebody who comes.",
             "pains": "No time, no department for it.",
             "objections": "Too large for us, too dear.",
             "buying_role": "The owner", "channels": "Telephone, recommendation",
             "budget": 3_000_000,
             "playbook": "One offer, one page, one call two days later."},
        ),
        "reasons": ("A pilot for the whole group: next year’s largest order",
                    "Reference that brings us two more"),
    },
    "zh": {
        "grading": "按销售额分级",
        "policies": (
            ("A", "重点客户", 30, "manager", "伙伴价", 4, "每季度复盘一次，并安排第二联系人。"),
            ("B", "成长客户", 60, "any", "目录价 95 折", 8, None),
            ("C", "标准服务", 120, "any", "目录价", 24, None),
            ("D", "电话维护", 240, "any", "目录价", 48, None),
        ),
        "segments": ("大型企业", "活跃采购客户", "秋季展会来宾"),
        "personas": (
            {"name": "大型集团厂长", "condition": "size__in=large,enterprise",
             "contact_condition": "title__isnull=false",
             "description": "对多个厂区的产量与停机负责。",
             "needs": "交期可靠，所有厂区由一家伙伴负责。",
             "pains": "停机，以及供应商互相推诿。",
             "triggers": "新产线、审核、故障。",
             "objections": "更换供应商有风险。",
             "buying_role": "厂长，采购与财务参与",
             "channels": "拜访、展会、标杆案例", "budget": 50_000_000,
             "playbook": "先在一条产线试点，并带上同行业标杆案例。"},
            {"name": "小企业老板", "condition": "size__in=micro,small",
             "description": "独自快速决策，兼管一切。",
             "needs": "价格清楚，有人上门。",
             "pains": "没有时间，没有专门部门。",
             "objections": "太大、太贵。",
             "buying_role": "老板本人", "channels": "电话、转介绍",
             "budget": 3_000_000,
             "playbook": "一份报价、一页纸，两天后回访一次。"},
        ),
        "reasons": ("集团试点项目，明年可能是最大的订单", "标杆客户，已带来两家新客户"),
    },
}  # fmt: skip
