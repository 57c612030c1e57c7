"""What demo companies learn, in both languages: the first text is English, the second Chinese."""

from __future__ import annotations

from typing import Any

SKILLS: tuple[tuple[str, str, str, int], ...] = (
    ("selling", "Finding needs", "需求挖掘", 3),
    ("selling", "Negotiating prices", "价格谈判", 3),
    ("talking", "Talking to executives", "与高层沟通", 2),
    ("product", "Product range", "产品知识", 4),
    ("tools", "Keeping the pipeline", "商机管理工具", 3),
    ("analysis", "Reading sales figures", "销售数据分析", 2),
)
"""Area, name, and the level that a rep needs; a manager needs one more."""

QUESTIONS: dict[str, tuple[tuple[str, str, tuple[str, ...], tuple[str, ...], str], ...]] = {
    "needs": (
        ("What does an open question begin with?", "开放式问题通常以什么开头?",
         ("How or what", "Do you", "Is it"), ("怎么样、什么", "您是否", "是不是"), "1"),
        ("When is the price named in a first talk?", "初次沟通中何时报价?",
         ("At once", "Once the need is understood", "Never"),
         ("一开始", "了解需求之后", "从不"), "2"),
        ("What does summing up show the customer?", "复述客户需求能体现什么?",
         ("That you have listened", "That time is short", "Nothing"),
         ("您认真倾听了", "时间不多了", "没有作用"), "1"),
        ("Which of these are signs of a real need?", "以下哪些说明需求真实存在?",
         ("A budget", "A date", "A friendly tone"), ("有预算", "有时间表", "态度友好"), "1,2"),
        ("How much of a first talk should the customer speak, in percent?",
         "初次沟通中客户说话应占百分之几?", (), (), "70 ± 10"),
        ("Who decides in a buying centre?", "采购中心里谁来决策?",
         ("Several people", "Only the buyer", "Nobody"),
         ("多人共同决定", "只有采购员", "没有人"), "1"),
    ),
    "pipeline": (
        ("When is an opportunity moved to the next stage?", "商机何时进入下一阶段?",
         ("When the customer has taken a step", "At the end of the month", "When one likes"),
         ("客户采取了行动之后", "月底", "随时"), "1"),
        ("What belongs into every open opportunity?", "每个进行中的商机都必须有什么?",
         ("A next step with a day", "A discount", "A joke"),
         ("带日期的下一步", "折扣", "玩笑"), "1"),
        ("What is done with one that has no answer for ninety days?", "九十天没有回应的商机怎么办?",
         ("Close it as lost with the reason", "Leave it", "Double the amount"),
         ("注明原因并关闭", "放着不管", "金额翻倍"), "1"),
        ("What share of wins is 6 of 24, in percent?", "24 个商机赢下 6 个,赢率是百分之几?",
         (), (), "25"),
    ),
}  # fmt: skip

COURSES: tuple[dict[str, Any], ...] = (
    {
        "key": "needs", "name": ("Finding needs", "需求挖掘"), "area": "selling", "skill": 0,
        "level": 3, "hours": 6, "cost": 300, "fixed_cost": 6000, "budget": 12000,
        "quiz": ("Test: finding needs", "需求挖掘测试"), "pretest": True, "certificate": True,
        "valid_months": 24,
        "summary": (
            "Lead a first talk so that the customer speaks, and sum up what they need.",
            "主导初次沟通,让客户多说,并准确概括其需求。",
        ),
        "behaviours": (
            "Asks open questions\nSums up before offering\nNames the next step",
            "使用开放式提问\n报价前先概括需求\n约定下一步",
        ),
        "lessons": (
            ("text", ("Why customers buy", "客户为什么购买"),
             ("People buy to solve something. Ask what happens if nothing changes.",
              "客户购买是为了解决问题。请追问:如果维持现状会怎样?")),
            ("video", ("A first talk, watched", "观摩一次初次沟通"),
             ("Note every open question that you hear.", "记下您听到的每个开放式问题。")),
            ("checklist", ("Before the talk", "沟通前的准备"),
             ("Read the customer's page\nWrite three open questions\nSet a goal for the talk",
              "查看客户页面\n写下三个开放式问题\n设定本次沟通目标")),
        ),
    },
    {
        "key": "pipeline", "name": ("A clean pipeline", "规范管理商机"), "area": "tools",
        "skill": 4, "level": 3, "hours": 2, "cost": 80, "fixed_cost": 1500, "budget": 3000,
        "quiz": ("Test: pipeline", "商机管理测试"), "pretest": False, "certificate": True,
        "valid_months": 12,
        "summary": (
            "Keep opportunities so that the forecast can be trusted.",
            "规范维护商机,让预测可信。",
        ),
        "behaviours": (
            "Every open opportunity has a next step\nLost ones say why",
            "每个商机都有下一步\n丢单注明原因",
        ),
        "lessons": (
            ("text", ("Stages and what they mean", "各阶段的含义"),
             ("A stage says what the customer has done, not what we hope.",
              "阶段说明客户做了什么,而不是我们希望什么。")),
            ("exercise", ("Write up what you do", "记录您的工作"),
             ("Note your calls and visits of a week.", "记录一周的电话和拜访。")),
        ),
    },
    {
        "key": "", "name": ("Talking prices", "价格谈判技巧"), "area": "selling", "skill": 1,
        "level": 3, "hours": 4, "cost": 250, "fixed_cost": 2000, "budget": 5000, "quiz": None,
        "pretest": False, "certificate": False, "valid_months": None,
        "summary": ("Defend a price with value.", "用价值守住价格。"),
        "behaviours": ("Gives nothing away without a return", "不做无回报的让步"),
        "lessons": (
            ("text", ("Give and take", "有让有得"),
             ("Ask for something whenever you give something.", "每次让步都要换回一点什么。")),
        ),
    },
    {
        "key": "", "name": ("Reading sales figures", "读懂销售数据"), "area": "analysis",
        "skill": 5, "level": 2, "hours": 3, "cost": 0, "fixed_cost": 800, "budget": 800,
        "quiz": None, "pretest": False, "certificate": False, "valid_months": None,
        "summary": ("Find in the figures where a funnel leaks.", "从数据中找出漏斗的漏点。"),
        "behaviours": ("Names the weakest step of the own funnel", "说得出自己漏斗中最弱的一步"),
        "lessons": (
            ("text", ("Rates and their spread", "比率与波动"),
             ("Two wins of three are no rate yet.", "三单赢两单还算不上赢率。")),
        ),
    },
    {
        "key": "", "name": ("Customers online", "网络营销入门"), "area": "online", "skill": None,
        "level": None, "hours": 2, "cost": 60, "fixed_cost": 500, "budget": 1000, "quiz": None,
        "pretest": False, "certificate": False, "valid_months": None,
        "summary": ("Find customers where they search.", "在客户搜索的地方找到客户。"),
        "behaviours": ("", ""),
        "lessons": (
            ("text", ("Where customers look", "客户在哪里找"),
             ("Search for your product as a customer would.", "像客户那样搜索您的产品。")),
        ),
    },
)  # fmt: skip

WHY = ("New here", "新员工入职")
NOTE = ("Seen on a joint visit.", "陪访时观察所得。")

PATH = ("First three months", "新人前三个月")
RULES = (
    ("Whoever is new", "新员工", "joiner"),
    ("Short of finding needs", "需求挖掘不足", "gap"),
    ("Certificates that end", "证书到期续训", "expiry"),
    ("Not seen at work", "工作中未做到", "failed"),
)
SESSION = ("Practice in pairs", "两人演练")
PLACE = ("Room 2", "二号会议室")
LADDER = ("Sales", "销售序列")
LEVELS = (
    ("Sales representative", "业务代表"),
    ("Senior sales representative", "高级业务代表"),
    ("Key account manager", "大客户经理"),
)
COACHING = (
    ("Ask more before offering", "报价前多提问", "coaching"),
    ("Learn to read sales figures", "学会看销售数据", "goal"),
)
TALK = (
    (
        "Two visits together; sums up well, names prices too early.",
        "两次陪访：善于概括，但报价过早。",
    ),
    ("Three open questions before any price.", "报价之前先问三个开放式问题。"),
)
COMMENT = ("More examples of our own customers.", "希望多一些我们自己客户的案例。")
SEEN = ("On two visits.", "两次陪访所见。")
