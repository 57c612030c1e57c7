"""Words that the records of a demo company are made of, by language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """Everything that is said in one language."""

    places: tuple[tuple[str, str, str], ...]
    """City, region and country of accounts."""
    brands: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]
    """What an organisation calls its trade, and its industry."""
    forms: tuple[str, ...]
    name: str
    """How city, brand, trade and legal form make a name."""
    streets: tuple[str, ...]
    surnames: tuple[str, ...]
    given: tuple[str, ...]
    person: str
    titles: tuple[str, ...]
    roles: tuple[str, ...]
    sources: tuple[tuple[str, int], ...]
    """Where business comes from, and how often."""
    steps: tuple[str, ...]
    competitors: tuple[str, ...]
    reasons: tuple[str, ...]
    """Why leads are disqualified."""
    campaigns: tuple[str, ...]


ZH = Words(
    places=(
        ("上海", "上海", "中国"), ("苏州", "江苏", "中国"), ("杭州", "浙江", "中国"),
        ("南京", "江苏", "中国"), ("宁波", "浙江", "中国"), ("无锡", "江苏", "中国"),
        ("深圳", "广东", "中国"), ("广州", "广东", "中国"), ("东莞", "广东", "中国"),
        ("佛山", "广东", "中国"), ("厦门", "福建", "中国"), ("合肥", "安徽", "中国"),
        ("成都", "四川", "中国"), ("武汉", "湖北", "中国"), ("青岛", "山东", "中国"),
        ("天津", "天津", "中国"),
    ),
    brands=(
        "恒远", "鼎盛", "华信", "瑞丰", "明达", "国泰", "新科", "佳美", "东方", "金桥",
        "长青", "天合", "博雅", "汇通", "兴业", "中联", "海川", "德润", "安泰", "永利",
        "宏图", "晨光", "锐捷", "正阳", "同方", "万盛",
    ),
    lines=(
        ("机械", "装备制造"), ("化工", "化工"), ("水务", "水务环保"), ("食品", "食品饮料"),
        ("制药", "医药"), ("新能源", "能源"), ("电子", "电子"), ("汽车零部件", "汽车"),
        ("钢铁", "冶金"), ("环保科技", "水务环保"),
    ),
    forms=("有限公司", "股份有限公司", "集团有限公司"),
    name="{city}{brand}{line}{form}",
    streets=("工业园区 {n} 号", "科技路 {n} 号", "创新大道 {n} 号", "开发区东路 {n} 号"),
    surnames=(
        "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "周", "吴", "徐", "孙", "马", "朱",
        "胡", "林", "郭", "何", "高", "罗", "郑", "梁", "谢", "宋", "唐", "许",
    ),
    given=(
        "建国", "志强", "晓明", "丽华", "海燕", "文杰", "俊峰", "雅琴", "国庆", "思远", "佳怡",
        "天宇", "春梅", "振华", "晓东", "雪莹", "浩然", "敏", "伟", "静", "磊", "婷", "勇",
        "娟", "涛", "玲",
    ),
    person="{surname}{given}",
    titles=("采购经理", "设备部主任", "生产总监", "技术总监", "总经理", "仪表工程师", "能源主管"),
    roles=("决策人", "影响人", "使用人", "采购", "技术把关"),
    sources=(
        ("老客户", 30), ("官网", 22), ("展会", 18), ("转介绍", 14), ("电话拓展", 10), ("渠道", 6),
    ),
    steps=(
        "约现场勘查", "发送修改后的报价", "与采购确认付款条件", "安排技术交流", "等待预算批复",
        "寄送样机测试", "准备投标文件",
    ),
    competitors=("恩德仪表", "西川自控", "横滨测控", "本地厂商"),
    reasons=("没有需求", "联系不上", "预算不足", "重复线索", "学生咨询"),
    campaigns=("春季展会", "网络研讨会", "老客户回访", "秋季展会"),
)  # fmt: skip

EN = Words(
    places=(
        ("Hamburg", "Hamburg", "Germany"), ("Bremen", "Bremen", "Germany"),
        ("Munich", "Bavaria", "Germany"), ("Leipzig", "Saxony", "Germany"),
        ("Rotterdam", "South Holland", "Netherlands"), ("Antwerp", "Flanders", "Belgium"),
        ("Lyon", "Auvergne-Rhône-Alpes", "France"), ("Milan", "Lombardy", "Italy"),
        ("Turin", "Piedmont", "Italy"), ("Bilbao", "Basque Country", "Spain"),
        ("Valencia", "Valencia", "Spain"), ("Aarhus", "Jutland", "Denmark"),
        ("Gothenburg", "Västra Götaland", "Sweden"), ("Leeds", "Yorkshire", "United Kingdom"),
        ("Chicago", "Illinois", "United States"), ("Houston", "Texas", "United States"),
    ),
    brands=(
        "Brandt", "Calder", "Denholm", "Elmqvist", "Ferrand", "Grönland", "Hallam", "Ibarra",
        "Jansen", "Keller", "Lindholm", "Moretti", "Norrby", "Oakhurst", "Pallas", "Quint",
        "Rivetti", "Sandvik Bay", "Torvald", "Umberto", "Vandaele", "Westmark", "Yardley",
        "Zenith", "Arcadia", "Bellamy",
    ),
    lines=(
        ("Machinery", "Machinery"), ("Chemicals", "Chemicals"), ("Water", "Utilities"),
        ("Foods", "Food and drink"), ("Pharma", "Pharmaceuticals"), ("Energy", "Energy"),
        ("Electronics", "Electronics"), ("Automotive", "Automotive"), ("Steel", "Metals"),
        ("Brewery", "Food and drink"),
    ),
    forms=("GmbH", "AG", "Ltd", "BV", "SpA", "SA", "AB", "Inc"),
    name="{brand} {line} {form}",
    streets=("{n} Harbour Road", "{n} Mill Lane", "{n} Industry Park", "{n} Station Street"),
    surnames=(
        "Becker", "Olsen", "Rossi", "Martin", "Clarke", "Novak", "Visser", "Garcia", "Meyer",
        "Laurent", "Hughes", "Ferrari", "Nielsen", "Dubois", "Walker", "Schmidt", "Romero",
        "Jensen", "Peeters", "Andersson", "Turner", "Moreau", "Wolf", "Costa", "Bennett",
    ),
    given=(
        "Anna", "Bruno", "Carla", "David", "Eva", "Frank", "Gina", "Henrik", "Ines", "Jan",
        "Karin", "Luca", "Marta", "Nils", "Olivia", "Peter", "Quentin", "Rosa", "Stefan",
        "Tina", "Ulrich", "Vera", "William", "Yasmin", "Zoe",
    ),
    person="{given} {surname}",
    titles=(
        "Purchasing manager", "Plant manager", "Head of production", "Technical director",
        "Managing director", "Instrument engineer", "Energy manager",
    ),
    roles=("Decides", "Advises", "Uses it", "Buys", "Checks"),
    sources=(
        ("Existing customer", 30), ("Website", 22), ("Trade fair", 18), ("Referral", 14),
        ("Cold call", 10), ("Partner", 6),
    ),
    steps=(
        "Visit the plant", "Send the revised quote", "Agree on payment terms",
        "Technical workshop", "Wait for the budget", "Send a unit on trial", "Prepare the tender",
    ),
    competitors=("Endrik Instruments", "Westflow", "Yokota", "A local maker"),
    reasons=("No need", "Cannot be reached", "No budget", "Duplicate", "Student"),
    campaigns=("Spring fair", "Webinar", "Win-back", "Autumn fair"),
)  # fmt: skip


def words_of(language: str) -> Words:
    """Chinese for Chinese companies, else English."""
    return ZH if language.startswith("zh") else EN
