"""Contracts of good customers: most in force, some that end soon, one with a version."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Company, clock_at, now, today
from plugins.contracts.models import Contract, Instalment, Obligation
from plugins.contracts.services import flow, terms
from plugins.crm.api import Account

WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "names": {"service": "Maintenance of machines", "framework": "Framework for deliveries",
                  "licence": "Yearly licence", "sale": "Delivery of a line"},
        "plan": ("Deposit", "On start", "Rest"),
        "promises": ("Report of the quarter", "Inspection on site", "Training of operators"),
        "terms": "As discussed. Prices hold for the whole term.",
        "reason": "More machines", "ended": "The plant was closed.",
    },
    "zh": {
        "names": {"service": "设备维护合同", "framework": "供货框架协议", "licence": "年度许可合同",
                  "sale": "生产线销售合同"},
        "plan": ("预付款", "生效款", "尾款"),
        "promises": ("季度报告", "现场巡检", "操作培训"),
        "terms": "按双方约定执行，合同期内价格不变。",
        "reason": "增加设备", "ended": "工厂关闭。",
    },
}  # fmt: skip
NUMBER = 24


def load(company: Company, seed: int) -> None:
    """Fill a company that has customers; one that has contracts is left as it is."""
    if host().session.scalar(sa.select(Contract.id).limit(1)) is not None:
        return
    words = WORDS["zh" if company.language.startswith("zh") else "en"]
    chance = random.Random(seed)
    asked = sa.select(Account.id, Account.owner_id, Account.name).where(
        Account.archived.is_(False), Account.owner_id.is_not(None)
    )
    accounts = host().session.execute(asked.order_by(Account.id).limit(NUMBER)).all()
    for number, (account_id, owner_id, _name) in enumerate(accounts):
        ago = chance.choice((20, 60, 150, 290, 340, 355, 400)) if number % 6 else 5
        with clock_at(now() - dt.timedelta(days=ago)):
            made = _draft(chance, account_id, owner_id, words)
            if number % 8 == 7:
                continue
            host().records.transition(made, "release")
            if number % 6 == 0:
                continue
            host().records.transition(made, "sign")
        if number == 2:
            _amend(made, words["reason"])
        elif number == 5:
            why = {"termination_reason": words["ended"]}
            host().records.transition(made, "terminate", why)
    flow.run_days()
    _fulfil(chance)


def _fulfil(chance: random.Random) -> None:
    """What was due is done, but for a few."""
    over = sa.select(Obligation).where(Obligation.state == "open", Obligation.due_on < today())
    for each in host().session.scalars(over.order_by(Obligation.id)).all():
        if chance.random() < 0.85:
            host().records.transition(each, "done", {"done_on": each.due_on})


def _draft(
    chance: random.Random, account_id: int, owner_id: int | None, words: dict[str, Any]
) -> Contract:
    kind = chance.choice(tuple(words["names"]))
    start = today()
    made = host().records.create(
        Contract,
        {
            "name": words["names"][kind], "kind": kind, "account_id": account_id,
            "owner_id": owner_id, "value": chance.randint(20, 400) * 100_000, "starts_on": start,
            "ends_on": terms.months_later(start, 12) - dt.timedelta(days=1),
            "renewal": chance.choice(("ask", "ask", "auto", "none")), "notice_days": 30,
            "terms": words["terms"],
        },
    )  # fmt: skip
    for position, (name, share, rule, days) in enumerate(
        zip(words["plan"], (30, 50, 20), ("signed", "starts", "starts"), (7, 30, 180), strict=True)
    ):
        host().records.create(
            Instalment,
            {"contract_id": made.id, "name": name, "position": position + 1,
             "share": Decimal(share), "due_rule": rule, "due_days": days},
        )  # fmt: skip
    for step, name in enumerate(words["promises"]):
        host().records.create(
            Obligation,
            {"contract_id": made.id, "name": name, "due_on": start + dt.timedelta(
                days=60 + 120 * step)},
        )  # fmt: skip
    return made


def _amend(contract: Contract, reason: str) -> None:
    said = host().records.transition(contract, "amend", {"change_reason": reason})
    made: Any = said["open"]
    host().records.update(made, {"value": (made.value or 0) * 5 // 4})
    for move in ("release", "sign"):
        host().records.transition(made, move)
