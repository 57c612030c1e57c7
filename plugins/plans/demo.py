"""Two strategies that run and one that is over, what is planned for them, and reports."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from plugin_api import host, teams
from plugin_api.context import Company, clock_at, now, today
from plugin_api.figures import measure_of
from plugin_api.models import CompanyModel, model_of
from plugin_api.periods import months_later
from plugins.plans.demo_words import WORDS
from plugins.plans.models import (
    Dependency,
    Link,
    Objective,
    Report,
    Step,
    Strategy,
    Template,
    TemplateStep,
)
from plugins.plans.services import carrying, days, people, reports
from plugins.plans.services.steps import bar, waited_for

LINKED = (
    ("pricing", "pricing.Promotion"), ("pricing", "catalog.PriceList"),
    ("channel", "sales.Channel"),
    ("customers", "segments.Persona"), ("customers", "segments.Segment"),
)  # fmt: skip
WRITERS = 6
"""People of whom there are reports."""


def load(company: Company, seed: int) -> None:
    """Fill a company that has people; one that has strategies is left as it is."""
    if host().session.scalar(sa.select(Strategy.id).limit(1)) is not None:
        return
    words = WORDS["zh" if company.language.startswith("zh") else "en"]
    chance = random.Random(seed)
    everybody = list(people.everybody().values())
    leaders = [each for each in everybody if each.role == "manager"] or everybody
    reps = [each for each in everybody if each.role == "rep"] or everybody
    if not everybody:
        return
    template = _template(words)
    _over(words, leaders[0].id)
    for number, (name, hypothesis) in enumerate(words["strategies"]):
        leader = leaders[number % len(leaders)]
        made = _strategy(name, hypothesis, leader.id, 45 + 20 * number)
        team = [each for each in reps if each.team_id == leader.team_id] or reps
        for place, person in enumerate(team[:3]):
            _objective(chance, words, made, person, number * 3 + place)
    _own(chance, words, reps[:8])
    _reports(chance, words, [*reps[:WRITERS], *leaders[:1]])
    assert template.id


def _template(words: dict[str, Any]) -> Template:
    made = host().records.create(
        Template, {"name": words["template"], "description": words["about"]}
    )
    before: int | None = None
    for number, name in enumerate(words["steps"]):
        step = host().records.create(
            TemplateStep,
            {
                "template_id": made.id, "name": name, "start_day": 1 + 5 * number,
                "due_day": 5 + 5 * number, "after_id": before, "milestone": number == 3,
                "who": "manager" if number == 3 else "owner",
                "share": 25 if number in (1, 2, 4) else None,
            },
        )  # fmt: skip
        before = step.id
    return made


def _strategy(name: str, hypothesis: str, owner: int, ago: int) -> Strategy:
    start = today() - dt.timedelta(days=ago)
    with clock_at(now() - dt.timedelta(days=ago)):
        made = host().records.create(
            Strategy,
            {
                "name": name, "hypothesis": hypothesis, "owner_id": owner,
                "measure": _measure(), "expected_change": 10, "start": start,
                "review_on": start + dt.timedelta(days=90),
            },
        )  # fmt: skip
        for mix, key in LINKED:
            found = _some(key)
            if found is not None:
                host().records.create(
                    Link, {"strategy_id": made.id, "mix": mix, "about_model": key,
                           "about_id": found},
                )  # fmt: skip
        if _measure() is not None:
            host().records.transition(made, "start")
    return made


def _over(words: dict[str, Any], owner: int) -> None:
    """One of a year ago, with what was concluded."""
    if _measure() is None:
        return
    name, hypothesis, conclusion = words["over"]
    made = _strategy(name, hypothesis, owner, 300)
    with clock_at(now() - dt.timedelta(days=205)):
        host().records.transition(made, "end", {"verdict": "partly", "conclusion": conclusion})


def _measure() -> str | None:
    for key in ("sales.invoiced_net", "crm.won_amount"):
        if measure_of(key) is not None:
            return key
    return None


def _some(key: str) -> int | None:
    if not host().is_enabled(key.partition(".")[0]):
        return None
    model: Any = model_of(key)
    found: int | None = host().session.scalar(sa.select(model.id).order_by(model.id).limit(1))
    return found


def _objective(
    chance: random.Random, words: dict[str, Any], strategy: Strategy, person: Any, number: int
) -> None:
    first = (today() - dt.timedelta(days=30)).replace(day=1)
    end = months_later(first, 3) - dt.timedelta(days=1)
    key = _measure()
    goal = chance.randint(40, 90) * 1_000_000
    with clock_at(now() - dt.timedelta(days=28)):
        made = host().records.create(
            Objective,
            {
                "name": words["objectives"][number % len(words["objectives"])],
                "strategy_id": strategy.id, "owner_id": person.id, "measure": key, "start": first,
                "end": end, "goal_amount": goal if key else None,
            },
        )  # fmt: skip
        part = int((made.gap or 0) * 100) // chance.choice((3, 4, 5, 8))
        steps = [
            host().records.create(
                Step,
                {
                    "name": name, "objective_id": made.id, "owner_id": person.id,
                    "start": today() + dt.timedelta(days=7 * place),
                    "due": today() + dt.timedelta(days=7 * place + chance.randint(4, 11)),
                    "milestone": place == 3, "risk": chance.choice((None, None, "low", "high")),
                    "budget": chance.randint(1, 9) * 100_000 if place in (1, 2) else None,
                    "expected_amount": max(part, 0) if key and place in (1, 2, 4) else None,
                    "resources": words["resources"] if place == 2 else None,
                },
            )
            for place, name in enumerate(words["steps"])
        ]  # fmt: skip
        for before, after in pairwise(steps):
            host().records.create(Dependency, {"step_id": after.id, "before_id": before.id})
        if key:
            host().records.transition(made, "start")
    _go_on(chance, words, steps)


def _go_on(chance: random.Random, words: dict[str, Any], steps: Sequence[Step]) -> None:
    """What was due is done, but for a few, which were carried over."""
    for step in steps:
        host().session.refresh(step)
        if step.due >= today() or waited_for(step.id):
            continue
        with clock_at(now() - dt.timedelta(days=max((today() - step.due).days - 1, 0))):
            if chance.random() < 0.75:
                brought = step.expected_amount
                host().records.transition(
                    step, "done",
                    {"spent": step.budget and step.budget * 9 // 10,
                     "realised_amount": brought and brought * chance.randint(6, 12) // 10},
                )  # fmt: skip
            else:
                host().records.transition(step, "carry", {"reason": words["carried"]})
    assert all(bar(step).start <= bar(step).end for step in steps)


def _own(chance: random.Random, words: dict[str, Any], reps: Sequence[Any]) -> None:
    """Steps without an objective: every week, about a customer, or late."""
    account: Any = model_of("crm.Account") if host().is_enabled("crm") else None
    monday = days.period_of("week", today())[0]
    for person in reps:
        host().records.create(
            Step,
            {"name": words["weekly"], "owner_id": person.id, "repeat": "week",
             "due": monday + dt.timedelta(days=4)},
        )  # fmt: skip
        about = _account_of(account, person.id)
        values: dict[str, Any] = {
            "name": words["visit"],
            "owner_id": person.id,
            "due": today() + dt.timedelta(days=chance.randint(-6, 6)),
        }
        if about is not None:
            values |= {"about_model": "crm.Account", "about_id": about}
        host().records.create(Step, values)
    carrying.carry_all()


def _account_of(model: type[CompanyModel] | None, owner: int) -> int | None:
    if model is None:
        return None
    account: Any = model
    found: int | None = host().session.scalar(
        sa.select(account.id).where(account.owner_id == owner).order_by(account.id).limit(1)
    )
    return found


def _reports(chance: random.Random, words: dict[str, Any], writers: Sequence[Any]) -> None:
    """Reports of the last weeks and of a month: most in time, some late, some read."""
    leaders = teams.managers()
    monday = days.period_of("week", today())[0]
    spans = [("week", monday - dt.timedelta(days=7 * back)) for back in range(1, 5)]
    spans.append(("month", days.period_of("month", today().replace(day=1))[0] - dt.timedelta(1)))
    for kind, day in spans:
        start, end = days.period_of(kind, day)
        for number, person in enumerate(writers):
            made = host().records.create(
                Report, {"kind": kind, "owner_id": person.id, "start": start}
            )
            if day == spans[0][1] and number % 3 == 2:
                continue
            late = 3 if chance.random() < 0.2 else 1
            at = dt.datetime.combine(end + dt.timedelta(days=late), dt.time(3), dt.UTC)
            with clock_at(min(at, now())):
                host().records.transition(
                    made, "submit",
                    {"good": chance.choice(words["good"]), "bad": chance.choice(words["bad"]),
                     "following": chance.choice(words["following"])},
                )  # fmt: skip
                reader = leaders.get(person.id)
                if reader is not None and day != spans[0][1]:
                    with host().acting_for(reader):
                        host().records.transition(
                            made, "read", {"comment": chance.choice(words["comments"])}
                        )
    assert reports.kinds() is not None
