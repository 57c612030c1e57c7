"""A pool of accounts and one of leads, some of what lies free, and some that return soon."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Company, clock_at, now, today
from plugins.crm.api import Account, Opportunity
from plugins.pools.models import Place, Pool, Rule
from plugins.pools.services import moving, places

WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "pools": ("Account pool", "Lead pool"),
        "about": (
            "Accounts without anybody who looks after them. Claim what you can follow up.",
            "Leads from fairs and the web form, first come, first served.",
        ),
        "rules": ("Grade A: contact within 60 days", "All others: contact within 90 days",
                  "Leads: contact within 14 days"),
        "reasons": ("No budget this year", "Outside of my region", "Cannot reach anybody",
                    "Buys from a competitor for now"),
    },
    "zh": {
        "pools": ("客户公海", "线索公海"),
        "about": ("暂无人跟进的客户，能跟进的请领取。", "来自展会与网站表单的线索，先到先得。"),
        "rules": ("A 级客户：60 天内须联系", "其他客户：90 天内须联系", "线索：14 天内须联系"),
        "reasons": ("今年没有预算", "不在我的区域", "一直联系不上", "目前向竞争对手采购"),
    },
}  # fmt: skip
FREE = {"account": 14, "lead": 18}


def load(company: Company, seed: int) -> None:
    """Fill a company that has customers; one that has pools is left as it is."""
    if host().session.scalar(sa.select(Pool.id).limit(1)) is not None:
        return
    words = WORDS["zh" if company.language.startswith("zh") else "en"]
    chance = random.Random(seed)
    for number, kind in enumerate(("account", "lead")):
        pool = host().records.create(
            Pool,
            {
                "name": words["pools"][number], "kind": kind, "position": (number + 1) * 10,
                "description": words["about"][number], "open_to_all": True, "takes": "all",
                "limit": 60 if kind == "account" else 120, "ban_days": 7, "count_won": False,
            },
        )  # fmt: skip
        _rules(pool, words["rules"])
        _enter(chance, pool)
        _free(chance, pool, words["reasons"])


def _rules(pool: Pool, names: tuple[str, ...]) -> None:
    contact = host().is_enabled("activities")
    event = "contact" if contact else "opportunity"
    given = (
        [(names[0], 60, "grade=A"), (names[1], 90, None)]
        if pool.kind == "account"
        else [(names[2], 14, None)]
    )
    for name, days, condition in given:
        host().records.create(
            Rule,
            {"name": name, "pool_id": pool.id, "event": event, "days": days,
             "condition": condition},
        )  # fmt: skip


def _enter(chance: random.Random, pool: Pool) -> None:
    """Have everybody hold what is theirs, claimed over the last weeks."""
    places.enter(pool.kind)
    longest = 70 if pool.kind == "account" else 12
    for place in host().session.scalars(sa.select(Place).where(Place.pool_id == pool.id)):
        place.since = today() - dt.timedelta(days=chance.randint(0, longest))
    host().session.flush()


def _free(chance: random.Random, pool: Pool, reasons: tuple[str, ...]) -> None:
    """Have some given back, of those with whom nothing is going on."""
    asked = sa.select(Place).where(Place.pool_id == pool.id, Place.state == "held")
    if pool.kind == "account":
        going = sa.select(Opportunity.id).where(
            Opportunity.account_id == Account.id, Opportunity.outcome.in_(("open", "won"))
        )
        quiet = sa.select(Account.id).where(~going.exists())
        asked = asked.where(Place.account_id.in_(quiet))
    found = list(host().session.scalars(asked.order_by(Place.id)))
    chance.shuffle(found)
    for place in found[: FREE[pool.kind]]:
        with clock_at(
            now() - dt.timedelta(days=chance.randint(1, 40), minutes=chance.randint(0, 500))
        ):
            moving.hand(place, "given_back", None, reason=chance.choice(reasons))
