"""Short words for tests of service."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from plugin_api.context import clock_at
from plugin_api.host import host
from plugins.crm.models import Account
from plugins.service.models import Case, Member, Policy, Queue

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(text: str) -> dt.datetime:
    """An instant by the company's clock."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(dt.UTC)


@contextmanager
def clock(text: str) -> Iterator[None]:
    """Stop the clock at it."""
    with clock_at(at(text)):
        yield


def said(moment: dt.datetime | None) -> str:
    """An instant as the company's clock shows it."""
    return "" if moment is None else f"{moment.astimezone(SHANGHAI):%m-%d %H:%M}"


def account(name: str = "Harbour", **values: Any) -> Account:
    return host().records.create(Account, {"name": name, **values})


def case(name: str = "It stops", **values: Any) -> Case:
    return host().records.create(Case, {"name": name, **values})


def queue(*members: tuple[int, dict[str, Any]], **values: Any) -> Queue:
    """A queue before the others, and who is in it."""
    made = host().records.create(Queue, {"name": "First", "position": 1, **values})
    for user_id, given in members:
        host().records.create(Member, {"queue_id": made.id, "user_id": user_id, **given})
    return made


def policy(priority: str) -> Policy:
    """The service level of a priority that a company starts with."""
    return host().session.scalars(sa.select(Policy).where(Policy.priority == priority)).one()


def move(record: Case, name: str, when: str, **values: Any) -> None:
    with clock(when):
        host().records.transition(record, name, values)
