"""A catalogue, values, kudos, a vote and two contests, over the last weeks."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import SYSTEM, Company, acting_as, clock_at, now, today
from plugin_api.models import model_of
from plugins.rewards.models import (
    Award,
    Budget,
    Contest,
    Grant,
    Kudos,
    Nomination,
    Prize,
    Reward,
    Round,
    Value,
)

WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "values": (("Customers first", "We solve their problem before we sell."),
                   ("One team", "We win and lose together."), ("Say it straight", None)),
        "kudos": ("Stayed late to get the offer out", "Shared the contact that opened the door",
                  "Told the customer the truth about the date",
                  "Took over my visits while I was ill",
                  "Explained the new price list to all of us"),
        "rewards": ("Headphones", "Day off", "Seat in the negotiation course",
                    "Closer of the quarter",
                    "Helping hand", "Spot bonus"),
        "budget": "Recognition of the year", "round": "Colleague of the quarter",
        "reasons": ("Taught two beginners to close", "Brought back a customer that we had lost"),
        "citation": "Most won in the last quarter", "points": "Full pipeline review, every week",
        "contest": "Sprint", "running": "Race against oneself", "teams": "Team cup",
        "rules": "Everybody is measured by their own last months, so a beginner can win too.",
    },
    "zh": {
        "values": (("客户第一", "先解决客户的问题，再谈销售。"),
                   ("同心协力", "胜败与共。"), ("坦诚直言", None)),
        "kudos": ("加班帮我把报价赶出来", "分享了打开局面的联系人", "如实告诉客户交期",
                  "我生病时替我拜访客户", "给大家讲解了新价目表"),
        "rewards": ("降噪耳机", "奖励假一天", "谈判课程名额", "季度销冠",
                    "热心助人徽章", "即时奖金"),
        "budget": "年度激励预算", "round": "季度最佳同事",
        "reasons": ("带会了两位新人独立成交", "赢回了流失的老客户"),
        "citation": "上季度成交额最高", "points": "每周认真复盘商机",
        "contest": "月度冲刺赛", "running": "超越自我赛", "teams": "团队杯",
        "rules": "每个人与自己前几个周期比较，新人同样有机会获胜。",
    },
}  # fmt: skip
MEASURES = ("crm.won_amount", "sales.collected", "sales.booked", "activities.done")


def load(company: Company, seed: int) -> None:
    """Fill a company that has people in teams; one that has rewards is left as it is."""
    session = host().session
    people = _people()
    if session.scalar(sa.select(Reward.id).limit(1)) is not None or len(people) < 3:
        return
    words = WORDS["zh" if company.language.startswith("zh") else "en"]
    chance, records = random.Random(seed), host().records
    values = [
        records.create(Value, {"name": name, "description": text, "position": i})
        for i, (name, text) in enumerate(words["values"])
    ]
    rewards = _rewards(words)
    for user_id in people:
        with clock_at(now() - timedelta(days=40)):
            records.create(
                Grant, {"user_id": user_id, "points": 100 * chance.randint(2, 9),
                        "reason": words["points"]},
            )  # fmt: skip
    for number, text in enumerate(words["kudos"]):
        giver, taker = chance.sample(people, 2)
        with clock_at(now() - timedelta(days=2 + 3 * number)), acting_as(company, _as(giver)):
            records.create(
                Kudos, {"user_id": taker, "value_id": values[number % len(values)].id, "text": text}
            )
    records.create(
        Award,
        {"reward_id": rewards[3].id, "user_id": people[0], "citation": words["citation"]},
    )
    records.create(
        Award, {"reward_id": rewards[5].id, "user_id": people[1], "citation": words["points"]}
    )
    _round(words, rewards, people)
    _contests(words, rewards)


def _rewards(words: dict[str, Any]) -> list[Reward]:
    year = today().year
    budget = host().records.create(
        Budget,
        {"name": words["budget"], "amount": 5_000_000,
         "starts_on": today().replace(month=1, day=1), "ends_on": today().replace(year, 12, 31)},
    )  # fmt: skip
    names = words["rewards"]
    rows: tuple[dict[str, Any], ...] = (
        {"kind": "gift", "points": 400, "cost": 80_000, "stock": 10},
        {"kind": "day_off", "points": 800},
        {"kind": "training", "points": 600, "cost": 150_000, "stock": 4},
        {"kind": "title", "days": 90},
        {"kind": "badge"},
        {"kind": "money", "amount": 100_000},
    )
    return [
        host().records.create(Reward, {"name": name, "budget_id": budget.id, **row})
        for name, row in zip(names, rows, strict=True)
    ]


def _round(words: dict[str, Any], rewards: list[Reward], people: list[int]) -> None:
    of = host().records.create(
        Round,
        {"name": words["round"], "reward_id": rewards[4].id, "quorum": 3,
         "opens_on": today() - timedelta(days=5), "closes_on": today() + timedelta(days=9)},
    )  # fmt: skip
    for user_id, reason in zip(people, words["reasons"], strict=False):
        host().records.create(Nomination, {"round_id": of.id, "user_id": user_id, "reason": reason})


def _contests(words: dict[str, Any], rewards: list[Reward]) -> None:
    keys = {measure.key for measure in host().measures.all()}
    key = next((each for each in MEASURES if each in keys), None)
    if key is None:
        return
    records, day = host().records, today()
    past = records.create(
        Contest,
        {"name": words["contest"], "measure": key, "starts_on": day - timedelta(days=50),
         "ends_on": day - timedelta(days=21), "hold_days": 30},
    )  # fmt: skip
    running = records.create(
        Contest,
        {"name": words["running"], "measure": key, "starts_on": day - timedelta(days=14),
         "ends_on": day + timedelta(days=15), "score": "history", "description": words["rules"]},
    )  # fmt: skip
    teams = records.create(
        Contest,
        {"name": words["teams"], "measure": key, "starts_on": day - timedelta(days=20),
         "ends_on": day + timedelta(days=40), "of": "teams", "description": words["rules"],
         "score": "history"},
    )  # fmt: skip
    for contest in (past, running, teams):
        records.create(Prize, {"contest_id": contest.id, "place": 1, "reward_id": rewards[5].id})
        records.transition(contest, "begin")
    records.transition(past, "finish")


def _as(user_id: int) -> Any:
    """The system in somebody's name."""
    return replace(SYSTEM, user_id=user_id)


def _people() -> list[int]:
    """People who belong to a team and lead none."""
    user: Any = model_of("core.User")
    team: Any = model_of("core.Team")
    leads = sa.select(team.manager_id).where(team.manager_id.is_not(None))
    asked = sa.select(user.id).where(
        user.team_id.is_not(None), user.active.is_(True), user.id.not_in(leads)
    )
    return list(host().session.scalars(asked.order_by(user.id)))
