"""Words of the demo register, in Chinese and English."""

from __future__ import annotations

from typing import Any

RISKS: tuple[dict[str, Any], ...] = (
    {"category": "customer", "velocity": "weeks",
     "inherent": (4, 5, 30, 150, 200, 250), "current": (3, 5, 20, 120, 180, 220),
     "residual": (2, 4, 10, 100, 150, 180),
     "en": ("Largest customer moves to another supplier",
            "Late deliveries in summer\nTheir new purchasing manager",
            "The customer ends the framework agreement",
            "Revenue falls by a tenth\nReference is lost",
            ("Meeting of both managements each quarter", "Second source for the key component")),
     "zh": ("最大客户转向其他供应商", "夏季交货延误\n对方采购经理更换", "客户终止框架协议",
            "营收下降一成\n失去标杆案例", ("双方管理层每季度会面", "关键部件第二货源"))},
    {"category": "market", "velocity": "months", "inherent": (3, 4, 25, 50, 120, 300),
     "en": ("Demand for inverters falls", "Subsidies end\nRates of interest rise",
            "Orders of the second half year stay away", "Stock is written down\nShort-time work",
            ()),
     "zh": ("变频器需求下滑", "补贴取消\n利率上升", "下半年订单落空", "库存跌价\n产能闲置", ())},
    {"category": "competition", "velocity": "weeks", "inherent": (4, 3, 45, 30, 60, 110),
     "en": ("Price war in the region", "A competitor has bought a plant nearby",
            "Quotes are lost on price", "Margin falls by four points",
            ("Floor prices with release",)),
     "zh": ("区域价格战", "竞争对手收购了附近的工厂", "报价因价格失利", "毛利率下降四个百分点",
            ("底价放行审批",))},
    {"category": "own", "velocity": "days", "inherent": (3, 3, 20, 10, 25, 60),
     "current": (2, 3, 10, 10, 20, 40),
     "en": ("Two key account managers leave", "Pay below the market\nNo path to grow",
            "They take their contacts along", "Deals stand still for a quarter",
            ("Second contact for each key account",)),
     "zh": ("两名大客户经理离职", "薪酬低于市场\n缺少晋升通道", "带走客户关系", "商机停滞一个季度",
            ("每个大客户配备第二联系人",))},
    {"category": "customer", "velocity": "weeks", "inherent": (3, 2, 35, 5, 12, 20),
     "en": ("Distributor in the south pays late", "His own customers do not pay",
            "An instalment is not paid", "Cash is short", ("Credit limit",)),
     "zh": ("南方经销商拖欠货款", "其下游客户未付款", "分期款未付", "资金紧张", ("信用额度",))},
    {"category": "own", "velocity": "months", "inherent": (2, 5, 5, 100, 300, 800),
     "en": ("Data of customers are disclosed", "Lists are sent as files", "A list gets out",
            "Fine by the authority\nCustomers lose trust", ()),
     "zh": ("客户数据泄露", "名单以文件形式外传", "名单外泄", "监管处罚\n客户失去信任", ())},
)  # fmt: skip
"""Likelihood, impact, probability and losses (least, likely, most, in ten thousands) by level."""
RESPONSES: dict[str, tuple[tuple[int, str, str, str], ...]] = {
    "en": (
        (0, "mitigate", "Keep the framework agreement", ""),
        (1, "accept", "Go on as planned until the autumn fair", ""),
        (4, "transfer", "Insure the receivables", "Trade credit insurer"),
        (5, "avoid", "Send no more lists by mail", "Files with customers outside of the system"),
    ),
    "zh": (
        (0, "mitigate", "保住框架协议", ""),
        (1, "accept", "按计划执行到秋季展会", ""),
        (4, "transfer", "为应收账款投保", "贸易信用保险公司"),
        (5, "avoid", "不再通过邮件发送名单", "系统以外的客户文件"),
    ),
}  # fmt: skip
ACTIONS = {
    "en": ("Invite their new purchasing manager", "Agree delivery days with the works"),
    "zh": ("邀请对方新任采购经理来访", "与工厂商定交货日期"),
}
INCIDENTS = {
    "en": ("Order lost to a price war", "Delivery was late, the customer stayed"),
    "zh": ("因价格战丢单", "交货延误，客户留下"),
}
INDICATORS = {"en": ("Overdue share of receivables", "Win rate"), "zh": ("应收逾期占比", "赢率")}
FINDING = {"en": "Minutes of both meetings are there.", "zh": "两次会议均有纪要。"}
REASON = {"en": "Assessed in the yearly workshop", "zh": "年度研讨会评估"}
