"""A second plan of a demo company, with what the first does not show: rates by product, a table of
two attainments, a condition, sales that are earned over months, beginners, pay abroad."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company, today
from plugin_api.errors import Rejected
from plugin_api.measures import Measure
from plugin_api.models import model_of
from plugin_api.periods import month_start
from plugins.incentives.models import (
    Component,
    Participant,
    Payout,
    Plan,
    Rate,
    Statement,
    Step,
    Version,
)
from plugins.incentives.services import posting

WORDS = {
    "en": {
        "plan": "Growth bonus", "by": "Commission by product", "table": "Sales and new deals",
        "gate": "Extra for who wins often", "lasting": "Contracts, earned over twelve months",
        "terms": "Products pay at rates of their own. What is cancelled within twelve months is "
                 "taken back for the months that are left. Beginners start with half the quota.",
        "payout": "Growth bonus",
    },
    "zh": {
        "plan": "增长激励方案", "by": "分产品提成", "table": "业绩与新单矩阵",
        "gate": "高频成交奖励", "lasting": "合同提成（十二个月内计得）",
        "terms": "各产品按各自比例计提。十二个月内取消的，按剩余月份扣回。新人首月按一半指标计算。",
        "payout": "增长激励发放",
    },
}  # fmt: skip
MONTHS, SHARE = 3, 4
GRID = ((50, 0, 20), (50, 100, 60), (100, 0, 80), (100, 100, 150))
ABROAD = "USD"


def load(language: str, people: list[int]) -> None:
    """The plan, for some of the people, calculated and paid for all months but the last."""
    known = {each.key: each for each in host().measures.all() if isinstance(each, Measure)}
    sold = next((k for k in ("sales.booked_net", "crm.won_amount") if k in known), None)
    counted = next((k for k in ("crm.won_count", "sales.orders") if k in known), None)
    if sold is None or counted is None:
        return
    words = WORDS["zh" if language.startswith("zh") else "en"]
    records, first = host().records, month_start(today())
    start = month_start(first, -MONTHS)
    plan = records.create(Plan, {"name": words["plan"], "period": "month"})
    version = records.create(
        Version, {"plan_id": plan.id, "valid_from": start, "terms": words["terms"]}
    )
    _parts(version, words, known[sold], counted)
    records.transition(version, "publish")
    for number, id_ in enumerate(people[:SHARE]):
        values: dict[str, Any] = {"plan_id": plan.id, "user_id": id_, "starts_on": start}
        if number == 1:
            values["ramp"] = "50, 75"
        elif number == 2 and _is_known(ABROAD, start):
            values["paid_in"] = ABROAD
        elif number == 3:
            values["starts_on"] = month_start(start, 1)
        records.create(Participant, values)
    posting.calculate(plan)
    _pay(plan, month_start(first, -1), words)


def _parts(version: Version, words: dict[str, str], sold: Measure, counted: str) -> None:
    records = host().records

    def part(name: str, position: int, **values: Any) -> Component:
        given = {"plan_version_id": version.id, "name": words[name], "position": position}
        return records.create(Component, {**given, "measure": sold.key, **values})

    by = "product" if "product" in sold.dimensions else "account"
    target = sold.dimensions[by].target
    rates = part("by", 1, rule="table", rated_by=by, rate=Decimal("0.5"))
    if target is not None:
        model: Any = model_of(target)
        ids = host().session.scalars(sa.select(model.id).order_by(model.id).limit(3)).all()
        for id_, rate in zip(ids, ("1.5", "1", "2"), strict=False):
            records.create(
                Rate, {"component_id": rates.id, "value": str(id_), "rate": Decimal(rate)}
            )
    second = {"second_measure": counted, "second_quota": Decimal(2)}
    table = part("table", 2, rule="matrix", variable=100_000, quota=Decimal(150_000), **second)
    records.create_many(
        Step,
        [{"component_id": table.id, "start": Decimal(at), "second_start": Decimal(other),
          "rate": Decimal(pays)} for at, other, pays in GRID],
    )  # fmt: skip
    part("gate", 3, rule="flat", rate=Decimal("0.2"), second_measure=counted, least=Decimal(2))
    if "original" in sold.dimensions:
        part("lasting", 4, rule="flat", rate=Decimal("0.3"), earned_over=12)


def _is_known(code: str, day: dt.date) -> bool:
    """Whether a rate is stored for the currency."""
    own = current_company().currency
    try:
        return own != code and bool(host().rate(code, own, day))
    except Rejected:
        return False


def _pay(plan: Plan, last: dt.date, words: dict[str, str]) -> None:
    """All but the last month is approved and paid."""
    asked = sa.select(Statement).where(Statement.plan_id == plan.id, Statement.start < last)
    statements = host().session.scalars(asked.order_by(Statement.start, Statement.id)).all()
    for statement in statements:
        host().records.transition(statement, "approve")
    payout = host().records.create(Payout, {"name": f"{words['payout']} {last:%Y-%m}"})
    host().records.transition(payout, "gather")
    if payout.people:
        host().records.transition(payout, "pay", {"paid_on": last})
