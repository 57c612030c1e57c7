"""Words of the demo, by language."""

from __future__ import annotations

from typing import Any

WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "call": (
            "Ask about the offer",
            "Agree on a date",
            "Follow up on the sample",
            "Say thanks for the order",
        ),
        "meeting": ("Show the product", "Go through the requirements", "Talk about the contract"),
        "visit": ("Visit on site", "Look at the line", "Meet the new buyer"),
        "mail": ("Send the documents", "Answer about delivery", "Send the revised offer"),
        "task": (
            "Prepare the offer",
            "Check the stock",
            "Ask the technicians",
            "Update the forecast",
        ),
        "note": ("Budget comes in autumn", "A competitor was there"),
        "results": (
            "Wants to decide by the end of the month.",
            "Asked for a lower price.",
            "Happy with the last delivery.",
            "Needs the approval of the board.",
            "Will call back.",
            "",
        ),
        "plan": ("New customer", "The first ten working days with a new customer."),
        "steps": (
            ("call", "Welcome and first questions"),
            ("visit", "Get to know each other on site"),
            ("task", "Send the first offer"),
        ),
        "rules": ("A customers every 30 days", "B customers every 60 days"),
        "step": "Late stages have a next step",
        "questions": (
            ("Who was met?", "text", ""),
            ("Are our goods on the shelf?", "yes_no", ""),
            ("Competitor's price", "number", ""),
            ("How was the mood?", "choice", "Good\nMixed\nBad"),
        ),
    },
    "zh": {
        "call": (
            "询问报价意见",
            "约定时间",
            "跟进样品反馈",
            "感谢下单",
        ),
        "meeting": ("产品演示", "需求沟通会", "合同条款讨论"),
        "visit": ("现场拜访", "考察生产线", "拜访新任采购"),
        "mail": ("发送资料", "回复交期", "发送修订报价"),
        "task": (
            "准备报价",
            "确认库存",
            "请教技术部",
            "更新预测",
        ),
        "note": ("秋季有预算", "竞争对手来过"),
        "results": (
            "月底前做决定。",
            "希望降价。",
            "对上次交付很满意。",
            "需要董事会批准。",
            "对方会回电。",
            "",
        ),
        "plan": ("新客户", "新客户的头十个工作日。"),
        "steps": (
            ("call", "欢迎电话与初步了解"),
            ("visit", "上门认识"),
            ("task", "发送首份报价"),
        ),
        "rules": ("A 级客户每 30 天联系", "B 级客户每 60 天联系"),
        "step": "后期阶段必须有下一步",
        "questions": (
            ("见到了谁？", "text", ""),
            ("我们的货上架了吗？", "yes_no", ""),
            ("竞品价格", "number", ""),
            ("气氛如何？", "choice", "好\n一般\n差"),
        ),
    },
}
