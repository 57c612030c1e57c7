"""What the plans of the demo companies say."""

from __future__ import annotations

from typing import Any

WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "template": "Open a new segment",
        "about": "Five weeks from the list of targets to the first orders.",
        "steps": ("Choose thirty target customers", "Visit the ten largest", "Send samples",
                  "Agree on prices for the segment", "Make offers", "Look at what was won"),
        "strategies": (
            ("Win hospitals with service bundles",
             "If we bundle service with devices, hospitals order more, because they plan for the "
             "cost of a whole year."),
            ("Move small customers to the distributors",
             "If distributors serve small customers, our people have more time for large ones, and "
             "the whole grows."),
        ),
        "over": ("Raise list prices by three percent",
                 "If prices rise by three percent, revenue rises, because few customers compare.",
                 "Revenue rose less than prices: small customers bought less."),
        "objectives": ("Hospitals of the north", "Private clinics", "Large laboratories",
                       "Ten new distributors", "Less time for grade C", "Keep the ten largest"),
        "resources": "Two demo devices, one service engineer",
        "carried": "The customer was away",
        "weekly": "Clean up my pipeline",
        "visit": "Prepare the visit of the quarter",
        "good": ("Two large visits went well.", "The bundle is liked.", "All offers are out."),
        "bad": ("Samples came late.", "One decision was put off.", "Too few calls on Friday."),
        "following": ("Visit the three left.", "Chase open offers.", "Train the new distributor."),
        "comments": ("Good. Take the service engineer along.", "Let us talk about the late one.",
                     "Well done."),
    },
    "zh": {
        "template": "开拓新细分市场",
        "about": "从目标客户名单到首批订单，共五周。",
        "steps": ("选定三十家目标客户", "拜访最大的十家", "寄送样品", "确定该市场的价格",
                  "提交报价", "复盘成交情况"),
        "strategies": (
            ("用服务套餐赢得医院",
             "如果把服务与设备打包，医院会订得更多，因为他们按全年成本做预算。"),
            ("小客户转由经销商服务",
             "如果由经销商服务小客户，销售就有更多时间做大客户，总量会增长。"),
        ),
        "over": ("目录价上调百分之三", "如果价格上调百分之三，收入会增长，因为很少有客户比价。",
                 "收入增幅小于价格涨幅：小客户买得更少。"),
        "objectives": ("北区医院", "民营诊所", "大型实验室", "新增十家经销商", "减少 C 级客户投入",
                       "守住前十大客户"),
        "resources": "两台演示机，一名服务工程师",
        "carried": "客户出差",
        "weekly": "清理我的商机",
        "visit": "准备本季度拜访",
        "good": ("两次重要拜访进展顺利。", "客户喜欢套餐。", "报价已全部发出。"),
        "bad": ("样品到得晚。", "一项决定被推迟。", "周五电话太少。"),
        "following": ("拜访剩下的三家。", "跟进未决报价。", "培训新经销商。"),
        "comments": ("不错，下次带上服务工程师。", "逾期的那项我们谈一下。", "做得好。"),
    },
}  # fmt: skip
