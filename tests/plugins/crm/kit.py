"""Short words for tests of the CRM."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from core.identity import service
from plugin_api.context import acting_as, current_company
from plugin_api.host import host
from plugin_api.models import model_of
from plugins.crm.models import Opportunity, Stage, StageChange


def stage(name: str) -> int:
    """The id of a stage of the first pipeline."""
    found = host().session.scalars(sa.select(Stage.id).where(Stage.name == name).order_by(Stage.id))
    return int(found.first())


def user(name: str) -> int:
    """The id of a person."""
    person: Any = model_of("core.User")
    return int(host().session.scalar(sa.select(person.id).where(person.name == name.title())))


def figure(key: str, start: date | None = None, end: date | None = None, **filters: Any) -> Any:
    """The value of a measure of the CRM."""
    return host().measures.value(f"crm.{key}", start, end, filters)


def store_rate(currency: str, day: date, rate: str) -> None:
    """What one unit of a currency is worth from a day on."""
    model: Any = model_of("core.ExchangeRate")
    values = {"currency": currency, "day": day, "rate": Decimal(rate)}
    host().records.create(model, values)


def name_of_stage(record: Opportunity) -> str | None:
    """Where an opportunity is, as the database has it."""
    host().session.flush()
    return host().session.scalar(sa.select(Stage.name).where(Stage.id == record.stage_id))


def stays(record: Opportunity) -> list[tuple[str, bool]]:
    """The stages that an opportunity was in, and whether it has left them."""
    rows = host().session.execute(
        sa.select(Stage.name, StageChange.left_at)
        .join(Stage, Stage.id == StageChange.stage_id)
        .where(StageChange.opportunity_id == record.id)
        .order_by(StageChange.id)
    )
    return [(row.name, row.left_at is not None) for row in rows]


@contextmanager
def acting(name: str) -> Iterator[None]:
    """Act as a person of the company."""
    email = f"{name}@{current_company().slug}.example"
    with acting_as(current_company(), service.actor_for(service.find_user(email))):
        yield


def change_stage(name: str, **values: Any) -> None:
    """Set up a stage otherwise."""
    host().records.update(host().session.get(Stage, stage(name)), values)
