"""A year of cases: most of them solved, some open, some of them critical."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Company, clock_at, now
from plugin_api.models import model_of
from plugins.crm.api import Account, Contact
from plugins.service.models import Case, Member, Queue
from plugins.service.services import starting

CASES = 90
DAYS = 330
WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "fault": ("The machine stops after an hour", "Wrong part delivered", "Display stays dark"),
        "question": ("Which oil is the right one?", "How is the report exported?"),
        "complaint": ("Nobody called back", "The invoice is wrong again"),
        "request": ("Training for two new operators", "Please check the installation"),
        "return": ("Two boxes came damaged", "Exchange against the larger size"),
        "cause": ("Loose connector", "Read the old manual", "Mistake in the address", "Wear"),
        "solution": ("Part exchanged on site.", "Explained on the phone.", "Sent anew by express.",
                     "Setting corrected by remote access."),
        "again": "It has come back.",
        "faults": "Faults and returns",
    },
    "zh": {
        "fault": ("设备运行一小时后停机", "发错了配件", "显示屏不亮"),
        "question": ("应该用哪种润滑油？", "报表怎么导出？"),
        "complaint": ("一直没有人回电话", "发票又开错了"),
        "request": ("为两名新操作员培训", "请上门检查安装情况"),
        "return": ("两箱货物运输破损", "换成大一号的"),
        "cause": ("接头松动", "看的是旧版说明书", "地址写错", "正常磨损"),
        "solution": ("已上门更换配件。", "已电话说明。", "已加急补发。", "已远程调整设置。"),
        "again": "问题再次出现。",
        "faults": "故障与退换",
    },
}  # fmt: skip
KINDS = ("fault", "question", "complaint", "request", "return")
PRIORITIES = ("critical", "high", "normal", "normal", "normal", "low")
CHANNELS = ("phone", "phone", "wechat", "mail", "web")


def load(company: Company, seed: int) -> None:
    """Fill a company that has customers; one that has cases is left as it is."""
    if host().session.scalar(sa.select(Case.id).limit(1)) is not None:
        return
    starting.fill(company)
    words = WORDS["zh" if company.language.startswith("zh") else "en"]
    chance = random.Random(seed)
    accounts = (
        host()
        .session.execute(
            sa.select(Account.id, Account.owner_id)
            .where(Account.archived.is_(False))
            .order_by(Account.id)
            .limit(60)
        )
        .all()
    )
    if not accounts:
        return
    _members(words["faults"])
    asked = (
        sa.select(Contact.account_id, sa.func.min(Contact.id))
        .where(Contact.account_id.in_([row[0] for row in accounts]))
        .group_by(Contact.account_id)
    )
    contacts = {row[0]: row[1] for row in host().session.execute(asked)}  # fmt: skip
    product: Any = model_of("catalog.Product")
    products = list(host().session.scalars(sa.select(product.id).order_by(product.id).limit(12)))
    zone = ZoneInfo(company.timezone)
    today = now().astimezone(zone).date()
    for number in range(CASES):
        # The nearer to today, the more of them.
        day = today - dt.timedelta(days=int(DAYS * (1 - number / CASES) ** 2) + 1)
        hour = dt.time(chance.randint(8, 17), chance.randint(0, 59))
        opened = dt.datetime.combine(day, hour, zone)
        account_id = chance.choice(accounts)[0]
        kind = chance.choice(KINDS)
        with clock_at(opened):
            case = host().records.create(
                Case,
                {
                    "name": chance.choice(words[kind]), "kind": kind, "account_id": account_id,
                    "contact_id": contacts.get(account_id), "channel": chance.choice(CHANNELS),
                    "priority": chance.choice(PRIORITIES),
                    "product_id": chance.choice(products) if products else None,
                },
            )  # fmt: skip
        _follow(chance, case, opened, words)


def _members(name: str) -> None:
    """Two reps look after everything, one of them after faults and returns too."""
    user: Any = model_of("core.User")
    role: Any = model_of("core.Role")
    asked = (
        sa.select(user.id).join(role, role.id == user.role_id)
        .where(user.active, role.code == "rep").order_by(user.id).limit(3)
    )  # fmt: skip
    people = list(host().session.scalars(asked))
    if not people:
        return
    general = host().session.scalars(sa.select(Queue).order_by(Queue.id).limit(1)).one()
    faults = host().records.create(
        Queue,
        {"name": name, "position": 10, "condition": "kind__in=fault,return", "method": "least"},
    )
    for queue, members in ((general, people), (faults, people[:2])):
        for user_id in members:
            host().records.create(Member, {"queue_id": queue.id, "user_id": user_id})


def _follow(chance: random.Random, case: Case, opened: dt.datetime, words: dict[str, Any]) -> None:
    """Answer, ask back, solve, close; of the last weeks some stay open."""
    age = (now() - opened).days
    at = opened + dt.timedelta(minutes=chance.choice((5, 12, 25, 60, 200, 900)))
    if age < 2 and chance.random() < 0.6:
        return
    at = _move(case, "answer", at)
    if chance.random() < 0.3:
        at = _move(case, "wait", at + dt.timedelta(minutes=20))
        if age < 12 and chance.random() < 0.5:
            return
        at = _move(case, "resume", at + dt.timedelta(hours=chance.randint(2, 30)))
    if age < 12 and chance.random() < 0.6:
        return
    solved = {"cause": chance.choice(words["cause"]), "solution": chance.choice(words["solution"])}
    at = _move(case, "solve", at + dt.timedelta(minutes=chance.choice((30, 90, 240, 900))), solved)
    if chance.random() < 0.08:
        again = {"reopen_reason": words["again"]}
        at = _move(case, "reopen", at + dt.timedelta(hours=20), again)
        at = _move(case, "solve", at + dt.timedelta(hours=3), solved)
    if age > 12:
        _move(case, "close", at + dt.timedelta(days=7))


def _move(
    case: Case, name: str, at: dt.datetime, values: dict[str, Any] | None = None
) -> dt.datetime:
    at = min(at, now())
    with clock_at(at):
        host().records.transition(case, name, values or {})
    return at
