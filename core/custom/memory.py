"""What fields a company has added, kept in the process until they change.

They are kept under the company's ``fields_revision``, which every request reads with the
company; a company that never had any is known by it, so that nothing is read at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from flask import current_app, has_app_context
from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction, UOWTransaction

from core.data.several import CHOOSING
from core.extensions import db
from core.tenancy.session import CompanySession
from plugin_api.context import Company, current_company_or_none

MOST_COMPANIES = 10_000
_KEY = "xiaoguan.custom"
_CHANGED = "xiaoguan.custom"


@dataclass(frozen=True, slots=True, eq=False)
class Definitions:
    """The custom fields of a company as they are stored."""

    rows: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    """Model key → columns of ``CustomField`` in order; ``options`` are those of its values."""
    made: dict[Any, Any] = field(default_factory=dict)
    """What is made of them, for as long as they last."""


NONE = Definitions()


@dataclass(slots=True)
class _Memory:
    by_company: dict[int, tuple[int, Definitions] | None] = field(default_factory=dict)
    """Company → (revision, definitions); None: to be read, whatever the revision."""


def definitions() -> Definitions:
    """Those of the current company; none outside of any."""
    company = current_company_or_none()
    if company is None or not has_app_context():
        return NONE
    memory: _Memory | None = current_app.extensions.get(_KEY)
    if memory is None:
        if not company.fields_revision:
            return NONE
        memory = _memory()
    return _of(company, memory)


def changed(session: Session, company_id: int) -> None:
    """Let the rest of this transaction see a change; others see it once it is committed."""
    _memory()
    session.info.setdefault(_CHANGED, {})[company_id] = None


def _of(company: Company, memory: _Memory) -> Definitions:
    pending: dict[int, Definitions | None] | None = db.session().info.get(_CHANGED)
    if pending and company.id in pending:
        found = pending[company.id]
        if found is None:
            found = pending[company.id] = _read()
        return found
    if company.id not in memory.by_company and not company.fields_revision:
        return NONE
    held = memory.by_company.get(company.id)
    if held is None or held[0] < company.fields_revision:
        if len(memory.by_company) >= MOST_COMPANIES:
            memory.by_company.clear()
        held = memory.by_company[company.id] = (company.fields_revision, _read())
    return held[1]


def _read() -> Definitions:
    from core.custom.models import CustomField, CustomOption

    apart = {"autoflush": False}
    fields = CustomField.__table__.c
    rows = db.session.execute(
        sa.select(*fields).order_by(fields.position, fields.id), execution_options=apart
    ).all()
    options: dict[int, list[Mapping[str, Any]]] = {}
    if any(row.kind in CHOOSING for row in rows):
        columns = CustomOption.__table__.c
        found = sa.select(*columns).order_by(columns.position, columns.id)
        for row in db.session.execute(found, execution_options=apart):
            options.setdefault(row.field_id, []).append(dict(row._mapping))
    made: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        made.setdefault(row.model, []).append(
            {**row._mapping, "options": tuple(options.get(row.id, ()))}
        )
    return Definitions({key: tuple(each) for key, each in made.items()})


def _memory() -> _Memory:
    memory: _Memory = current_app.extensions.setdefault(_KEY, _Memory())
    return memory


@event.listens_for(CompanySession, "after_flush")
def _flushed(session: CompanySession, context: UOWTransaction) -> None:
    for row in (*session.new, *session.dirty, *session.deleted):
        if getattr(type(row), "__raises_revision__", False) == "fields":
            changed(session, row.company_id)


@event.listens_for(CompanySession, "after_commit")
def _committed(session: Session) -> None:
    if session.in_nested_transaction():
        return  # A savepoint is released: nobody else sees anything yet.
    for company_id in session.info.pop(_CHANGED, ()):
        _memory().by_company[company_id] = None


@event.listens_for(CompanySession, "after_soft_rollback")
def _rolled_back(session: Session, previous: SessionTransaction) -> None:
    if previous.parent is None:
        session.info.pop(_CHANGED, None)
        return
    # A savepoint is undone: what was changed before it still is, so it is read.
    for company_id in session.info.get(_CHANGED, ()):
        session.info[_CHANGED][company_id] = None
