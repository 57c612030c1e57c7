"""What documents are called, and the numbers that they get."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from plugin_api import host
from plugins.sales.services import looking

LENGTH = 300
PREFIXES = {
    "order": "SO", "delivery": "DN", "return": "RT", "invoice": "INV", "credit_note": "CN",
    "receipt": "RC", "refund": "RF", "quote": "Q", "contract": "CT",
}  # fmt: skip
"""Kind of document → what its numbers begin with."""


def next_number(kind: str, day: dt.date) -> str:
    """The next number of a kind in the year of a day: ``SO-2026-00042``."""
    [number] = next_numbers(kind, day, 1)
    return number


def next_numbers(kind: str, day: dt.date, count: int) -> Sequence[str]:
    """So many of them, one after the other."""
    taken = host().numbers(f"sales.{kind}.{day.year}", count)
    return [f"{PREFIXES[kind]}-{day.year}-{number:05}" for number in taken]


def call(record: Any, account_id: int | None) -> None:
    """Name a document by its number and the account; a draft by the account alone."""
    known = looking.customer(account_id)
    number = record.number or record.external_id
    if number and getattr(record, "revision", 1) not in (None, 1):
        number = f"{number} v{record.revision}"
    parts = [number, known.name if known else None]
    record.name = (" · ".join(part for part in parts if part) or "–")[:LENGTH]
