"""A plan with tiers for everybody who sells, over the last months."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Company, today
from plugin_api.models import model_of
from plugin_api.periods import month_start
from plugins.incentives import demo_growth
from plugins.incentives.models import (
    Adjustment,
    Component,
    Dispute,
    Participant,
    Payout,
    Plan,
    Statement,
    Step,
    Version,
)
from plugins.incentives.services import posting

WORDS = {
    "en": {
        "plan": "Sales commission", "sales": "Commission on sales",
        "terms": "Each part of what is collected in a month is paid at the rate of its own tier. "
                 "Returns lower the month in which they were sold.",
        "draft": "Higher rates, but all at the rate reached", "payout": "Payout",
        "reason": "Correction for a deal that was credited late",
        "dispute": "A deal of last month is missing",
    },
    "zh": {
        "plan": "销售提成方案", "sales": "销售提成",
        "terms": "每月回款按超额累进比例计提成。退货冲减原销售月份。",
        "draft": "提高比例，改为全额累进", "payout": "提成发放",
        "reason": "补记迟归属商机的提成", "dispute": "上月一笔商机未计入",
    },
}  # fmt: skip
RATES = ((0, "5"), (100_000, "7"), (200_000, "10"))
MONTHS = 6


def load(company: Company, seed: int) -> None:
    """Fill a company that sells; one that has plans is left as it is."""
    if host().session.scalar(sa.select(Plan.id).limit(1)) is not None:
        return
    keys = {measure.key for measure in host().measures.all()}
    key = next((k for k in ("sales.collected", "crm.won_amount") if k in keys), None)
    people = _sellers()
    if key is None or not people:
        return
    words = WORDS["zh" if company.language.startswith("zh") else "en"]
    records, first = host().records, month_start(today())
    start = month_start(first, -MONTHS)
    plan = records.create(Plan, {"name": words["plan"], "period": "month"})
    version = _version(plan, start, words, key, "marginal")
    records.transition(version, "publish")
    for id_, draw in zip(people, [*(100_000,), *[None] * len(people)], strict=False):
        records.create(
            Participant, {"plan_id": plan.id, "user_id": id_, "starts_on": start, "draw": draw}
        )
    posting.calculate(plan)
    _pay(plan, first, words)
    draft = _version(plan, month_start(first, 1), words, key, "slab")
    records.update(draft, {"reason": words["draft"]})
    demo_growth.load(company.language, people)


def _version(plan: Plan, start: dt.date, words: dict[str, str], key: str, rule: str) -> Version:
    records = host().records
    version = records.create(
        Version,
        {"plan_id": plan.id, "valid_from": start, "terms": words["terms"], "cap": 2_000_000},
    )
    part = records.create(
        Component,
        {"plan_version_id": version.id, "name": words["sales"], "measure": key, "rule": rule},
    )
    records.create_many(
        Step,
        [{"component_id": part.id, "start": Decimal(at), "rate": Decimal(rate)}
         for at, rate in RATES],
    )  # fmt: skip
    return version


def _pay(plan: Plan, first: dt.date, words: dict[str, str]) -> None:
    """All but the last month is approved and paid; of that one something is disputed."""
    records, session = host().records, host().session
    asked = sa.select(Statement).where(Statement.plan_id == plan.id, Statement.end < first)
    statements = session.scalars(asked.order_by(Statement.start, Statement.id)).all()
    if not statements:
        return
    last = statements[-1].start
    for statement in statements:
        if statement.start < last:
            records.transition(statement, "approve")
    payout = records.create(Payout, {"name": f"{words['payout']} {last:%Y-%m}"})
    records.transition(payout, "gather")
    if payout.people:
        records.transition(payout, "pay", {"paid_on": last})
    open_ = [each for each in statements if each.start == last]
    records.create(
        Adjustment,
        {"user_id": open_[0].user_id, "plan_id": plan.id, "day": last, "amount": 50_000,
         "reason": words["reason"]},
    )  # fmt: skip
    records.create(Dispute, {"name": words["dispute"], "statement_id": open_[-1].id})


def _sellers() -> list[int]:
    """People who belong to a team and lead none."""
    user: Any = model_of("core.User")
    team: Any = model_of("core.Team")
    leads = sa.select(team.manager_id).where(team.manager_id.is_not(None))
    asked = sa.select(user.id).where(
        user.team_id.is_not(None), user.active.is_(True), user.id.not_in(leads)
    )
    return list(host().session.scalars(asked.order_by(user.id)))
