"""A register with controls, responses, incidents and indicators, and what the rules propose."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Company, clock_at, now, today
from plugin_api.errors import Refused
from plugin_api.models import model_of
from plugin_api.money import to_minor
from plugins.risk import demo_words as words
from plugins.risk.models import (
    Action,
    Appetite,
    Control,
    ControlTest,
    Incident,
    Indicator,
    Reading,
    Response,
    Risk,
)
from plugins.risk.services import indicators
from plugins.risk.services.assessing import PARTS
from plugins.risk.services.detecting import proposing

FEW = 12
"""Findings of a rule at most for which it proposes in the demo."""
MEASURED = (("sales.overdue_rate", "above", 20, 35), ("crm.win_rate", "below", 35, 20))


def load(company: Company, seed: int) -> None:
    """Fill a company that has people; one that has risks is left as it is."""
    if host().session.scalar(sa.select(Risk.id).limit(1)) is not None:
        return
    language = "zh" if company.language.startswith("zh") else "en"
    chance, people = random.Random(seed), _people()
    if not people:
        return
    risks = [_risk(company, each, language, chance, people) for each in words.RISKS]
    _responses(risks, language, people)
    _incidents(company, risks, language)
    for line in host().session.scalars(sa.select(Appetite)):
        host().records.update(line, {"loss": to_minor(Decimal(400_000), company.currency)})
    _indicators(language, people)
    for rule in proposing.active():
        if len(proposing.preview(rule)) <= FEW:
            proposing.propose(rule, all_seen=True)


def _people() -> list[int]:
    """Managers first, then others who sell."""
    user: Any = model_of("core.User")
    role: Any = model_of("core.Role")
    asked = (
        sa.select(user.id)
        .join(role, role.id == user.role_id)
        .where(user.active, role.code.in_(("manager", "rep")))
        .order_by(role.code, user.id)
    )
    return list(host().session.scalars(asked))


def _values(company: Company, level: str, given: tuple[int, ...]) -> dict[str, Any]:
    likelihood, impact, probability, *losses = given
    minor = [to_minor(Decimal(each) * 10_000, company.currency) for each in losses]
    values = (likelihood, impact, Decimal(probability), *minor)
    return {f"{level}_{part}": value for part, value in zip(PARTS, values, strict=True)}


def _risk(
    company: Company, given: dict[str, Any], language: str, chance: random.Random,
    people: list[int],
) -> Risk:  # fmt: skip
    name, cause, event, effect, controls = given[language]
    owner = chance.choice(people)
    with clock_at(now() - dt.timedelta(days=chance.randint(120, 200))):
        made = host().records.create(
            Risk,
            {"name": name, "category": given["category"], "cause": cause, "event": event,
             "effect": effect, "velocity": given["velocity"], "owner_id": owner,
             "reason": words.REASON[language],
             "review_on": today() + dt.timedelta(days=chance.randint(110, 260)),
             **_values(company, "inherent", given["inherent"])},
        )  # fmt: skip
        for number, title in enumerate(controls):
            control = host().records.create(
                Control,
                {"name": title, "risk_id": made.id, "owner_id": owner, "frequency": "quarter",
                 "kind": "preventive" if number == 0 else "corrective",
                 "cost": to_minor(Decimal(120_000 if number == 0 else 30_000), company.currency),
                 "test_on": today() + dt.timedelta(days=chance.randint(100, 230))},
            )  # fmt: skip
            if number == 0:
                host().records.create(
                    ControlTest,
                    {"control_id": control.id, "on": today(), "result": "effective",
                     "finding": words.FINDING[language]},
                )  # fmt: skip
    if "current" in given:
        with clock_at(now() - dt.timedelta(days=chance.randint(30, 90))):
            host().records.update(made, _values(company, "current", given["current"]))
    if "residual" in given:
        host().records.update(made, _values(company, "residual", given["residual"]))
    return made


def _responses(risks: list[Risk], language: str, people: list[int]) -> None:
    for number, strategy, name, fact in words.RESPONSES[language]:
        risk = risks[number]
        others = [each for each in people if each != risk.owner_id]
        if strategy == "accept" and not others:
            continue
        facts: dict[str, dict[str, Any]] = {
            "mitigate": {"due": today() + dt.timedelta(days=45)},
            "accept": {"approver_id": others[0] if others else None,
                       "expires_on": today() + dt.timedelta(days=60)},
            "transfer": {"counterparty": fact},
            "avoid": {"given_up": fact},
        }  # fmt: skip
        made = host().records.create(
            Response,
            {"name": name, "risk_id": risk.id, "strategy": strategy, "owner_id": risk.owner_id,
             **facts[strategy]},
        )  # fmt: skip
        if strategy == "mitigate":
            for days, title in enumerate(words.ACTIONS[language], start=1):
                host().records.create(
                    Action,
                    {"name": title, "risk_id": risk.id, "response_id": made.id,
                     "owner_id": risk.owner_id, "due": today() + dt.timedelta(days=10 * days)},
                )  # fmt: skip
        if strategy != "accept":
            host().records.transition(made, "start")


def _incidents(company: Company, risks: list[Risk], language: str) -> None:
    lost, saved = words.INCIDENTS[language]
    host().records.create(
        Incident,
        {"name": lost, "risk_id": risks[2].id, "on": today() - dt.timedelta(days=40),
         "category": "competition", "owner_id": risks[2].owner_id,
         "loss": to_minor(Decimal(180_000), company.currency)},
    )  # fmt: skip
    host().records.create(
        Incident,
        {"name": saved, "risk_id": risks[0].id, "on": today() - dt.timedelta(days=75),
         "owner_id": risks[0].owner_id, "near_miss": True},
    )  # fmt: skip


def _indicators(language: str, people: list[int]) -> None:
    """On figures of the plugins that are there, with readings of some weeks."""
    for name, (key, side, warn, alarm) in zip(words.INDICATORS[language], MEASURED, strict=True):
        try:
            host().measures.get(key)
        except Refused:
            continue
        made = host().records.create(
            Indicator,
            {"name": name, "measure": key, "side": side, "warn_at": Decimal(warn),
             "alarm_at": Decimal(alarm), "days": 90, "owner_id": people[0]},
        )  # fmt: skip
        for week in range(8, 0, -1):
            drift = Decimal(warn + (4 - week if side == "above" else week - 4))
            host().session.add(
                Reading(
                    indicator_id=made.id, on=today() - dt.timedelta(days=7 * week), value=drift,
                    standing="warning" if week < 4 else "good",
                )
            )  # fmt: skip
    indicators.measure_all()
