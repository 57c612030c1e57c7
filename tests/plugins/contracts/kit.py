"""Short words for tests of contracts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from plugin_api.context import clock_at
from plugin_api.host import host
from plugins.contracts.models import Contract, Instalment, Obligation
from plugins.crm.models import Account


def account(name: str = "Harbour", **values: Any) -> Account:
    return host().records.create(Account, {"name": name, **values})


@contextmanager
def on(day: str) -> Iterator[None]:
    """Noon of a day in China."""
    with clock_at(dt.datetime.fromisoformat(f"{day}T12:00+08:00")):
        yield


def contract(**values: Any) -> Contract:
    """A year of maintenance for 100,000.00."""
    given: dict[str, Any] = {
        "name": "Maintenance", "kind": "service", "value": 10_000_000,
        "starts_on": dt.date(2025, 1, 1), "ends_on": dt.date(2025, 12, 31), **values,
    }  # fmt: skip
    if "account_id" not in given:
        given["account_id"] = account().id
    return host().records.create(Contract, given)


def instalment(of: Contract, name: str, share: str | None = None, **values: Any) -> Instalment:
    given = {"share": Decimal(share)} if share is not None else {}
    return host().records.create(
        Instalment, {"contract_id": of.id, "name": name, **given, **values}
    )


def obligation(of: Contract, name: str, due: dt.date, **values: Any) -> Obligation:
    return host().records.create(
        Obligation, {"contract_id": of.id, "name": name, "due_on": due, **values}
    )


def move(record: Any, *names: str, **values: Any) -> Any:
    said: Any = None
    for name in names:
        said = host().records.transition(record, name, values if name == names[-1] else {})
    return said


def signed(day: str = "2025-01-01", **values: Any) -> Contract:
    with on(day):
        made = contract(**values)
        move(made, "release", "sign")
        return made
