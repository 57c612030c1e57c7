"""Two years of calls, meetings and visits, and a few days of what is due."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Company, clock_at, now, today
from plugin_api.models import model_of
from plugins.activities.demo.words import WORDS
from plugins.activities.models import Activity, ContactRule, Plan, PlanStep, Question, StepRule
from plugins.activities.services import days, kinds

PAST, AHEAD = 1500, 90
DAYS = 730
STEP_DAYS = (1, 5, 10)
SOON = (-4, -2, -1, 0, 0, 0, 1, 1, 2, 3, 5, 8, 15)
"""Days from today on which things are due."""


def load(company: Company, seed: int) -> None:
    """Fill a company that has customers; one that holds activities is left as it is."""
    if host().session.scalar(sa.select(Activity.id).limit(1)) is not None:
        return
    words = WORDS["zh" if company.language.startswith("zh") else "en"]
    chance, sorts = random.Random(seed), {each.code: each.id for each in kinds.usable()}
    about = _subjects(chance)
    _setup(words, sorts)
    if not about or not sorts:
        return
    zone = ZoneInfo(company.timezone)
    rows = sorted(_past(chance, words, sorts, about), key=lambda row: row["done_at"])
    # What is made at once is written as of then: its history does not begin today.
    for start in range(0, len(rows), 250):
        part = rows[start : start + 250]
        with clock_at(min(part[-1]["done_at"], now())):
            host().records.create_many(Activity, part)
    host().records.create_many(Activity, list(_ahead(chance, words, sorts, about, zone)))


def _subjects(chance: random.Random) -> Sequence[tuple[str, int, int | None]]:
    """Accounts and open opportunities with their owners."""
    if not host().is_enabled("crm"):
        return ()
    account: Any = model_of("crm.Account")
    deal: Any = model_of("crm.Opportunity")
    session = host().session
    found = [
        ("crm.Account", row.id, row.owner_id)
        for row in session.execute(
            sa.select(account.id, account.owner_id).where(account.owner_id.is_not(None))
        )
    ]
    deals = [
        ("crm.Opportunity", row.id, row.owner_id)
        for row in session.execute(
            sa.select(deal.id, deal.owner_id).where(
                deal.owner_id.is_not(None), deal.outcome == "open"
            )
        )
    ]
    chance.shuffle(found)
    # Some are called often, some hardly ever: follow-up rules have something to say.
    return [*found[: len(found) * 2 // 3], *deals, *deals]


def _past(
    chance: random.Random, words: Any, sorts: Any, about: Sequence[tuple[str, int, int | None]]
) -> Any:
    for _number in range(PAST):
        code = chance.choices(
            ("call", "mail", "meeting", "visit", "task", "note"), (36, 22, 12, 12, 14, 4)
        )[0]
        model, id_, owner = chance.choice(about)
        ago = int(DAYS * chance.random() ** 1.6) + 1
        done = now() - dt.timedelta(days=ago, minutes=chance.randint(0, 300))
        late = chance.random() < 0.18
        yield {
            "subject": chance.choice(words[code]), "kind": sorts[code], "state": "done",
            "about_model": model, "about_id": id_, "owner": owner, "done_at": done,
            "due": done.date() - dt.timedelta(days=chance.randint(1, 6) if late else 0),
            "outcome": chance.choices(
                ("positive", "neutral", "negative", "unreached", None), (34, 30, 8, 12, 16)
            )[0],
            "result": chance.choice(words["results"]) or None,
        }  # fmt: skip


def _ahead(
    chance: random.Random,
    words: Any,
    sorts: Any,
    about: Sequence[tuple[str, int, int | None]],
    zone: ZoneInfo,
) -> Any:
    for number in range(AHEAD):
        code = chance.choices(("call", "meeting", "visit", "task", "mail"), (34, 18, 20, 20, 8))[0]
        model, id_, owner = chance.choice(about)
        # A few are over, many are due today and in the days after.
        day = today() + dt.timedelta(days=chance.choice(SOON))
        if day > today():
            day = days.next_work_day(day, host().calendar.is_work_day)
        row: dict[str, Any] = {
            "subject": chance.choice(words[code]), "kind": sorts[code], "about_model": model,
            "about_id": id_, "owner": owner, "due": day,
            "priority": chance.choices(("high", "normal", "low"), (15, 70, 15))[0],
        }  # fmt: skip
        if code in ("meeting", "visit"):
            clock = dt.time(chance.choice((9, 10, 11, 14, 15, 16)), chance.choice((0, 30)))
            row["start"] = dt.datetime.combine(day, clock, zone).astimezone(dt.UTC)
            row["end"] = row["start"] + dt.timedelta(hours=1)
            row["remind"] = "60"
        if code == "visit":
            row["stop"] = number % 4 + 1
        if number % 30 == 0:
            row |= {"repeat": "FREQ=WEEKLY", "due": max(day, today())}
            row.pop("start", None)
            row.pop("end", None)
        yield row


def _setup(words: Any, sorts: Any) -> None:
    records = host().records
    for position, (name, answer, options) in enumerate(words["questions"], 1):
        records.create(
            Question,
            {"kind": sorts["visit"], "name": name, "answer": answer, "options": options or None,
             "position": position * 10},
        )  # fmt: skip
    plan = records.create(Plan, {"name": words["plan"][0], "description": words["plan"][1]})
    for (code, subject), day in zip(words["steps"], STEP_DAYS, strict=True):
        records.create(
            PlanStep, {"plan": plan.id, "day": day, "kind": sorts[code], "subject": subject}
        )
    if not host().is_enabled("crm"):
        return
    for name, grade, every in zip(words["rules"], ("A", "B"), (30, 60), strict=True):
        records.create(
            ContactRule,
            {"name": name, "about_model": "crm.Account", "every_days": every,
             "condition": f"grade={grade}&archived=false"},
        )  # fmt: skip
    stage: Any = model_of("crm.Stage")
    late = (
        host()
        .session.scalars(
            sa.select(stage.id)
            .where(stage.outcome == "open")
            .order_by(stage.position.desc())
            .limit(2)
        )
        .all()
    )
    if late:
        records.create(
            StepRule,
            {"name": words["step"], "about_model": "crm.Opportunity", "refuses": False,
             "condition": f"stage__in={','.join(map(str, late))}&archived=false"},
        )  # fmt: skip
