"""Grades, scores and segments as they came to be over half a year, policies, and overrides."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Company, clock_at, now, today
from plugins.crm.api import Account
from plugins.segments.demo.words import WORDS
from plugins.segments.models import (
    Figure,
    Grading,
    Membership,
    Override,
    Persona,
    Policy,
    Segment,
    Standing,
)
from plugins.segments.services import grading, health, members, rfm, worth

MONTHS = 6


def load(company: Company, seed: int) -> None:
    """Grade the accounts of a company that has none graded, month by month."""
    if host().session.scalar(sa.select(Grading.id).limit(1)) is not None:
        return
    words = WORDS["zh" if company.language.startswith("zh") else "en"]
    made = host().records.create(Grading, {"name": words["grading"], "condition": "archived=false"})
    for grade, name, days, level, prices, hours, care in words["policies"]:
        host().records.create(
            Policy,
            {
                "grade": grade, "name": name, "contact_days": days, "owner_level": level,
                "price_list": prices, "answer_hours": hours, "care": care,
            },
        )  # fmt: skip
    with clock_at(now() - dt.timedelta(days=30 * MONTHS)):
        fair = _segments(words)
        _personas(words)
    for month in range(MONTHS, -1, -1):
        with clock_at(now() - dt.timedelta(days=30 * month)):
            grading.run(made)
            rfm.refresh()
            health.refresh()
            members.refresh_all()
    worth.count()
    _fair(random.Random(seed), fair)
    _overrides(random.Random(seed), words["reasons"])


def _segments(words: dict[str, Any]) -> Segment:
    """Two by conditions, and one by hand, which is returned."""
    large, growing, fair = words["segments"]
    records = host().records
    records.create(
        Segment, {"name": large, "condition": "size__in=large,enterprise", "position": 200}
    )
    made = records.create(Segment, {"name": growing, "condition": "type=customer", "position": 210})
    records.create(Figure, {"segment_id": made.id, "days": 180, "at_least": Decimal(20_000)})
    return records.create(Segment, {"name": fair, "kind": "static", "position": 220})


def _personas(words: dict[str, Any]) -> None:
    for number, values in enumerate(words["personas"], 1):
        host().records.create(Persona, {**values, "position": number * 10})


def _fair(chance: random.Random, fair: Segment) -> None:
    asked = sa.select(Account.id).where(Account.archived.is_(False)).order_by(Account.id)
    guests = chance.sample(list(host().session.scalars(asked)), 18)
    for number, account_id in enumerate(guests):
        joined = today() - dt.timedelta(days=20 + 3 * number)
        values = {"account_id": account_id, "segment_id": fair.id, "joined": joined}
        host().records.create(Membership, values)


def _overrides(chance: random.Random, reasons: tuple[str, ...]) -> None:
    asked = sa.select(Standing.account_id).where(Standing.grade.in_(("B", "C")))
    found = list(host().session.scalars(asked.order_by(Standing.account_id)))
    chance.shuffle(found)
    for number, (account_id, reason) in enumerate(zip(found, reasons, strict=False)):
        values = {
            "account_id": account_id, "grade": "A", "reason": reason,
            "until": today() + dt.timedelta(days=90),
        }  # fmt: skip
        made = host().records.create(Override, values)
        if number == 0:
            host().records.transition(made, "approve")
