"""Which plugins are on for a company, asked on every request and rarely read.

The set is kept in the process under the company's revision, which every request reads
anyway; whoever changes plugins raises the revision, so each process follows by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Literal

import sqlalchemy as sa
from flask import current_app
from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from core.extensions import db
from core.host import services
from core.hosting.behind import behind
from core.hosting.models import CompanyPlugin
from plugin_api.context import SYSTEM, Company, acting_as, current_company_or_none

MOST_COMPANIES = 100_000
"""Companies remembered at most; about 20 MB."""

State = Literal["on", "off", "behind"]

_CHANGED = "xiaoguan.enabled"
_assumed: ContextVar[frozenset[str] | None] = ContextVar("assumed plugins", default=None)


@dataclass(slots=True)
class _Memory:
    by_company: dict[int, tuple[int, frozenset[str]]] = field(default_factory=dict)
    """Company → (revision, switched on)."""
    same: dict[frozenset[str], frozenset[str]] = field(default_factory=dict)
    """One object for companies with the same plugins: hashed and compared for nothing."""


def enabled_set(company: Company) -> frozenset[str]:
    """Plugins that answer for a company: "core", and what is on, loaded and migrated."""
    assumed = _assumed.get()
    if assumed is not None:
        return assumed
    chosen = _switched_on(company)
    late = behind()
    return _usable(chosen - late) if late else chosen


def state_of(company: Company, plugin_id: str) -> State:
    """What the gate needs: "behind" is on, but its tables await ``xiaoguan db upgrade``."""
    if plugin_id in enabled_set(company):
        return "on"
    return "behind" if plugin_id in _switched_on(company) else "off"


def lost(company: Company) -> frozenset[str]:
    """What is switched on for a company and is not loaded, because it is broken or gone."""
    return _read(company) - services().registry.plugins.keys()


@contextmanager
def assuming(enabled: frozenset[str]) -> Iterator[None]:
    """Work as if these were on, while a change is under way in the transaction."""
    token = _assumed.set(enabled)
    try:
        yield
    finally:
        _assumed.reset(token)


def changed(company: Company, enabled: frozenset[str]) -> None:
    """Let the rest of this transaction see a change; others see it once it is committed."""
    db.session.info.setdefault(_CHANGED, {})[company.id] = _usable(enabled)


@event.listens_for(Session, "after_commit")
def _committed(session: Session) -> None:
    if session.in_nested_transaction():
        return  # A savepoint is released: nobody else sees anything yet.
    for company_id in session.info.pop(_CHANGED, ()):
        _memory().by_company.pop(company_id, None)


@event.listens_for(Session, "after_soft_rollback")
def _rolled_back(session: Session, previous: SessionTransaction) -> None:
    if previous.parent is None:
        session.info.pop(_CHANGED, None)
        return
    # A savepoint is undone: what was changed before it still is, so it is read.
    for company_id in session.info.get(_CHANGED, ()):
        session.info[_CHANGED][company_id] = None


def _memory() -> _Memory:
    memory: _Memory = current_app.extensions.setdefault("xiaoguan.enabled", _Memory())
    return memory


def _switched_on(company: Company) -> frozenset[str]:
    pending: dict[int, frozenset[str] | None] = db.session.info.get(_CHANGED, {})
    if company.id in pending:
        return pending[company.id] or _usable(_read(company))
    memory = _memory()
    held = memory.by_company.get(company.id)
    if held is not None and held[0] == company.revision:
        return held[1]
    chosen = _usable(_read(company))
    chosen = memory.same.setdefault(chosen, chosen)
    if len(memory.by_company) >= MOST_COMPANIES:
        memory.by_company.clear()
        memory.same.clear()
    memory.by_company[company.id] = (company.revision, chosen)
    return chosen


def _read(company: Company) -> frozenset[str]:
    here = current_company_or_none()
    with nullcontext() if here is not None else acting_as(company, SYSTEM):
        statement = sa.select(CompanyPlugin.plugin).where(
            CompanyPlugin.company_id == company.id, CompanyPlugin.enabled
        )
        return frozenset(db.session.scalars(statement))


def _usable(chosen: frozenset[str]) -> frozenset[str]:
    """Without what is not loaded, and without what needs something that is not there."""
    usable = {"core"}
    for id_, plugin in services().registry.plugins.items():
        if id_ in chosen and usable.issuperset(plugin.manifest.depends):
            usable.add(id_)
    return frozenset(usable)
