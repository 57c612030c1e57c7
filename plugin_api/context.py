"""Who acts, for which company, and what time it is.

The host sets these at the edge (a request, a command, a job); business code only reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from flask_babel import gettext, lazy_gettext, lazy_pgettext, ngettext, pgettext

Text = Any
"""A text for people: a plain string or the lazy result of :func:`lazy_gettext`."""

Scope = Literal["own", "team", "subtree", "company"]
SCOPES: tuple[Scope, ...] = ("own", "team", "subtree", "company")
"""Narrow to wide: whose records a permission reaches."""
FieldRight = Literal["hidden", "masked", "read"]
"""What a role narrows a field to: it is not there, or may not be set."""


class NoCompany(RuntimeError):
    """Company data was asked for while no company is set."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Company:
    """The company in whose name everything happens."""

    id: int
    slug: str
    name: str
    currency: str
    timezone: str
    language: str
    country: str
    fiscal_year_start: int
    """Month, 1 to 12."""
    work_days: frozenset[int]
    """ISO week days that are worked, 1 is Monday."""
    revision: int = 0
    """Grows whenever plugins, people, teams, roles or settings of the company change."""
    fields_revision: int = 0
    """The revision that last changed what fields of its own the company has; 0: it has none."""
    webhooks_revision: int = 0
    """The revision that last changed what is told to other programs; 0: nothing is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """Who acts. ``user_id`` is None for the system (commands, jobs), which may do everything."""

    user_id: int | None
    login_id: int | None
    name: str
    grants: Mapping[str, Scope] = field(default_factory=dict)
    """Permission → whose records it reaches."""
    team_id: int | None = None
    team_ids: frozenset[int] = frozenset()
    """Teams of the reporting subtree: those managed by the actor and all below them."""
    is_system: bool = False
    language: str | None = None
    timezone: str | None = None
    """By whose clock instants are shown to the person; None: the company's."""
    fields: Mapping[str, Mapping[str, FieldRight]] = field(default_factory=dict)
    """Model key → field → what the person's role narrows it to."""
    stands_for: Mapping[int, Mapping[str, Scope]] = field(default_factory=dict)
    """People who are away today and whose deputy the actor is → what they may do themselves."""
    shared: frozenset[str] = frozenset()
    """Keys of models of which some record is shared with the person or a team of theirs."""
    shared_teams: frozenset[int] = frozenset()
    """Teams through which records are shared with the person: their own and all above it, and
    those of ``team_ids``."""


SYSTEM = Actor(user_id=None, login_id=None, name="system", is_system=True)

_company: ContextVar[Company | None] = ContextVar("company", default=None)
_actor: ContextVar[Actor | None] = ContextVar("actor", default=None)
_clock: ContextVar[datetime | None] = ContextVar("clock", default=None)


def current_company() -> Company:
    """The company of this request, command or job. Raises NoCompany."""
    company = _company.get()
    if company is None:
        raise NoCompany("no company is set; enter acting_as(company, actor) first")
    return company


def current_company_or_none() -> Company | None:
    """The company, or None outside of any."""
    return _company.get()


def current_actor() -> Actor:
    """Who acts. Raises NoCompany when nobody does."""
    actor = _actor.get()
    if actor is None:
        raise NoCompany("nobody is acting; enter acting_as(company, actor) first")
    return actor


def current_actor_or_none() -> Actor | None:
    """Who acts, or None outside of any company."""
    return _actor.get()


def has_permission(key: str) -> bool:
    """Whether the actor holds ``<plugin>.<model>.<action>``, for whatever records."""
    actor = current_actor()
    return actor.is_system or key in actor.grants


@contextmanager
def acting_as(company: Company, actor: Actor) -> Iterator[None]:
    """Work for a company as an actor. A database session never serves two companies."""
    company_token, actor_token = _company.set(company), _actor.set(actor)
    try:
        yield
    finally:
        _actor.reset(actor_token)
        _company.reset(company_token)


@contextmanager
def acting_with(permissions: Iterable[str]) -> Iterator[None]:
    """Work as who acts, with further permissions for every record, and with every field: what
    follows from a rule is written in the actor's name, whatever their role allows."""
    actor = current_actor()
    grants: dict[str, Scope] = {**actor.grants, **dict.fromkeys(permissions, "company")}
    with acting_as(current_company(), replace(actor, grants=grants, fields={})):
        yield


def now() -> datetime:
    """This instant, aware, UTC; the test clock when one is set."""
    return _clock.get() or datetime.now(UTC)


def today() -> date:
    """Today in the company's time zone."""
    return now().astimezone(ZoneInfo(current_company().timezone)).date()


@contextmanager
def clock_at(instant: datetime) -> Iterator[None]:
    """Stop the clock at an aware instant; for tests and demo data."""
    token = _clock.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _clock.reset(token)


__all__ = [
    "SCOPES",
    "SYSTEM",
    "Actor",
    "Company",
    "FieldRight",
    "NoCompany",
    "Scope",
    "Text",
    "acting_as",
    "acting_with",
    "clock_at",
    "current_actor",
    "current_actor_or_none",
    "current_company",
    "current_company_or_none",
    "gettext",
    "has_permission",
    "lazy_gettext",
    "lazy_pgettext",
    "ngettext",
    "now",
    "pgettext",
    "today",
]
