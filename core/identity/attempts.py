"""How often an address has failed lately: counted in the database, for every process alike."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from core.tenancy.platform import platform_session
from plugin_api.context import now
from plugin_api.models import Base, UTCDateTime


@dataclass(frozen=True, slots=True)
class Limit:
    """So many in such a time; then no more until it has passed."""

    most: int
    within: timedelta


LIMITS: Mapping[str, Limit] = {
    "login": Limit(100, timedelta(minutes=15)),
    "reset": Limit(10, timedelta(hours=1)),
    "token": Limit(100, timedelta(minutes=15)),
    "reveal": Limit(60, timedelta(hours=1)),
    "feed": Limit(100, timedelta(minutes=15)),
    "open": Limit(100, timedelta(minutes=15)),
    "address": Limit(5, timedelta(hours=1)),
}
"""Failures at the log-in page and with tokens; requests for a new password; masked values that a
person looked at and other addresses to log in with that they asked for, of whom the address is
made. An office behind one address may well fail now and then."""
FORGOTTEN = timedelta(days=1)


class Attempts(Base):
    """Attempts of one kind from one address since the first of them."""

    __tablename__ = "core_attempts"

    kind: Mapped[str] = mapped_column(sa.String(10), primary_key=True)
    address: Mapped[str] = mapped_column(sa.String(45), primary_key=True)
    since: Mapped[datetime] = mapped_column(UTCDateTime(), index=True)
    number: Mapped[int] = mapped_column(sa.Integer())


def too_many(kind: str, address: str) -> bool:
    """Whether an address has to wait. One statement."""
    limit = LIMITS[kind]
    asked = sa.select(Attempts.number).where(
        Attempts.kind == kind,
        Attempts.address == _network(address),
        Attempts.since > now() - limit.within,
    )
    with platform_session("identify") as session:
        return (session.scalar(asked) or 0) >= limit.most


def count(kind: str, address: str) -> bool:
    """Count an attempt; whether it was one too many."""
    try:
        return _count(kind, _network(address))
    except IntegrityError:  # Another process has counted the first one in the same moment.
        return _count(kind, _network(address))


def _count(kind: str, network: str) -> bool:
    limit = LIMITS[kind]
    mine = sa.and_(Attempts.kind == kind, Attempts.address == network)
    over = Attempts.since <= now() - limit.within
    with platform_session("login") as session:
        session.execute(sa.delete(Attempts).where(Attempts.since < now() - FORGOTTEN))
        counted: sa.CursorResult[Any] = session.execute(  # type: ignore[assignment]
            sa.update(Attempts)
            .where(mine)
            .values(
                number=sa.case((over, 1), else_=Attempts.number + 1),
                since=sa.case((over, now()), else_=Attempts.since),
            )
            .execution_options(synchronize_session=False)
        )
        if not counted.rowcount:
            # Not by looking once more: another process may have put it there just now, and this
            # attempt would be lost.
            session.add(Attempts(kind=kind, address=network, since=now(), number=1))
            return limit.most < 1
        return (session.scalar(sa.select(Attempts.number).where(mine)) or 0) > limit.most


def _network(address: str) -> str:
    """What one household has: an IPv4 address, or the first half of an IPv6 address."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address[:45]
    if isinstance(known, ipaddress.IPv6Address):
        mapped = known.ipv4_mapped
        return str(mapped or ipaddress.ip_network((known, 64), strict=False))
    return str(known)
