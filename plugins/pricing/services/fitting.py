"""Whether something is for a customer, on a day. Numbers in, a reason out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

Args = Mapping[str, str]
Reason = tuple[str, Args]
"""Why something does not count: a word of ``services.words``, and what it is filled with."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Customer:
    """Who buys: what is known of them. ``meets`` are the conditions that the account fulfils."""

    account_id: int | None = None
    name: str = ""
    grade: str = ""
    region: str = ""
    channel: str = ""
    meets: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Audience:
    """Whom something is for; what is empty fits everybody."""

    grade: str = ""
    region: str = ""
    channel: str = ""
    condition: str = ""
    currency: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    active: bool = True

    @property
    def narrowness(self) -> int:
        """How narrowly it says whom it is for: a condition says more than a word."""
        words = (self.grade, self.region, self.channel)
        return 4 * bool(self.condition) + sum(map(bool, words))


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One thing that was looked at while a price was found, in order.

    ``key`` names the record (``pricing.Rule:7``) and ``version`` how it was then; ``price`` is what
    stands after it, in major units. Kept with lines as JSON, put into words when it is shown.
    """

    what: str
    why: str
    did: bool
    key: str = ""
    version: int | None = None
    name: str = ""
    price: str = ""
    args: Args = field(default_factory=dict)

    def kept(self) -> dict[str, object]:
        """As JSON, without what is empty."""
        found = {
            "what": self.what, "why": self.why, "did": self.did, "key": self.key,
            "version": self.version, "name": self.name, "price": self.price,
            "args": dict(self.args),
        }  # fmt: skip
        return {name: value for name, value in found.items() if value not in ("", None, {})}


def said(text: str | None) -> list[str]:
    """The words of a field that holds several, in small letters."""
    return [word.strip().lower() for word in re.split(r"[,，、;；]", text or "") if word.strip()]


def why_not(audience: Audience, customer: Customer, on: dt.date, currency: str) -> Reason | None:
    """Why it is not for the customer on this day; None when it is."""
    if not audience.active:
        return "off", {}
    if audience.valid_from and on < audience.valid_from:
        return "early", {"day": audience.valid_from.isoformat()}
    if audience.valid_to and on > audience.valid_to:
        return "late", {"day": audience.valid_to.isoformat()}
    if audience.currency and audience.currency != currency:
        return "currency", {"wanted": audience.currency, "found": currency}
    for name in ("grade", "region", "channel"):
        wanted = getattr(audience, name)
        found = getattr(customer, name)
        if wanted and found.lower() not in said(wanted):
            return name, {"wanted": wanted, "found": found or "–"}
    if audience.condition and audience.condition not in customer.meets:
        return "condition", {"wanted": audience.condition}
    return None
